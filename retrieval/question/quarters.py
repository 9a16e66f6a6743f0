"""Quarters of a business year: "Q3 FY24", "the third quarter", "1Q 2014"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.text.lexicon import lexicon

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping
    from datetime import date

_CENTURY = 100


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter, 1 to 4, of a business year, none where none is said.

    A business year may begin in any month, so a quarter of one says nothing about days of
    publication. `spellings` are the ways in which reports write it, in lower case.
    """

    number: int
    year: int | None
    spellings: tuple[str, ...]


def find_quarters(text: str, as_of: date, language: str = "en") -> tuple[Quarter, ...]:
    """The quarters of which a question asks for results; none where it asks for what came out."""
    words = lexicon(language)
    if not words.shaped("results").search(text):
        return ()
    found = words.shaped("quarter").finditer(text)
    return tuple(dict.fromkeys(_build_quarter(one, as_of, words.quarters) for one in found))


def _build_quarter(
    found: re.Match[str], as_of: date, spellings: Mapping[int, tuple[str, ...]]
) -> Quarter:
    said = next(value for value in (found["q"], found["nth"], found["before"]) if value)
    number = int(said[0]) if said[0].isdigit() else _NTH[said[:3].lower()]
    year = int(found["year"]) if found["year"] else None
    if year is not None and year < _CENTURY:
        year += as_of.year - as_of.year % _CENTURY
    ways = spellings.get(number, ())
    return Quarter(number, year, ways)


_NTH = {"fir": 1, "sec": 2, "thi": 3, "fou": 4}
