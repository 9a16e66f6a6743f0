"""What in a headline tells one of a series from the next: a version, a number, a day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.dates.absolute import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator

# English words before the number of one in a series.
_SERIES = "episode|ep|part|chapter|week|issue|volume|vol|session|season|lesson|edition"
_COUNTS = r"\s*(?:[%$\u20ac\xa3]|(?:per ?cent|billion|million|trillion|bn|bln|mn|[ap]\.?m)\b)"
_VERSION = re.compile(
    rf"(?:(?P<of>[^\W\d_][\w+#-]*) )?(?<![\w.,$\u20ac\xa3])v?(?P<value>\d+(?:\.\d+)+)"
    rf"(?!\w|{_COUNTS})"
)
_NUMBERED = re.compile(
    rf"\b(?P<of>{_SERIES})\.?[ #]+(?P<value>\d+)\b|(?P<mark>#)(?P<place>\d+)\b", re.IGNORECASE
)
_NAMED = re.compile(
    rf"(?<![\w.-])(?P<of>[A-Z][\w+]*)(?P<between>[ -])(?P<value>\d{{1,4}}|[IVX]{{1,4}})"
    rf"(?![\w.,-]|{_COUNTS})"
)
_DAY = re.compile(
    rf"\b(?:{MONTH} \d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}|\d{{4}}-\d\d-\d\d)\b", re.IGNORECASE
)
_MONTH = re.compile(MONTH, re.IGNORECASE)
_ROMAN = {"I": 1, "V": 5, "X": 10}


def find_editions(title: str, lead: str, outlet: str) -> Iterator[tuple[str, str]]:
    """Give what the headline numbers, and the number: `("quill", "2.0")`, `("episode", "12")`.

    The number after a name counts where the `lead` has the two side by side as well: "Quake kills
    40" numbers nothing. Of days, two headlines of one outlet alone are held against each other.
    """
    for match in _VERSION.finditer(title):
        yield (match["of"] or "version").lower(), match["value"]
    for match in _NUMBERED.finditer(title):
        yield (match["of"] or match["mark"]).lower(), match["value"] or match["place"]
    for match in _NAMED.finditer(title):
        if match[0] in lead and not _MONTH.fullmatch(match["of"]):
            yield match["of"].lower(), _to_arabic(match["value"])
    for match in _DAY.finditer(title):
        yield f"day in {outlet}", match[0].lower()


def _to_arabic(number: str) -> str:
    """Write a Roman number up to 39 in figures; others are returned as they are."""
    if not set(number) <= _ROMAN.keys():
        return number
    values = [_ROMAN[sign] for sign in number]
    following = [*values[1:], 0]
    return str(sum(v if v >= after else -v for v, after in zip(values, following, strict=True)))
