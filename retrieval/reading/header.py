"""Front matter apart from the body, also where it does not parse as it should."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from retrieval.reading.detect import Format

_KEY = re.compile(r"[^\W\d][\w.-]*")
_DEEPEST = 50
_BRACKET = re.compile(r"[\[\]{}]")
_NESTED_LINE = re.compile(rf"^[ \t]*(?:[-?:][ \t]+){{{_DEEPEST}}}", re.MULTILINE)
_KEY_LINE = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*[:=][ \t]*(.*)$")
_VALUE_LINE = re.compile(r"^([ \t]*(?:- +)?)([A-Za-z_][\w-]*)[ \t]*:[ \t]+(\S.*?)[ \t]*$")
_JSON_LINE = re.compile(r"^[ \t]*\"([^\"]+)\"[ \t]*:[ \t]*(.*?),?[ \t]*$")
_LIST_LINE = re.compile(r"^[ \t]*-[ \t]+(\S.*)$")
_MISSING_COMMA = re.compile(r"([\"\]}\de])(\s+\"[\w-]+\"[ \t]*:)")
_SPARE_COMMA = re.compile(r",(\s*(?:[\]}]|\Z))")
_FENCES = {Format.YAML: ("---", "..."), Format.TOML: ("+++",), Format.JSON: ("}",)}
_QUOTES = "\"'"
_LONGEST_RESCUED = 500


@dataclass(frozen=True, slots=True)
class Header:
    """The fields as found, keys in their own case, and everything below them."""

    fields: dict[str, Any]
    body: str
    warnings: list[str] = field(default_factory=list)


class _Yaml(YAMLHandler):
    """YAML with its safe loader, closed by `---` or by `...`."""

    FM_BOUNDARY = re.compile(r"^(?:-{3}|\.{3})[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> Any:  # noqa: ANN401  # as in the class above it
        _check_depth(fm)
        return super().load(fm, **kwargs)


class _Toml(BaseHandler):
    """TOML read by the standard library."""

    FM_BOUNDARY = re.compile(r"^\+{3}[ \t]*$", re.MULTILINE)

    def load(self, fm: str) -> dict[str, Any]:
        return tomllib.loads(fm)


class _Json(JSONHandler):
    """JSON that ends where its object ends, on whatever line."""

    def split(self, text: str) -> tuple[str, str]:
        text = text.lstrip()
        _, end = json.JSONDecoder(strict=False).raw_decode(text)
        return text[:end], text[end:]

    def load(self, fm: str, **kwargs: Any) -> Any:  # noqa: ANN401  # as in the class above it
        return json.loads(fm, strict=False, **kwargs)


_HANDLERS = {Format.YAML: _Yaml, Format.TOML: _Toml, Format.JSON: _Json}
_UNREADABLE = (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError, AttributeError)


def read_header(text: str, form: Format) -> Header:
    """The front matter of a text; fields that do not parse are rescued line by line, and reported.

    Text that only looks as if it began with front matter comes back whole as the body.
    """
    handler = _HANDLERS[form]()
    try:
        raw, body = handler.split(text.lstrip())
        fields: Any = handler.load(raw)
    except _UNREADABLE as error:
        return _rescue(text, form, _explain(error))
    if isinstance(fields, dict) and (not fields or any(map(_is_key, fields))):
        return Header(fields, body)
    return Header({}, body if fields is None else text)


def _check_depth(raw: str) -> None:
    """Raises ValueError for YAML nested so deeply that its C parser would overflow the stack."""
    depth = deepest = 0
    if raw.count("[") + raw.count("{") > _DEEPEST:
        for found in _BRACKET.finditer(raw):
            depth = depth + 1 if found.group() in "[{" else max(0, depth - 1)
            deepest = max(deepest, depth)
    if deepest > _DEEPEST or _NESTED_LINE.search(raw):
        raise ValueError("nested too deeply")


def _is_key(key: object) -> bool:
    return isinstance(key, str) and _KEY.fullmatch(key) is not None


def _explain(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error).split("\n")[0]
    if "unpack" in problem:
        return "its end is missing"
    return f"line {mark.line + 1}: {problem}" if mark else problem


def _rescue(text: str, form: Format, problem: str) -> Header:
    raw, body = _cut_header(text.strip("\n"), form)
    repair = {Format.YAML: _requote, Format.JSON: _set_commas}.get(form)
    fields = repair(raw) if repair else {}
    fields = fields or _read_lines(raw, form)
    if not fields:
        noted = f"begins like {form.value} but is none ({problem}); read as plain text"
        return Header({}, text, [noted])
    return Header(fields, body, [f"front matter does not parse ({problem}); read line by line"])


def _cut_header(text: str, form: Format) -> tuple[str, str]:
    """Header and body by the closing fence, or by the first line that cannot belong to a header."""
    opening, *lines = text.split("\n")
    if form is Format.JSON:
        lines.insert(0, opening.lstrip().removeprefix("{"))
    for number, line in enumerate(lines[:_LONGEST_RESCUED]):
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
        _check_depth("\n".join(lines))
        fields = yaml.load("\n".join(lines), Loader=frontmatter.default_handlers.SafeLoader)  # noqa: S506  # it is the safe one
    except _UNREADABLE:
        return {}
    return fields if isinstance(fields, dict) else {}


def _set_commas(raw: str) -> dict[str, Any]:
    """JSON again, with the commas between lines that are missing, and without those too many."""
    raw = _MISSING_COMMA.sub(r"\1,\2", raw.rstrip().removesuffix("}"))
    repaired = _SPARE_COMMA.sub(r"\1", raw)
    try:
        fields = json.loads("{" + repaired + "}", strict=False)
    except _UNREADABLE:
        return {}
    return fields if isinstance(fields, dict) else {}


def _quote_value(line: str) -> str:
    found = _VALUE_LINE.match(line)
    if not found or found.group(3)[0] in "|>":
        return line
    lead, key, value = found.groups()
    try:
        _check_depth(value)
        yaml.safe_load(f"{key}: {value}")
    except _UNREADABLE:
        value = _unwrap(value).replace("'", "''")
        return f"{lead}{key}: '{value}'"
    return line


def _read_lines(raw: str, form: Format) -> dict[str, Any]:
    """Every top-level `key: value` line, and the list below a key without a value."""
    fields: dict[str, Any] = {}
    key = ""
    for line in raw.split("\n"):
        found = (_JSON_LINE if form is Format.JSON else _KEY_LINE).match(line)
        if found:
            key = found.group(1)
            fields.setdefault(key, _read_value(found.group(2)))
        elif (entry := _LIST_LINE.match(line)) and key and not isinstance(fields[key], str):
            fields[key].append(_unwrap(entry.group(1)))
        elif entry and key and not fields[key]:
            fields[key] = [_unwrap(entry.group(1))]
    return fields


def _read_value(value: str) -> str | list[str]:
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
