"""Front matter that does not parse: what its lines still say."""

from __future__ import annotations

import json
import re
from typing import Any

from retrieval.reading.detect import Format
from retrieval.reading.loaders import UNREADABLE, Yaml

_KEY_LINE = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*[:=][ \t]*(.*)$")
_VALUE_LINE = re.compile(r"^([ \t]*(?:- +)?)([A-Za-z_][\w-]*)[ \t]*:[ \t]+(\S.*?)[ \t]*$")
_JSON_LINE = re.compile(r"^[ \t]*\"([^\"]+)\"[ \t]*:[ \t]*(.*?),?[ \t]*$")
_LIST_LINE = re.compile(r"^[ \t]*-[ \t]+(\S.*)$")
_MISSING_COMMA = re.compile(r"([\"\]}\de])(\s+\"[\w-]+\"[ \t]*:)")
_SPARE_COMMA = re.compile(r",(\s*(?:[\]}]|\Z))")
_FENCES = {Format.YAML: ("---", "..."), Format.TOML: ("+++",), Format.JSON: ("}",)}
# Records with many related items have some thousand lines; a rule further down is the body's.
_LONGEST_HEADER = 5000
_QUOTES = "\"'"


def rescue_fields(text: str, form: Format) -> tuple[dict[str, Any], str]:
    """The fields of front matter that does not parse, and the body below it.

    Repaired as a whole where that is possible, so that nested entries survive, else read line by
    line; no fields where not even a line could be read.
    """
    raw, body = _cut_header(text.strip("\n"), form)
    fields: dict[str, Any] = {}
    if form is Format.YAML:
        fields = _requote(raw)
    elif form is Format.JSON:
        fields = _set_commas(raw)
    return fields or _parse_lines(raw, form), body


def _cut_header(text: str, form: Format) -> tuple[str, str]:
    """Header and body by the closing fence, or by the first line that cannot belong to a header."""
    opening, *lines = text.split("\n")
    if form is Format.JSON:
        lines.insert(0, opening.lstrip().removeprefix("{"))
    for number, line in enumerate(lines[:_LONGEST_HEADER]):
        if line.rstrip() in _FENCES[form]:
            return "\n".join(lines[:number]), "\n".join(lines[number + 1 :])
    for number, line in enumerate(lines):
        if line.strip() and line[0] not in " \t-\"'}]" and not _KEY_LINE.match(line):
            return "\n".join(lines[:number]), "\n".join(lines[number:])
    return text.partition("\n")[2] if form is not Format.JSON else "\n".join(lines), ""


def _requote(raw: str) -> dict[str, Any]:
    """YAML again, with every value that does not parse by itself put into quotes."""
    lines = [_quote_value(line.replace("\t", "  ")) for line in raw.split("\n")]
    try:
        fields = Yaml().load("\n".join(lines))
    except UNREADABLE:
        return {}
    return fields if isinstance(fields, dict) else {}


def _quote_value(line: str) -> str:
    found = _VALUE_LINE.match(line)
    if not found or found.group(3)[0] in "|>":
        return line
    lead, key, value = found.groups()
    try:
        Yaml().load(f"{key}: {value}")
    except UNREADABLE:
        value = _unwrap(value).replace("'", "''")
        return f"{lead}{key}: '{value}'"
    return line


def _set_commas(raw: str) -> dict[str, Any]:
    """JSON again, with the commas between lines that are missing, and without those too many."""
    raw = _MISSING_COMMA.sub(r"\1,\2", raw.rstrip().removesuffix("}"))
    repaired = _SPARE_COMMA.sub(r"\1", raw)
    try:
        fields = json.loads("{" + repaired + "}", strict=False)
    except UNREADABLE:
        return {}
    return fields if isinstance(fields, dict) else {}


def _parse_lines(raw: str, form: Format) -> dict[str, Any]:
    """Every top-level `key: value` line, and the list below a key without a value."""
    fields: dict[str, Any] = {}
    key = ""
    for line in raw.split("\n"):
        found = (_JSON_LINE if form is Format.JSON else _KEY_LINE).match(line)
        if found:
            key = found.group(1)
            fields.setdefault(key, _parse_value(found.group(2)))
        elif (entry := _LIST_LINE.match(line)) and key and not isinstance(fields[key], str):
            fields[key].append(_unwrap(entry.group(1)))
        elif entry and key and not fields[key]:
            fields[key] = [_unwrap(entry.group(1))]
    return fields


def _parse_value(value: str) -> str | list[str]:
    """A value as text, one in square brackets as a list of texts."""
    value = value.strip()
    if value[:1] == "[" and value[-1:] == "]":
        return [_unwrap(part) for part in value[1:-1].split(",") if part.strip()]
    return _unwrap(value)


def _unwrap(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in _QUOTES:
        return value[1:-1]
    return value.lstrip(_QUOTES) if value.count(value[:1]) == 1 else value
