"""Days in questions, resolved by rule from the day the question is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.dates.expressions import find_periods, parse_period
from retrieval.dates.periods import Period, shift, shift_days, week_of
from retrieval.dates.relative import COUNT, parse_count, parse_unit
from retrieval.errors import WindowError
from retrieval.model import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from retrieval.dates.expressions import Found

_SINCE = "ever since|since|starting|beginning|on or after|no earlier than|as from|from"
_AFTER = "after|following|later than"
_BEFORE = "before|prior to|earlier than|ahead of|leading up to|in the run-up to"
_UNTIL = "up until|until|till|up to|through|no later than|on or before|by|as of"
_IN = "in|on|at|during|throughout|within|over|of|for|around|between"
_LINK = r"(?: (?:in|on|from|at|around))?(?: the)?\s+$"
_PREPOSITION = re.compile(
    rf"(?<![\w-])(?:(?P<since>{_SINCE})|(?P<after>{_AFTER})|(?P<before>{_BEFORE})"
    rf"|(?P<until>{_UNTIL})|(?P<inside>{_IN})){_LINK}",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(
    r"(?:the )?\b(?P<unit>week|weekend)(?P<how> of| starting| beginning| commencing| ending)"
    r"(?: on)?(?: the)?\s+$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"(?:the )?\b(?:(?P<count>{COUNT}) )?(?P<unit>day|week|fortnight|month|year)(?P<many>s)?"
    r" (?P<side>before|after|following|leading up to|prior to)(?: the)?\s+$",
    re.IGNORECASE,
)
_AROUND = re.compile(
    rf"\b(?:within (?P<count>{COUNT}) (?P<unit>day|week|month)s? of(?: the)?|around|circa)\s+$",
    re.IGNORECASE,
)
_ONWARDS = re.compile(r"\s+(?:onwards?|on|forward)\b(?!\s+(?:the|a|an)\b)", re.IGNORECASE)
_RANGE = re.compile(
    r"\s*(?:to|until|till|through|up to|[-\u2013\u2014])\s*(?:the )?", re.IGNORECASE
)
_BOTH = re.compile(r"(?:,|,?\s+(?:and|or))\s+(?:in |on )?(?:the )?", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|won['\u2019]t|going to|upcoming|next|about to|scheduled|plan(?:s|ned)? to|due)\b",
    re.IGNORECASE,
)
_DAYS_AROUND = 3


@dataclass(frozen=True, slots=True)
class Resolved:
    """A range of days and the words it was read from: `text[start:end] == phrase`."""

    window: Window
    phrase: str
    start: int
    end: int


def resolve_window(text: str, as_of: date) -> Resolved | None:
    """Return the range of days that a question asks about, or none where it names no day.

    Weeks begin on Monday. A month or weekday without its year is the latest one, as coverage lies
    in the past; a range that lies wholly after `as_of` is none, and one that reaches beyond ends
    there. "10/09/2023" is 10 September, or 9 October where only that is not in the future.
    Where the text names several ranges that overlap, their common part counts, else the first.
    For "before the Llama 2 launch" ask `retrieval.stories.event_days.find_event_window`.
    """
    readings = list(_readings(text, as_of))
    if not readings:
        return None
    whole = readings[0]
    for reading in readings[1:]:
        common = _common_part(whole.window, reading.window)
        if common:
            narrow = min(whole, reading, key=lambda r: _length(r.window))
            whole = replace(narrow, window=common)
    return whole


def parse_day(text: str, as_of: date, *, last: bool = False) -> date:
    """Return the day that the text names: the first of a longer stretch or, with `last`, its last.

    Raises WindowError, saying what is accepted, where the whole text names no day.
    """
    period = parse_period(" ".join(text.split()), as_of)
    if period is None:
        raise WindowError(
            f"{text!r} is no day that can be read here; write it as 2023-09-10, 10 September 2023,"
            " September 2023, yesterday, last Friday or 3 days ago"
        )
    return period.edge or (period.last if last else period.first)


def _readings(text: str, as_of: date) -> Iterator[Resolved]:
    ahead = _AHEAD.search(text) is not None
    waiting = find_periods(text, as_of)
    while waiting:
        found = waiting.pop(0)
        while waiting and (joined := _joined(found, waiting[0], text)):
            found = joined
            waiting.pop(0)
        reading = _reading(text, found, as_of)
        if reading and not (ahead and _lies_ahead(found, as_of)):
            yield reading


def _lies_ahead(found: Found, as_of: date) -> bool:
    """Whether the next such days are nearer than the last: in October, "in January" is the next."""
    since_last = (as_of - found.period.last).days
    return found.cycle > 0 and since_last > found.cycle - (as_of - found.period.first).days


def _joined(left: Found, right: Found, text: str) -> Found | None:
    """Join two periods to one where the text says "July to September 2022"."""
    between, before = text[left.end : right.start], text[: left.start]
    both = _BOTH.fullmatch(between)
    if not both and not _RANGE.fullmatch(between):
        return None
    if both and left.bare and not _PREPOSITION.search(before):
        return None
    first, last = _in_order(left, right)
    opening = re.search(r"\b(?:between|from)(?: the)?\s+$", before, re.IGNORECASE)
    start = opening.start() if opening else left.start
    period = Period(min(first.first, last.first), max(first.last, last.last))
    return replace(left, period=period, start=start, end=right.end, bare=False)


def _in_order(left: Found, right: Found) -> tuple[Period, Period]:
    """Lend the year of one end of a range to the other: "November to January 2023"."""
    first, last = left.period, right.period
    while left.cycle and first.first > last.last:
        first = _shifted(first, -1)
    while right.cycle and last.last < first.first:
        last = _shifted(last, 1)
    while right.cycle and not left.cycle and _shifted(last, -1).first >= first.first:
        last = _shifted(last, -1)
    return first, last


def _shifted(period: Period, years: int) -> Period:
    return Period(shift(period.first, "year", years), shift(period.last, "year", years))


def _reading(text: str, found: Found, as_of: date) -> Resolved | None:
    """Read the words before a period: they say on which side of it the range lies."""
    period, start = _widened(text, found)
    before = text[:start]
    preposition = _PREPOSITION.search(before)
    if found.bare and start == found.start and not preposition:
        return None
    kind = (preposition and preposition.lastgroup) or "inside"
    end = found.end
    if kind == "since" and preposition and preposition[0].lower().startswith("from"):
        onwards = _ONWARDS.match(text, end)
        kind, end = ("since", onwards.end()) if onwards else ("inside", end)
    window = _window(period, kind, as_of)
    start = preposition.start() if preposition else start
    return Resolved(window, text[start:end], start, end) if window else None


def _widened(text: str, found: Found) -> tuple[Period, int]:
    """Read "the week of", "three days after" and "around" before a period."""
    before, period = text[: found.start], found.period
    if week := _WEEK_OF.search(before):
        return _week_around(period, week["unit"].lower(), week["how"].strip().lower()), week.start()
    if beside := _BESIDE.search(before):
        unit, size = parse_unit(beside["unit"])
        count = size * parse_count(beside["count"] or ("few" if beside["many"] else "one"))
        if beside["side"].lower() in {"after", "following"}:
            first = shift_days(period.last, 1)
            return Period(first, shift_days(shift(first, unit, count), -1)), beside.start()
        return Period(
            shift(period.first, unit, -count), shift_days(period.first, -1)
        ), beside.start()
    if around := _AROUND.search(before):
        unit, size = parse_unit(around["unit"] or "day")
        count = size * parse_count(around["count"]) if around["count"] else _DAYS_AROUND
        first, last = shift(period.first, unit, -count), shift(period.last, unit, count)
        return Period(first, last), around.start()
    return period, found.start


def _week_around(period: Period, unit: str, how: str) -> Period:
    if how == "ending":
        return Period(shift_days(period.last, -6), period.last)
    if how != "of":
        return Period(period.first, shift_days(period.first, 6))
    week = week_of(period.first)
    return Period(shift_days(week.last, -1), week.last) if unit == "weekend" else week


def _window(period: Period, kind: str, as_of: date) -> Window | None:
    first, last = period.edge or period.first, period.edge or period.last
    match kind:
        case "since":
            window = Window(first, None)
        case "after":
            window = Window(shift_days(last, 1), None)
        case "before":
            window = Window(None, min(shift_days(first, -1), as_of))
        case "until":
            window = Window(None, min(last, as_of))
        case _:
            window = Window(period.first, min(period.last, as_of))
    return window if window.since is None or window.since <= as_of else None


def _common_part(left: Window, right: Window) -> Window | None:
    since = max((day for day in (left.since, right.since) if day), default=None)
    until = min((day for day in (left.until, right.until) if day), default=None)
    return None if since and until and since > until else Window(since, until)


def _length(window: Window) -> int:
    if window.since is None or window.until is None:
        return 10**9
    return (window.until - window.since).days
