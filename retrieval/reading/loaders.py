"""How YAML, TOML and JSON front matter is split and loaded, with python-frontmatter."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

# All that a handler raises for front matter that it cannot split or load.
UNREADABLE = (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError, AttributeError)

# Real records nest five levels; the C parser overflows the stack at some ten thousand.
_DEEPEST = 50
_BRACKET = re.compile(r"[\[\]{}]")
_NESTED_LINE = re.compile(rf"^[ \t]*(?:[-?:][ \t]+){{{_DEEPEST}}}", re.MULTILINE)


class Yaml(YAMLHandler):
    """YAML with its safe loader, closed by `---` or by `...`."""

    FM_BOUNDARY = re.compile(r"^(?:-{3}|\.{3})[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> Any:  # noqa: ANN401  # as in the class above it
        _check_depth(fm)
        return super().load(fm, **kwargs)


class Toml(BaseHandler):
    """TOML read by the standard library."""

    FM_BOUNDARY = re.compile(r"^\+{3}[ \t]*$", re.MULTILINE)

    def load(self, fm: str) -> dict[str, Any]:
        return tomllib.loads(fm)


class Json(JSONHandler):
    """JSON that ends where its object ends, on whatever line."""

    def split(self, text: str) -> tuple[str, str]:
        text = text.lstrip()
        _, end = json.JSONDecoder(strict=False).raw_decode(text)
        return text[:end], text[end:]

    def load(self, fm: str, **kwargs: Any) -> Any:  # noqa: ANN401  # as in the class above it
        return json.loads(fm, strict=False, **kwargs)


def _check_depth(raw: str) -> None:
    """Raises ValueError for YAML nested so deeply that its C parser would overflow the stack."""
    depth = deepest = 0
    if raw.count("[") + raw.count("{") > _DEEPEST:
        for found in _BRACKET.finditer(raw):
            depth = depth + 1 if found.group() in "[{" else max(0, depth - 1)
            deepest = max(deepest, depth)
    if deepest > _DEEPEST or _NESTED_LINE.search(raw):
        raise ValueError("nested too deeply")
