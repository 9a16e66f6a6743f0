"""Records of articles, wherever they lie in a document of JSON, a table or a list of lines."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from retrieval.reading import keys
from retrieval.reading.drafts import Draft, Parsed, Rejected
from retrieval.reading.fields import (
    draft_fields,
    find_address,
    find_body,
    find_date,
    find_title,
    squash_keys,
)
from retrieval.reading.markup import body_to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from retrieval.reading.detect import SourceText

_DEEPEST = 6
# Of a list of articles at least so many are some.
_SHARE = 0.5
# Lists inside an article that hold no articles of the file's own.
_NO_LISTS = frozenset((*keys.BODY, *keys.RELATED, *keys.AUTHOR, *keys.TOPICS, "images", "media"))
# So often is a place looked for where damaged JSON goes on.
_MOST_FAILURES = 200
_CELL_LIMIT = 4_000_000


def parse_json(text: str) -> list[Any] | None:
    """The JSON values that a text is made of, one after the other; none where not all is JSON."""
    decoder = json.JSONDecoder(strict=False)
    values, at = [], 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except RecursionError:
            raise Rejected("JSON nested too deeply to be read; save its articles as text") from None
        except ValueError:
            return None
        values.append(value)
        while at < len(text) and text[at] in " \t\n\r,\x1e":
            at += 1
    return values


def salvage_json(text: str) -> list[Any]:
    """The records that still parse in JSON that is damaged or cut short, in order."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at, failures = text.find("{"), 0
    while at >= 0 and failures < _MOST_FAILURES:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            failures += 1
            at = text.find("{", at + 1)
            continue
        values += [value] if is_article(value) else []
        at = text.find("{", end if is_article(value) else at + 1)
    return values


def parse_records(values: list[Any]) -> Parsed:
    """The articles among JSON values: each a record, a list of records, or what wraps them.

    Raises Rejected with the reason where there are none.
    """
    found = list(find_records(values))
    if not found:
        raise Rejected("JSON without an article: no title with a text, an address or a day")
    shared = squash_keys(values[0]) if len(values) == 1 and isinstance(values[0], dict) else {}
    drafts = [draft_record(record, shared if record is not values[0] else {}) for record in found]
    return Parsed(drafts, left_out=_count_records(values) - len(found), many=True)


def find_records(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401  # JSON
    """The outermost records that are articles, in order."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        if is_article(value):
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            if isinstance(inner, (dict, list)):
                yield from find_records(inner, depth + 1)


def is_article(record: Mapping[str, Any]) -> bool:
    """Whether a record has a title and what goes with one: a text, an address or a day."""
    fields = flatten(record)
    if "$schema" in record or not find_title(fields):
        return False
    if find_body(fields):
        return True
    if _holds_list_of_records(record):
        return False
    return bool(find_address(fields) or find_date(fields)[0])


def draft_record(record: Mapping[str, Any], shared: Mapping[str, object] | None = None) -> Draft:
    """The draft of one record; outlet and language, where it names none, are those of its list."""
    fields = flatten(record)
    for key, names in (("sitename", keys.SITE), ("lang", keys.LANGUAGE)):
        if shared and not any(fields.get(name) for name in names):
            inherited = shared.get(names[0]) or shared.get("language" if key == "lang" else "title")
            fields |= {key: inherited} if isinstance(inherited, str) else {}
    return draft_fields(fields, body=body_to_text(find_body(fields)))


def flatten(record: Mapping[str, Any], depth: int = 0) -> dict[str, object]:
    """The fields of a record with those that lie in a wrapper inside it; outer ones win."""
    fields = squash_keys(record)
    for wrapper in keys.WRAPPERS:
        inner = record.get(wrapper)
        if isinstance(inner, dict) and depth < _DEEPEST:
            fields.pop(keys.squash(wrapper), None)
            fields = {**flatten(inner, depth + 1), **fields}
    return fields


def parse_table(source: SourceText) -> Parsed:
    """A table with a line of names above it, one article a row. Raises Rejected for any other."""
    csv.field_size_limit(_CELL_LIMIT)
    try:
        dialect: Any = csv.Sniffer().sniff(source.text[:20_000], ",;\t|")
    except csv.Error:
        dialect = csv.excel_tab if source.suffix == ".tsv" else csv.excel
    try:
        rows = list(csv.DictReader(io.StringIO(source.text, newline=""), dialect=dialect))
    except (csv.Error, ValueError) as error:
        raise Rejected(
            f"a table that does not parse ({error}); save its rows as JSON lines"
        ) from None
    records = [
        {k: v for k, v in row.items() if k and isinstance(v, str) and v.strip()} for row in rows
    ]
    articles = [record for record in _join_rows(records) if is_article(record)]
    if not articles:
        raise Rejected(
            "a table without articles: it needs columns for title and text, address or day"
        )
    return Parsed(
        [draft_record(record) for record in articles], left_out=len(rows) - len(records), many=True
    )


def _join_rows(records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of highlights of one article after another as one record."""
    joined: list[dict[str, Any]] = []
    for record in records:
        highlight = next((k for k in record if keys.squash(k) == "highlight"), "")
        before = joined[-1] if joined else {}
        titles = [find_title(squash_keys(r)) for r in (before, record)]
        if highlight and before and titles[0] == titles[1]:
            before[highlight] = f"{before.get(highlight, '')}\n\n{record[highlight]}"
        else:
            joined.append(record)
    return joined


def _holds_list_of_records(record: Mapping[str, Any]) -> bool:
    lists = [
        v for k, v in record.items() if isinstance(v, list) and keys.squash(k) not in _NO_LISTS
    ]
    return any(
        sum(isinstance(e, dict) and is_article(e) for e in entries) > _SHARE * len(entries)
        for entries in lists
        if entries and isinstance(entries[0], dict)
    )


def _count_records(values: list[Any]) -> int:
    """How many records the list holds that the articles were found in."""
    if len(values) > 1:
        return len(values)
    only = values[0] if values else None
    return len(only) if isinstance(only, list) else 0
