"""Which of the five formats a text is in, told by its content alone."""

from __future__ import annotations

import re
from enum import Enum

_LCTT_LINE = re.compile(r"^[ \t+]*\[#\][ \t]*:", re.MULTILINE)
_LCTT_WITHIN_LINES = 25
_JSON_START = re.compile(r"\{\s*(\"|\})")


class Format(Enum):
    """How a file says what it is about."""

    YAML = "YAML front matter"
    TOML = "TOML front matter"
    JSON = "JSON front matter"
    LCTT = "[#]: header"
    PLAIN = "plain text"


def detect_format(text: str) -> Format:
    """The format of a decoded text; blank lines before it do not matter."""
    text = text.lstrip("\n \t")
    first = text.split("\n", 1)[0].rstrip()
    if first == "---":
        return Format.YAML
    if first == "+++":
        return Format.TOML
    if _JSON_START.match(text):
        return Format.JSON
    if _LCTT_LINE.search("\n".join(text.split("\n", _LCTT_WITHIN_LINES)[:_LCTT_WITHIN_LINES])):
        return Format.LCTT
    return Format.PLAIN
