"""Words that name a place in the calendar: "10 Sept. 2023", "August", "Q3", "the 1990s"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.dates.periods import (
    Period,
    day_period,
    half_of,
    month_of,
    quarter_of,
    season_of,
    year_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    Reader = Callable[[re.Match[str], date], Period | None]

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?(?!-[a-z])"
)
YEAR = r"(?:(?:19|20)\d\d|['\u2019]\d\d)\b(?!-\d\d?\b|/\d|[.,]\d)"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COUNTING = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second"),
    *("twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh"),
    *("twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first"),
)
_HOLIDAYS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "new year": (1, 1),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
}
_SPOKEN_DAY = "|".join(sorted(_COUNTING, key=len, reverse=True))
_DAY = rf"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%:]|[.,]\d)|{_SPOKEN_DAY})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_OF_YEAR = rf"(?:,? ?(?:of )?(?P<year>{YEAR})| (?:of )?(?P<which>last|this) year)"
_TO = r"(?: ?[-\u2013\u2014] ?| (?:to|and|or|until|till|through) )"
# The number after a name is its version: "iOS 17 September release".
_AFTER_NAME = re.compile(
    r"(?:^|[\w.,;] +)(?!(?:On|In|Since|Before|After|By|Until|Till|From|Between|To|The|And|Or)\b)"
    r"[a-z]*[A-Z]\w* $"
)
# A year before these counts them: "in 2000 homes".
_COUNTED = r"(?! (?:people|homes|jobs|users|cases|stores|cities|countries|miles|euros|dollars)\b)"


def _iso_day(found: re.Match[str], _: date) -> Period | None:
    return _day_of(int(found["y"]), int(found["m"]), int(found["d"]))


def _slashed_day(found: re.Match[str], as_of: date) -> Period | None:
    """Read day first, as most of the world writes; month first where only that lies in the past."""
    year = _year(found["y"], as_of)
    day_first = _day_of(year, int(found["b"]), int(found["a"]))
    month_first = _day_of(year, int(found["a"]), int(found["b"]))
    if day_first and (day_first.first <= as_of or not month_first or month_first.first > as_of):
        return day_first
    return month_first


def _month_day(found: re.Match[str], as_of: date) -> Period | None:
    if found[0][0].isdigit() and _AFTER_NAME.search(found.string[: found.start()]):
        return None
    month, day = _month(found["month"]), _day_number(found["day"])
    if year := _year_named(found, as_of):
        return _day_of(year, month, day)
    tries = (_day_of(as_of.year - back, month, day) for back in range(9))
    return next((p for p in tries if p and p.first <= as_of), None)


def _day_range(found: re.Match[str], as_of: date) -> Period | None:
    last = _month_day(found, as_of)
    first = last and _day_of(last.first.year, last.first.month, _day_number(found["from"]))
    return Period(first.first, last.last) if first and last and first.first <= last.last else None


def _month_of_year(found: re.Match[str], as_of: date) -> Period | None:
    month = _month(found["month"])
    return month_of(_year_named(found, as_of) or _latest_year(month, as_of), month)


def _named_month(found: re.Match[str], as_of: date) -> Period | None:
    month = _month(found["month"])
    if found["which"].lower() == "this":
        return month_of(as_of.year, month)
    return month_of(as_of.year - (month >= as_of.month), month)


def _ordinal_day(found: re.Match[str], as_of: date) -> Period | None:
    day = _day_number(found["day"])
    back = {"this": (0,), "last": (1,)}.get(found["which"].lower(), (0, 1, 2))
    months = (month_of(as_of.year, as_of.month - n).first for n in back)
    tries = (_day_of(first.year, first.month, day) for first in months)
    return next((p for p in tries if p and p.first <= as_of), None)


def _quarter(found: re.Match[str], as_of: date) -> Period | None:
    number = int(found["q"]) if found["q"] else _day_number(found["nth"])
    year = _year_named(found, as_of) or _latest_year(number * 3 - 2, as_of)
    return quarter_of(year, number)


def _half(found: re.Match[str], as_of: date) -> Period | None:
    number = int(found["h"]) if found["h"] else _day_number(found["nth"])
    year = _year_named(found, as_of) or _latest_year(number * 6 - 5, as_of)
    return half_of(year, number)


def _season(found: re.Match[str], as_of: date) -> Period | None:
    name = found["season"].lower().replace("fall", "autumn")
    if found["year"]:
        return season_of(_year(found["year"], as_of), name)
    periods = [season_of(as_of.year + n, name) for n in (1, 0, -1)]
    if (found["which"] or "").lower() == "last":
        return next(p for p in periods if p.last < as_of)
    return next(p for p in periods if p.first <= as_of)


def _whole_year(found: re.Match[str], as_of: date) -> Period | None:
    return year_of(_year(found["year"], as_of))


def _years(found: re.Match[str], _: date) -> Period | None:
    first, last = int(found["from"]), int(found["to"])
    if len(found["to"]) < len(found["from"]):
        last += first - first % 100
    return Period(year_of(first).first, year_of(last).last) if first < last else None


def _decade(found: re.Match[str], _: date) -> Period | None:
    first = int(found["decade"]) if found["decade"] else 1900 + int(found["short"])
    return Period(year_of(first).first, year_of(first + 9).last)


def _holiday(found: re.Match[str], as_of: date) -> Period | None:
    month, day = _HOLIDAYS[found["name"].lower().replace("\u2019", "'")]
    year = _year_named(found, as_of) or as_of.year - ((month, day) > (as_of.month, as_of.day))
    return _day_of(year, month, day)


def _day_of(year: int, month: int, day: int) -> Period | None:
    try:
        return day_period(month_of(year, 1).first.replace(month=month, day=day))
    except ValueError:
        return None


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS.index(word[:3].lower()) + 1


def _day_number(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _COUNTING.index(word.lower()) + 1


def _year(word: str, as_of: date) -> int:
    """Read "2023", "'23" or "23"; a short year more than one ahead lies in the century before."""
    number = int(word.lstrip("'\u2019"))
    if number > 99:  # noqa: PLR2004  # two digits
        return number
    century = as_of.year - as_of.year % 100
    return century + number if number <= as_of.year % 100 + 1 else century - 100 + number


def _year_named(found: re.Match[str], as_of: date) -> int | None:
    if found["year"]:
        return _year(found["year"], as_of)
    return as_of.year - (found["which"].lower() == "last") if found["which"] else None


def _latest_year(month: int, as_of: date) -> int:
    """Return the year in which this month last began: coverage lies in the past."""
    return as_of.year - (month > as_of.month)


# Longer readings of the same words win, so the order is for the reader only.
PLAIN: tuple[tuple[str, Reader], ...] = (
    (r"(?P<y>(?:19|20)\d\d)([-/.])(?P<m>\d\d?)\2(?P<d>\d\d?)(?!\d)(?:T[\d:.]+Z?)?", _iso_day),
    (r"(?<![\d/])(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<y>(?:19|20)?\d\d)(?![\d/])", _slashed_day),
    (r"(?<![\d.])(?P<a>\d\d?)([.-])(?P<b>\d\d?)\2(?P<y>(?:19|20)\d\d)(?![\d.])", _slashed_day),
    (rf"{_WEEKDAY}(?:the )?(?P<day>{_DAY})(?: of|-)? ?(?P<month>{MONTH}){_OF_YEAR}?", _month_day),
    (rf"{_WEEKDAY}(?P<month>{MONTH}) (?:the )?(?P<day>{_DAY}){_OF_YEAR}?", _month_day),
    (
        (
            rf"(?:(?:between|from) )?(?:the )?(?P<from>{_DAY}){_TO}(?:the )?(?P<day>{_DAY})(?: of)?"
            rf" (?P<month>{MONTH}){_OF_YEAR}?"
        ),
        _day_range,
    ),
    (
        (
            rf"(?:(?:between|from) )?(?P<month>{MONTH}) (?:the )?(?P<from>{_DAY}){_TO}(?:the )?"
            rf"(?P<day>{_DAY}){_OF_YEAR}?"
        ),
        _day_range,
    ),
    (rf"(?P<month>{MONTH}){_OF_YEAR}", _month_of_year),
    (
        r"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?P<which>)(?!\d)",
        _month_of_year,
    ),
    (rf"(?P<which>last|this past|this) (?P<month>{MONTH})(?! \d)", _named_month),
    (r"the (?P<day>\d\d?(?:st|nd|rd|th)) of (?P<which>this|last) month", _ordinal_day),
    (
        (
            r"(?:q(?P<q>[1-4])|(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter)"
            rf"{_OF_YEAR}?"
        ),
        _quarter,
    ),
    (rf"(?P<q>[1-4])q ?(?P<year>{YEAR}|\d\d\b)(?P<which>)(?P<nth>)", _quarter),
    (rf"(?P<year>{YEAR}) ?q(?P<q>[1-4])(?P<which>)(?P<nth>)\b", _quarter),
    (rf"(?:h(?P<h>[12])|(?P<nth>first|second|1st|2nd) half){_OF_YEAR}", _half),
    (
        (
            r"(?:the )?(?P<season>spring|summer|autumn|fall|winter)(?P<which>)(?: of)?"
            rf" (?P<year>{YEAR})"
        ),
        _season,
    ),
    (
        r"(?P<which>last|this|this past) (?P<season>spring|summer|autumn|fall|winter)(?P<year>)",
        _season,
    ),
    (r"(?:the )?(?:(?P<decade>(?:19|20)\d0)|['\u2019](?P<short>\d0))['\u2019]?s\b", _decade),
)
# These mean days only after a preposition: "in May", "since 2022", "on the 10th".
BARE: tuple[tuple[str, Reader], ...] = (
    (rf"(?P<month>{MONTH})(?P<year>)(?P<which>)(?! \d)", _month_of_year),
    (r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?P<which>)(?![\d-])", _month_of_year),
    (r"(?P<from>(?:19|20)\d\d) ?[-\u2013/] ?(?P<to>(?:19|20)?\d\d)(?!\d|-\d)", _years),
    (rf"(?P<year>{YEAR}){_COUNTED}", _whole_year),
    (r"(?:the )?(?P<season>spring|summer|autumn|winter)(?P<which>)(?P<year>)", _season),
    (rf"(?P<name>{'|'.join(_HOLIDAYS)})".replace("'", "['\u2019]") + rf"{_OF_YEAR}?", _holiday),
    (
        (
            r"the (?P<day>\d\d?(?:st|nd|rd|th))(?P<which>)"
            r"(?= *(?:[?.,;!]|$|(?:and|to|until|till|through) the \d))"
        ),
        _ordinal_day,
    ),
)
