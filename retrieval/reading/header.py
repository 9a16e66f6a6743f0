"""Front matter apart from the body, also where it does not parse as it should."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from retrieval.reading.detect import Format
from retrieval.reading.loaders import UNREADABLE, Json, Toml, Yaml
from retrieval.reading.repair import rescue_fields

_HANDLERS = {Format.YAML: Yaml, Format.TOML: Toml, Format.JSON: Json}
_KEY = re.compile(r"[^\W\d][\w.-]*")


@dataclass(frozen=True, slots=True)
class Header:
    """The fields as found, keys in their own case, and everything below them."""

    fields: dict[str, Any]
    body: str
    warnings: list[str] = field(default_factory=list)


def split_header(text: str, form: Format) -> Header:
    """The front matter of a text; fields that do not parse are rescued line by line, and reported.

    Text that only looks as if it began with front matter comes back whole as the body.
    """
    handler = _HANDLERS[form]()
    try:
        raw, body = handler.split(text.lstrip())
        fields: Any = handler.load(raw)
    except UNREADABLE as error:
        return _rescue(text, form, _explain(error))
    if isinstance(fields, dict) and (not fields or any(map(_is_key, fields))):
        return Header(fields, body)
    return Header({}, body if fields is None else text)


def _is_key(key: object) -> bool:
    return isinstance(key, str) and _KEY.fullmatch(key) is not None


def _rescue(text: str, form: Format, problem: str) -> Header:
    fields, body = rescue_fields(text, form)
    if not fields:
        noted = f"begins like {form.value} but is none ({problem}); read as plain text"
        return Header({}, text, [noted])
    return Header(fields, body, [f"front matter does not parse ({problem}); read line by line"])


def _explain(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error).split("\n")[0]
    if "unpack" in problem:
        return "its end is missing"
    return f"line {mark.line + 1}: {problem}" if mark else problem
