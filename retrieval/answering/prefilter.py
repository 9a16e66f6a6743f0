"""Where an English text may hold a term of the question, seen before any of it is analysed."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

_MARK, _BLANK, _PLAIN, _STRANGE = range(4)
_KNOWN = 0x2100  # general punctuation ends here; what follows counts as strange
_ANY = 0xFFFFFFFF
_SHORT = 3  # "using" is "use"
_SCALES = frozenset({"thousand", "million", "billion", "trillion"})  # "$1.5bn" contents "billion"


def find_possible_terms(text: str, asked: Collection[str]) -> list[tuple[int, int]]:
    """Offsets of the stretches without blank space that may hold one of these terms.

    A word can be one of them only where it begins with the same three letters; with two, where the
    term is short, for a stem changes the end of a word. Letters beyond ASCII, initials ("U.S.",
    "e-mail") and numbers written in another way ("1,000") may hide one, and are given too.
    """
    letters = np.frombuffer(f"{text}\n\n\n".encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds()[np.minimum(letters, _KNOWN)]
    plain = kinds == _PLAIN
    begins = plain[:-2].copy()
    begins[1:] &= ~plain[:-3]
    at = begins.nonzero()[0]
    first, second = np.minimum(letters[at], 255), np.minimum(letters[at + 1], 255)
    thirds = _mark_openings(asked)[256 * first + second]
    spelt = (thirds >> (letters[at + 2] & 31) & 1) > 0
    spelt |= (thirds > 0) & (kinds[at + 2] == _MARK)
    numbers = (first >= ord("0")) & (first <= ord("9"))
    numbers &= (second == ord(",")) | (not _SCALES.isdisjoint(asked))
    initials = (kinds[at + 1] == _MARK) & plain[at + 2]
    strange = (kinds == _STRANGE).nonzero()[0]
    blanks = (kinds == _BLANK).nonzero()[0]
    ends = np.unique(blanks.searchsorted(np.concatenate([at[spelt | numbers | initials], strange])))
    starts = np.where(ends > 0, blanks[ends - 1] + 1, 0)
    return list(zip(starts.tolist(), blanks[ends].tolist(), strict=True))


@cache
def _kinds() -> NDArray[np.uint8]:
    return np.array([_kind(chr(code)) for code in range(_KNOWN)] + [_STRANGE], np.uint8)


def _kind(character: str) -> int:
    if character.isspace():
        return _BLANK
    if character.isascii():
        return _PLAIN if character.isalnum() else _MARK
    return _STRANGE if unicodedata.category(character)[0] in "LMN" else _MARK


def _mark_openings(asked: Collection[str]) -> NDArray[np.uint32]:
    """Mark with which two characters, as 256 * first + second, a word for one of the terms begins.

    Each bit stands for the third characters with these five last bits, which tell letters apart.
    """
    marks = np.zeros(256 * 256, np.uint32)
    for term in asked:
        if term.isascii() and len(term) == 1:
            for letter in (term.lower(), term.upper()):
                marks[256 * ord(letter) : 256 * (ord(letter) + 1)] = _ANY
        third = _ANY if len(term) <= _SHORT else 1 << (ord(term[2]) & 31)
        for opening in _openings(term):
            marks[256 * ord(opening[0]) + ord(opening[1])] |= third
    return marks


def _openings(term: str) -> Iterator[str]:
    """How the words of an English stem may begin: with its letters, but "lying" is "lie"."""
    second = "iy" if term[1:2] in ("i", "y") else term[1:2]
    for opening in (term[:1] + letter for letter in second):
        if opening.isascii():
            yield from (opening, opening.title(), opening.upper(), opening[0] + opening[1:].upper())
