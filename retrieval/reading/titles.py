"""Where a text carries its title: a heading, its first line, or the name of its file."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_SETEXT = re.compile(r"^[ \t]*(\S[^\n]*(?:\n[ \t]*\S[^\n]*)?)\n[ \t]*={3,}[ \t]*$", re.MULTILINE)
_EMPTY_UNDERLINE = re.compile(r"\A\s*={3,}[ \t]*$", re.MULTILINE)
_ATX = re.compile(r"^[ \t]*#(?!#)[ \t]*(\S[^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINE = re.compile(r"[ \t]*-{3,}[ \t]*\n")
# A heading further down names a section, not the article.
_HEAD_CHARACTERS = 1200
_HEAD_LINES = 10
_LONGEST = 160
_WIDE_STOPS = "\u3002\uff01\uff1f"  # full stop, exclamation and question mark of Chinese
_SENTENCE = re.compile(rf"^.{{20,}}?(?:[.!?](?=\s|$)|[{_WIDE_STOPS}])")
_STOPS = tuple(".!?…:,;\uff1a" + _WIDE_STOPS)
# An article in a folder of its own bears one of these names, and the folder the article's.
_BUNDLED = frozenset(("index", "_index", "readme", "default", "contents", "page", "post"))
_NAME_DATE = re.compile(r"^[\d\s._-]*(?=\D|$)")


def split_heading(markdown: str) -> tuple[str, str]:
    """The Markdown of the title heading ("" without one), and the text without that heading."""
    markdown = _EMPTY_UNDERLINE.sub("", markdown)
    for heading in (_SETEXT, _ATX):
        found = heading.search(markdown[:_HEAD_CHARACTERS])
        if found and not _is_below_head(markdown, found.start()):
            return found.group(1), markdown[: found.start()] + markdown[found.end() :]
    return "", markdown


def split_first_line(text: str) -> tuple[str, str]:
    """A title from the first line of plain text, and the text that remains.

    A headline is taken out of the text; a line that is a sentence stays in it, and its first
    sentence, cut at 160 characters, is the title.
    """
    first, _, rest = text.strip("\n").partition("\n")
    first = first.strip()
    if first.endswith(_STOPS) or len(first) > _LONGEST or not rest.strip():
        return shorten(first), text
    underline = _UNDERLINE.match(rest)
    return first, (rest[underline.end() :] if underline else rest).strip("\n")


def shorten(line: str) -> str:
    """The first sentence of a line, at most 160 characters, cut at a word and marked with `…`."""
    if found := _SENTENCE.match(line):
        line = found.group()
    if len(line) <= _LONGEST:
        return line
    return line[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def name_from_path(path: str) -> str:
    """A title from a file name without its date and suffix, or "" where nothing else is in it."""
    file = PurePosixPath(path)
    stem = file.stem
    if stem.lower() in _BUNDLED:
        stem = file.parent.name
    name = _NAME_DATE.sub("", stem).strip(" -_.")
    return " ".join((name if " " in name else name.replace("-", " ").replace("_", " ")).split())


def _is_below_head(markdown: str, start: int) -> bool:
    return sum(1 for line in markdown[:start].split("\n") if line.strip()) > _HEAD_LINES
