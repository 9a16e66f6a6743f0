"""Articles as stored: one JSON object each, in UTF-8."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime

from retrieval.model import Article

_DEFAULTS = {field.name: field.default for field in fields(Article)}
_TUPLES = ("topics", "aliases")


def render_record(article: Article) -> bytes:
    """Write what an article has as JSON; lone surrogates survive as escapes."""
    values = ((name, getattr(article, name), default) for name, default in _DEFAULTS.items())
    record = {name: value for name, value, default in values if value != default}
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
        if name in record:
            record[name] = tuple(record[name])
    if "published" in record:
        record["published"] = datetime.fromisoformat(record["published"])
    return Article(**record)
