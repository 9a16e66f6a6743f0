"""Files of JSON: an article with its text below, a record, a list of records, or what wraps one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.reading.detect import Format
from retrieval.reading.drafts import Parsed, Rejected
from retrieval.reading.fields import find_body, squash_keys
from retrieval.reading.front_matter import parse_front_matter
from retrieval.reading.records import is_article, parse_json, parse_records, salvage_json

if TYPE_CHECKING:
    from retrieval.reading.detect import SourceText

_SUFFIXES = frozenset((".json", ".jsonl", ".ndjson", ".jsonlines", ".geojson"))
_RECORD_LINE = re.compile(r"^[ \t]*[\[{].*[\]}],?[ \t]*$", re.MULTILINE)
_FEWEST_LINES = 2


def parse_json_file(source: SourceText) -> Parsed:
    """The articles of a file that begins as JSON. Raises Rejected where it holds none."""
    text = source.text.strip()
    values = parse_json(text)
    if values is None:
        return _parse_damaged(source)
    if len(values) == 1 and isinstance(values[0], dict):
        record = values[0]
        if is_article(record) or (find_body(squash_keys(record)) and not _is_list(record)):
            return parse_front_matter(source, Format.JSON)
    return parse_records(values)


def _is_list(record: dict[str, object]) -> bool:
    return any(isinstance(v, list) and any(isinstance(e, dict) for e in v) for v in record.values())


def _parse_damaged(source: SourceText) -> Parsed:
    """JSON with a text below it, or JSON that does not parse to its end."""
    if source.suffix not in _SUFFIXES and len(_RECORD_LINE.findall(source.text)) < _FEWEST_LINES:
        return parse_front_matter(source, Format.JSON)
    records = salvage_json(source.text)
    if len(records) <= 1:
        parsed = parse_front_matter(source, Format.JSON)
        if not any(draft.title or draft.url for draft in parsed.drafts):
            raise Rejected("JSON that does not parse; save it anew")
        return parsed
    parsed = parse_records(records)
    return Parsed(
        parsed.drafts, ["the JSON is damaged; the records that parse were read"], many=True
    )
