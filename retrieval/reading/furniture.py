"""Paragraphs that are no part of a report: calls to subscribe and share, links to other reports."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

# characters; a longer paragraph says something beside it
_LONGEST = 260
_LONGEST_OPENED = 200
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
# A sentence after an opening such as "more:" that goes on: a report's own, not a link's headline.
_GOES_ON = re.compile(r"[.!?][\"”’»)]*\s+\S.*[.!?][\"”’»)]*$")
_LINK_OPENING = re.compile(r"[:：]$")


def drop_furniture(text: str) -> str:
    """The text without such paragraphs; one that is nothing else stays as it is."""
    if "\n\n" not in text:
        return text
    paragraphs = text.split("\n\n")
    kept = [paragraph for paragraph in paragraphs if not is_furniture(paragraph)]
    return "\n\n".join(kept) if kept else text


def is_furniture(paragraph: str) -> bool:
    """Whether a paragraph says nothing but what a site or a newsletter says on every page."""
    if len(paragraph) > _LONGEST:
        return False
    whole, openings, held = _phrases()
    lower = paragraph.lower()
    bare = _EDGES.sub("", lower)
    if bare in whole or held.search(lower):
        return True
    found = openings.match(lower.lstrip("*_>▶►→☞👉 \t"))
    if not found or len(paragraph) > _LONGEST_OPENED:
        return False
    return not (_LINK_OPENING.search(found[0]) and _GOES_ON.search(paragraph))


@cache
def _phrases() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    """What is furniture as a whole, at the beginning of a paragraph, and anywhere in one."""
    table = tomllib.loads(files(__package__).joinpath("furniture.toml").read_text("utf-8"))
    lists = {
        kind: sorted({phrase for language in table.values() for phrase in language[kind]})
        for kind in ("whole", "openings", "held")
    }
    whole = frozenset(_EDGES.sub("", phrase) for phrase in lists["whole"])
    openings, held = (re.compile("|".join(map(re.escape, lists[k]))) for k in ("openings", "held"))
    return whole, openings, held
