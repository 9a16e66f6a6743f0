"""Words that name days by their distance from today: "last week", "two months ago", "on Friday"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.dates.periods import Period, day_period, shift, shift_days, unit_of, week_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from retrieval.dates.periods import Unit

    Reader = Callable[[re.Match[str], date], Period | None]

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "five": 5,
    "several": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12,
}  # fmt: skip
COUNT = rf"(?:\d{{1,3}}|(?:a )?couple(?: of)?|a few|{'|'.join(NUMBERS)})"
UNIT = r"(?:minute|hour|hr|day|week|fortnight|month|quarter|year|decade)s?"
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_WEEKDAY = r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_PART_OF_DAY = r"(?:morning|afternoon|evening|night|lunchtime|noon)"
_SATURDAY = 5


def _today(found: re.Match[str], as_of: date) -> Period | None:
    return None if _is_name(found) else day_period(as_of)


def _yesterday(found: re.Match[str], as_of: date) -> Period | None:
    return None if _is_name(found) else day_period(shift_days(as_of, -1))


def _overnight(_: re.Match[str], as_of: date) -> Period | None:
    return Period(shift_days(as_of, -1), as_of)


def _before_yesterday(_: re.Match[str], as_of: date) -> Period | None:
    return day_period(shift_days(as_of, -2))


def _tomorrow(_: re.Match[str], as_of: date) -> Period | None:
    return day_period(shift_days(as_of, 1))


def _this_unit(found: re.Match[str], as_of: date) -> Period | None:
    unit, count = parse_unit(found["unit"])
    return unit_of(unit, as_of) if count == 1 else Period(shift(as_of, unit, -count), as_of)


def _next_unit(found: re.Match[str], as_of: date) -> Period | None:
    unit, count = parse_unit(found["unit"])
    return unit_of(unit, shift(as_of, unit, count))


def _last_unit(found: re.Match[str], as_of: date) -> Period | None:
    unit, count = parse_unit(found["unit"])
    if count > 1:
        return Period(shift(as_of, unit, -count), as_of)
    return unit_of(unit, shift(unit_of(unit, as_of).first, unit, -1))


def _unit_before_last(found: re.Match[str], as_of: date) -> Period | None:
    unit, count = parse_unit(found["unit"])
    return unit_of(unit, shift(unit_of(unit, as_of).first, unit, -2 * count))


def _past_units(found: re.Match[str], as_of: date) -> Period | None:
    """Count back from today: "the past three days" began three days ago."""
    unit, size = parse_unit(found["unit"])
    some = "few" if found["unit"].endswith("s") else "one"
    count = size * parse_count(found["count"] or some)
    return Period(shift(as_of, unit, -_whole_days(found["unit"], count)), as_of)


def _ago(found: re.Match[str], as_of: date) -> Period | None:
    """Name the calendar unit that lies so far back: "two weeks ago" is a week, Monday to Sunday."""
    unit, size = parse_unit(found["unit"])
    count = parse_count(found["count"])
    if found["unit"][0].lower() in "hm" and unit == "day":
        count //= 24 if found["unit"][0].lower() == "h" else 24 * 60
    day = shift(as_of, unit, -size * count)
    if found["half"] and unit == "year":
        day = shift(as_of, "month", -6 * size)
        unit = "month"
    if found["today"]:
        return day_period(day)
    if re.search("few|several", found["count"], re.IGNORECASE):
        return Period(shift(as_of, unit, -size * (count + 2)), shift(as_of, unit, -size * 2), day)
    whole = unit_of(unit, day)
    return Period(whole.first, min(whole.last, as_of), day)


def _this_time_last_year(found: re.Match[str], as_of: date) -> Period | None:
    unit, count = parse_unit(found["unit"])
    day = shift(as_of, unit, -count)
    whole = unit_of("month" if unit == "year" else "day", day)
    return Period(whole.first, whole.last, day)


def _weekday(found: re.Match[str], as_of: date) -> Period | None:
    """Name the latest such day up to today; one spoken of with "last" lies before today."""
    if not found["which"] and re.search(r"[a-z] +(?:[A-Z]\w* +)+$", found.string[: found.start()]):
        return None  # "on Black Friday"
    number = _WEEKDAYS.index(found["weekday"][:3].lower())
    back = (as_of.weekday() - number) % 7
    match (found["which"] or "").lower():
        case "this":
            return day_period(shift_days(week_of(as_of).first, number))
        case "next":
            return day_period(shift_days(as_of, 7 - back))
        case "last" | "past" | "this past" | "the past":
            return day_period(shift_days(as_of, -(back or 7)))
        case _:
            return day_period(shift_days(as_of, -back))


def _weekday_of_week(found: re.Match[str], as_of: date) -> Period | None:
    number = _WEEKDAYS.index(found["weekday"][:3].lower())
    weeks = 1 if found["which"].lower() == "last" else 0
    return day_period(shift_days(week_of(as_of).first, number - 7 * weeks))


def _weekend(found: re.Match[str], as_of: date) -> Period | None:
    """Name the latest weekend that has begun; one spoken of with "last" is over."""
    monday = week_of(as_of).first
    which = (found["which"] or "").lower()
    begun = as_of.weekday() >= _SATURDAY and which not in {"last", "past", "this past", "the past"}
    saturday = shift_days(monday, _SATURDAY if begun else _SATURDAY - 7)
    saturday = shift_days(saturday, 7 * (which == "next") - 7 * bool(found["before_last"]))
    return Period(saturday, shift_days(saturday, 1))


def _whole_days(unit: str, count: int) -> int:
    """Count hours as days: 24 hours back lie within one day, 36 within two."""
    if unit[0].lower() == "h":
        return -(-count // 24)
    return 0 if unit.lower().startswith("min") else count


def _is_name(found: re.Match[str]) -> bool:
    """Whether a capital amid a sentence makes it a title: "USA Today"."""
    before = found.string[: found.start()].rstrip()
    return found[0][0].isupper() and bool(before) and before[-1] not in ".?!:"


def parse_count(word: str) -> int:
    """Read "3", "three", "a couple of"; "a few" counts as three."""
    for part in word.lower().split()[::-1]:
        if part.isdigit():
            return int(part)
        if part in NUMBERS:
            return NUMBERS[part]
    return 1


def parse_unit(word: str) -> tuple[Unit, int]:
    """Return the unit of the calendar and how many of it the word means: a fortnight is 2 weeks."""
    name = word.lower().rstrip("s")
    if name == "fortnight":
        return "week", 2
    if name == "decade":
        return "year", 10
    return next((unit for unit in ("week", "month", "quarter", "year") if unit == name), "day"), 1


PLAIN: tuple[tuple[str, Reader], ...] = (
    (rf"(?:earlier |late )?today|tonight|(?<=and )now|(?<=to )now|this {_PART_OF_DAY}", _today),
    (rf"yesterday(?: {_PART_OF_DAY})?|last night", _yesterday),
    (r"overnight", _overnight),
    (r"the day before yesterday", _before_yesterday),
    (r"tomorrow", _tomorrow),
    (r"(?:earlier )?this (?P<unit>week|fortnight|month|quarter|year|decade)", _this_unit),
    (r"(?:the )?next (?P<unit>week|fortnight|month|quarter|year|decade)", _next_unit),
    (r"(?<!the )last (?P<unit>week|fortnight|month|quarter|year|decade)", _last_unit),
    (r"(?:the )previous (?P<unit>week|fortnight|month|quarter|year|decade)", _last_unit),
    (r"the (?P<unit>week|fortnight|month|quarter|year|decade) before last", _unit_before_last),
    (
        (
            rf"(?:(?:the |these |this )?(?:past|previous|preceding)|(?:the |these )?last)"
            rf" (?P<count>{COUNT}) (?P<unit>{UNIT})\b(?! of\b)"
        ),
        _past_units,
    ),
    (rf"(?:(?:the |this )?past|the last)(?P<count>) (?P<unit>{UNIT})\b(?! of\b)", _past_units),
    (r"(?:the )?(?:most )?recent(?P<count>) (?P<unit>days|weeks|months|years)", _past_units),
    (r"(?:the )?(?P<unit>week|month|quarter|year)[- ]to[- ]date", _this_unit),
    (
        rf"(?P<half>half )?(?P<count>{COUNT}) (?P<unit>{UNIT}) (?:ago|back)\b(?P<today> today)?",
        _ago,
    ),
    (r"this (?:time|day) last (?P<unit>week|month|year)", _this_time_last_year),
    (rf"(?P<which>last|this past|the past|past|this|next) {_LONG_WEEKDAY}\b", _weekday),
    (
        rf"(?P<which>){_LONG_WEEKDAY}(?:(?-i:['\u2019]s)| {_PART_OF_DAY}|(?=[?!.]*$))",
        _weekday,
    ),
    (rf"{_LONG_WEEKDAY} (?:of )?(?P<which>last|this) week", _weekday_of_week),
    (
        (
            r"(?P<which>last|(?:this |the )?past|this|next|the) weekend"
            r"(?P<before_last> before last)?(?! of\b)"
        ),
        _weekend,
    ),
)
BARE: tuple[tuple[str, Reader], ...] = (
    (rf"(?P<which>){_LONG_WEEKDAY}(?! (?-i:Times|Night|Addams|Mirror|Mail|Express))", _weekday),
    (r"(?P<which>)(?-i:(?P<weekday>Mon|Tues?|Wed|Thu(?:rs?)?|Fri))\b\.?", _weekday),
)
