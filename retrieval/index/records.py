"""Articles as stored: one JSON object each, in UTF-8."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime

from retrieval.model import Article

_NAMES = tuple(field.name for field in fields(Article))
_TUPLES = ("topics", "aliases")


def render_record(article: Article) -> bytes:
    """Write an article as JSON; lone surrogates survive as escapes."""
    record = {name: getattr(article, name) for name in _NAMES}
    if article.published is not None:
        record["published"] = article.published.isoformat()
    try:
        return json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(record).encode()


def parse_record(raw: bytes) -> Article:
    """Read an article back, equal to the one written."""
    record = json.loads(raw)
    for name in _TUPLES:
        record[name] = tuple(record[name])
    if record["published"] is not None:
        record["published"] = datetime.fromisoformat(record["published"])
    return Article(**record)
