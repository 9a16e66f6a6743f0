"""Code and checksums in a text: kept as they were written, and told apart from its sentences."""

from __future__ import annotations

import re

from retrieval.text.listings import is_listing

# Stand round a listing from the moment its markup is read until its place in the text is known.
BEGIN, END = "\ue1fe", "\ue1ff"
_MARKS = re.compile(f"[{BEGIN}{END}]")
_MARKED = re.compile(f"{BEGIN}([^{END}]*){END}")
_PARAGRAPH = re.compile(r"[^\n](?:.*?[^\n])?(?=\n\n|\Z)", re.DOTALL)
# Hardly any code has none of these, and most paragraphs have.
_STRANGE = re.compile(r"[{}\[\]<>=+*/\\|_$#@^~`;]|[0-9a-fA-F]{24}|(?:install|import|run) ")
_LONGEST = 20_000  # characters; a longer paragraph is not looked into
_MOST_PROSE = 0.5


def mark_listing(code: str) -> str:
    """A listing with the marks round it that `find_listings` takes off again."""
    return f"{BEGIN}{code}{END}" if code else ""


def unmark(text: str) -> str:
    """The text without the marks of listings."""
    return _MARKS.sub("", text) if BEGIN in text or END in text else text


def find_listings(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without marks, and the ranges of it, end exclusive, that are code and the like."""
    ranges: list[tuple[int, int]] = []
    if BEGIN in text:
        removed = 0
        for found in _MARKED.finditer(text):
            start = found.start() - removed
            ranges.append((start, start + len(found[1])))
            removed += len(BEGIN) + len(END)
        text = unmark(text)
    ranges += [
        span for span in _find_unmarked(text) if not any(a <= span[0] < b for a, b in ranges)
    ]
    return text, tuple(sorted(ranges))


def _find_unmarked(text: str) -> list[tuple[int, int]]:
    """Paragraphs that are code by their looks, in texts without markup."""
    found: list[tuple[int, int]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        if len(paragraph[0]) > _LONGEST or not _STRANGE.search(paragraph[0]):
            continue
        lines = paragraph[0].split("\n")
        coded = sum(map(is_listing, lines))
        if coded > _MOST_PROSE * len(lines):
            found.append(paragraph.span())
    return found
