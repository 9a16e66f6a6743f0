"""Where a text names a stretch of days, and which days those are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from retrieval.dates import absolute, relative
from retrieval.dates.absolute import MONTH, YEAR
from retrieval.dates.periods import Period, part_of, shift, shift_days, unit_of
from retrieval.dates.relative import COUNT, WEEKDAY, parse_count, parse_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from retrieval.dates.periods import Part

    Reader = Callable[[re.Match[str], date], Period | None]

DAYS_IN_WEEK = 7
DAYS_IN_YEAR = 365
_PARTS: dict[str, Part] = {
    "early": "early", "start": "early", "beginning": "early", "mid": "mid", "middle": "mid",
    "late": "late", "end": "late",
}  # fmt: skip
_PART_UNIT = "day|week|fortnight|month|quarter"
_WHOLE = (
    rf"(?P<whole>{MONTH},? (?:of )?{YEAR}|{MONTH}(?: (?:of )?(?:last|this) year)?|{YEAR}"
    rf"|(?:this|last) (?:{MONTH}|week|month|quarter|year|spring|summer|autumn|fall|winter)"
    rf"|the (?:week|month|quarter|year|(?:19|20)\d0s))"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A period in a text, from `start` to `end`.

    A `bare` one ("May", "2022") names days only after a preposition. One that comes again every
    `cycle` days ("10 May", "Friday") is the latest; others have the cycle 0.
    """

    period: Period
    start: int
    end: int
    bare: bool
    cycle: int


def find_periods(text: str, as_of: date) -> list[Found]:
    """Return the periods named in the text, in order and apart; of two readings the longer one."""
    apart: list[Found] = []
    for found in sorted(_all_periods(text, as_of), key=lambda f: (f.start, -f.end, f.bare)):
        if not apart or found.start >= apart[-1].end:
            apart.append(found)
    return apart


def parse_period(text: str, as_of: date) -> Period | None:
    """Return what the whole text names, or none."""
    whole = (f.period for f in find_periods(text, as_of) if f.end - f.start == len(text))
    return next(whole, None)


def _all_periods(text: str, as_of: date) -> Iterator[Found]:
    for pattern, reader, bare in _readers():
        for match in pattern.finditer(text):
            try:
                period = reader(match, as_of)
            except ValueError:
                continue  # before the first year of the calendar
            if period:
                yield Found(period, match.start(), match.end(), bare, _cycle(match[0]))


def _cycle(words: str) -> int:
    if re.search(rf"{YEAR}|\d[-/.]\d|\b(?:year|last|this|past|ago|before)\b", words, re.IGNORECASE):
        return 0
    if re.search(rf"\b(?:{MONTH}|q[1-4]|quarter|half|christmas|new year)", words, re.IGNORECASE):
        return DAYS_IN_YEAR
    return DAYS_IN_WEEK if re.match(rf"(?:{WEEKDAY})\b", words, re.IGNORECASE) else 0


@cache
def _readers() -> tuple[tuple[re.Pattern[str], Reader, bool], ...]:
    plain = (*absolute.PLAIN, *relative.PLAIN, *_COMPOSED)
    bare = (*absolute.BARE, *relative.BARE)
    return tuple(
        (re.compile(rf"(?<![\w'\u2019-])(?:{words})(?!\w)", re.IGNORECASE), reader, group is bare)
        for group in (plain, bare)
        for words, reader in group
    )


def _part(found: re.Match[str], as_of: date) -> Period | None:
    whole = _whole(found["whole"], as_of)
    if whole is None:
        return None
    word = found["part"].lower().removeprefix("the ").removeprefix("very ").split()[0]
    part = part_of(whole, _PARTS[word])
    edge = {"start": whole.first, "beginning": whole.first, "end": whole.last}.get(word)
    return Period(part.first, part.last, edge)


def _first_units(found: re.Match[str], as_of: date) -> Period | None:
    """Read "the first week of May", "the last three days of 2022", "the second week of June"."""
    whole = _whole(found["whole"], as_of)
    unit, size = parse_unit(found["unit"])
    count = size * parse_count(found["count"] or "one")
    if whole is None:
        return None
    if found["which"].lower() in {"last", "final", "closing"}:
        return Period(shift(shift_days(whole.last, 1), unit, -count), whole.last)
    skipped = {"second": 1, "third": 2, "fourth": 3}.get(found["which"].lower(), 0)
    first = shift(whole.first, unit, skipped)
    return Period(first, shift_days(shift(first, unit, count), -1))


def _whole(words: str, as_of: date) -> Period | None:
    """Read the stretch that a part is taken of; "the year" is this one."""
    if named := re.fullmatch(r"the (week|month|quarter|year)", words, re.IGNORECASE):
        return unit_of(parse_unit(named[1])[0], as_of)
    return parse_period(words, as_of)


_COMPOSED: tuple[tuple[str, Reader], ...] = (
    (rf"(?P<part>early|mid|late)(?:-| in | ){_WHOLE}", _part),
    (rf"(?P<part>(?:the )?(?:very )?(?:start|beginning|middle|end)) of {_WHOLE}", _part),
    (
        (
            rf"(?:the )?(?P<which>first|second|third|fourth|last|final|opening|closing)"
            rf"(?: (?P<count>{COUNT}))? (?P<unit>{_PART_UNIT})s? (?:of|in) {_WHOLE}"
        ),
        _first_units,
    ),
)
