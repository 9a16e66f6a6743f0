"""Where an English text names a person: by given names, titles, and surnames told before."""

# ruff: noqa: RUF001, SIM905  # typographic marks are meant, and long lists read as words

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from retrieval.text.known_words import is_known_word
from retrieval.text.lexicon import lexicon
from retrieval.text.places import is_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_UPPER, _LOWER = "[A-ZÀ-ÖØ-Þ]", "[a-zß-öø-ÿ]"
_PART = rf"(?:{_UPPER}(?:{_LOWER}+|\.)(?:[-’'](?!s\b){_UPPER}?{_LOWER}+)*|Ma?c{_UPPER}{_LOWER}+)"
_PARTICLES = frozenset("de da del della di dos du la le van von der den bin ibn al el ter".split())
_RUN = re.compile(rf"{_PART}(?:\s+(?:(?:{'|'.join(sorted(_PARTICLES))})\s+)*{_PART})*")
_POSSESSIVE = re.compile(r"[’']s$|[’']$")
_SHORTEST = 3

Place = tuple[int, int]


def find_persons(text: str, surnames: Collection[str] = ()) -> list[Place]:
    """The places of names of persons in an English text, in order.

    A run of capitalised words is one where its first word is a common given name and another
    follows, where a title stands before it ("Prime Minister Orla Venn"), or where its last word is
    one of `surnames`, in lower case.
    """
    return [
        place
        for run in _RUN.finditer(text)
        for place in _read_run(text, run.start(), run.end(), surnames)
    ]


def find_surnames(text: str) -> set[str]:
    """The last words of the full names in a text, in lower case: those told of may stand alone."""
    found = set()
    for start, end in find_persons(text):
        parts = _parts(text[start:end])
        if len(parts) > 1 and len(parts[-1]) >= _SHORTEST:
            found.add(parts[-1].casefold())
    return found


def _read_run(text: str, start: int, end: int, surnames: Collection[str]) -> Iterator[Place]:
    """The persons in one run of capitalised words, without titles and without what follows."""
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
    said = [_POSSESSIVE.sub("", text[a:b]) for a, b in words]
    at = 0
    while at < len(words):
        last = _end_of_name(said, at) or _end_of_surname(text, words, said, at, surnames)
        if last is not None:
            yield words[at][0], words[last][0] + len(said[last])
        at = at + 1 if last is None else last + 1


def _end_of_name(said: list[str], at: int) -> int | None:
    """The place of the surname of a full name that begins here: "Orla B. van Venn"."""
    if not _is_given(said[at]):
        return None
    last = at + 1
    while last < len(said) - 1 and (_is_initial(said[last]) or said[last] in _PARTICLES):
        last += 1
    if last >= len(said) or is_place(said[last]) or _is_organised(said[last : last + 2]):
        return None
    return last


def _end_of_surname(
    text: str, words: list[Place], said: list[str], at: int, surnames: Collection[str]
) -> int | None:
    """The place itself, where a surname stands alone or after a title."""
    if said[at].casefold() in surnames:
        return at
    before = text[: words[at][0]].rstrip().rpartition(" ")[2]
    named = _is_title(before) and not is_known_word(said[at]) and not is_place(said[at])
    return at if named and len(said[at]) >= _SHORTEST else None


def _parts(name: str) -> list[str]:
    return [_POSSESSIVE.sub("", part) for part in name.split()]


def _is_given(word: str) -> bool:
    return word.casefold() in _read_given_names()


def _is_title(word: str) -> bool:
    return word.strip(".,’'").casefold() in lexicon("en").listed("titles")


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1


def _is_organised(words: list[str]) -> bool:
    organised = lexicon("en").listed("organised")
    return any(word.casefold().strip(".") in organised for word in words)


@cache
def _read_given_names() -> frozenset[str]:
    """Common given names of many countries, in lower case, by hand."""
    return frozenset(files(__package__).joinpath("given_names.txt").read_text("utf-8").split())
