"""Articles as stored, by reading and by the index alike: one JSON object each, in UTF-8."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from retrieval.model import Article, Revision

_DEFAULTS = {field.name: field.default for field in fields(Article)}
_TUPLES = ("topics", "aliases")
_MOMENTS = ("published", "updated")


def render_record(article: Article) -> bytes:
    """Write what an article has as JSON; lone surrogates survive as escapes."""
    values = ((name, getattr(article, name), default) for name, default in _DEFAULTS.items())
    record = {name: value for name, value, default in values if value != default}
    _render_moments(record)
    if article.revisions:
        record["revisions"] = [_render_moments(asdict(one)) for one in article.revisions]
    try:
        return json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(record).encode()


def parse_record(raw: bytes) -> Article:
    """Read an article back, equal to the one written."""
    record = _parse_moments(json.loads(raw))
    for name in _TUPLES:
        if name in record:
            record[name] = tuple(record[name])
    if "listings" in record:
        record["listings"] = tuple((start, end) for start, end in record["listings"])
    revisions = tuple(Revision(**_parse_moments(one)) for one in record.pop("revisions", ()))
    return Article(**record, revisions=revisions)


def _render_moments(record: dict[str, Any]) -> dict[str, Any]:
    for name in _MOMENTS:
        if record.get(name) is not None:
            record[name] = record[name].isoformat()
    return record


def _parse_moments(record: dict[str, Any]) -> dict[str, Any]:
    for name in _MOMENTS:
        if record.get(name) is not None:
            record[name] = datetime.fromisoformat(record[name])
    return record
