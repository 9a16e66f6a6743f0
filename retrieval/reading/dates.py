"""When an article was published: days as outlets print them, in fields, lines and file names."""

# ruff: noqa: RUF001  # signs of other scripts are meant

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from retrieval.reading.month_names import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

Order = Literal["day", "month", ""]

_CLOCK = (
    r"(?:[Tt,\s]+(?:at|um|à|a las|alle|às|om|kl\.?|-|–|\|)?\s*(\d{1,2})[:h.](\d{2})"
    r"(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?(?:\s*(?:Uhr|h)\b)?)?"
)
_ZONE = r"\s*\(?(Z|z|UTC|GMT|[A-Z]{2,4}T|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?\b"
_YEAR_FIRST = re.compile(
    r"(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)(?:日|일|\.)?(?:\s?[(（][^)）]{1,4}[)）])?"
    + _CLOCK
    + _ZONE
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(?:\d{3})?(Z)?)?(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)" + _CLOCK + _ZONE)
_SHORT_YEAR = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{2})(?!\d)" + _CLOCK + _ZONE)
_WORD = r"([^\W\d_][^\W\d_\u0300-\u0dff]{0,2}[^\s\d.,/:-]{1,12})\.?"
_LINK_WORD = r"(?:\s*(?:de|del|of|do|di|-|,|/)\s*|\s+|\s*)"
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|°|\.|-?го)?" + _LINK_WORD + _WORD + _LINK_WORD
    + r",?\s*(\d{4})(?!\d)" + _CLOCK + _ZONE,
    re.IGNORECASE,
)  # fmt: skip
_MONTH_FIRST = re.compile(
    _WORD + r"[\s-]*(\d{1,2})(?:st|nd|rd|th)?(?:[,.]|\s|-)+(\d{4})(?!\d)" + _CLOCK + _ZONE,
    re.IGNORECASE,
)
_YEAR_THEN_WORD = re.compile(r"(\d{4})[\s,-]+" + _WORD + r"[\s,-]*(\d{1,2})(?!\d)" + _CLOCK + _ZONE)
# As a shell and programs in C print it, the year after the clock.
_YEAR_AFTER_CLOCK = re.compile(
    r"([^\W\d_]{3,9})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s+(?:[A-Z]{2,5}\s+)?([+-]\d{4}\s+)?(\d{4})"
)
_WEEKDAY = re.compile(r"^[^\W\d]{1,12}(?:-feira)?[.,]*\s*,?\s+(?=\d|[^\W\d_]{3,12}\.?\s+\d)")
# The clock before the day, as "Updated 4:05 PM EDT, Tue May 7" with its year.
_CLOCK_BEFORE = re.compile(
    r"^[^\d\n]{0,24}\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s[A-Z]{2,5})?,?\s+"
    r"(?:[^\W\d]{2,10}[.,]*\s+(?=[^\W\d_]{3,}|\d))?"
)
_LEAD_IN = re.compile(
    r"^(?:(?:first |last )?(?:published|posted|updated|modified|written|created)|erschienen"
    r"|veröffentlicht|aktualisiert|publié|mis à jour|publicado|pubblicato|gepubliceerd)?\s*"
    r"(?:(?:on|at|am|vom|le|el|il|op|em|em:)\s+)?(?=\w)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[^\d\n]{2,24}?[:：]\s+")
_IN_NAME = (
    re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.](\d{1,2})[-_.](\d{1,2})(?!\d)"),
    re.compile(
        r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:[T_-]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d)"
    ),
    re.compile(r"(?<!\d)((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?!\d)"),
)
_DATELINE = re.compile(
    r"[(（]?([^\W\d_][^\n,(（.]{1,40}?)\.?,?\s*[,(（]\s*([^\n—–]{6,60}?)\s*(?:—|–|--|\s-\s|:\s)"
)
_DATELINE_WITHIN = 140
_LONGEST_PLACE = 5  # words
_REMARK = re.compile(r"\([^()]*\)|/[^/]*/")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_YEARS = range(1800, 2200)
# From 1973 to 2100: smaller numbers are not seconds since 1970.
_FIRST_SECOND, _LAST_SECOND = 10**8, 4_102_444_800
_NOON = 12
_LONGEST = 80  # characters; what is longer is no date
# Seconds since 1970 in a unit of their own: milli-, micro-, nanoseconds.
_FINER = (1, 1_000, 1_000_000, 1_000_000_000)
_ZONES = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "WET": 0, "WEST": 1, "BST": 1,
    "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "ET": -5, "PT": -8, "HST": -10, "NZST": 12,
    "NZDT": 13, "MSK": 3,
}  # fmt: skip


# Each language that is tried costs some milliseconds for every text that is no date after all.
_ODD_LANGUAGES = (
    "en", "bg", "bn", "cs", "el", "et", "fa", "fi", "he", "hi", "hr", "hu", "id", "lt", "lv", "pl",
    "ro", "ru", "sk", "sl", "sr", "th", "tr", "uk", "vi",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day as printed: an aware moment in the printed zone, or UTC where no zone is printed.

    `swapped` is the moment with day and month exchanged, where both readings are days ("9/10/2023",
    read month first in `moment`). `order` is what a date that can be read in one way alone says
    about the others ("25/10/2023" has the day first). `zoned`: a zone was printed.
    """

    moment: datetime
    swapped: datetime | None = None
    order: Order = ""
    zoned: bool = False


def parse_date(value: object) -> PrintedDate | None:
    """The day, or moment, that a field holds, in one of many forms and languages.

    A day without a clock is its midnight. None where no date is found, where it lies outside the
    years 1800 to 2199, and for 1 January 1970, which stands where a program knew no day.
    """
    found = _parse(value)
    if found is None or found.moment.year not in _YEARS or found.moment.date() == date(1970, 1, 1):
        return None
    return found


def find_dateline(text: str) -> PrintedDate | None:
    """The day in the line of place and day that a report may begin with: "PORT, 3 May 2024 —"."""
    found = _DATELINE.match(text[:_DATELINE_WITHIN])
    if not found or len(found[1].split()) > _LONGEST_PLACE:
        return None
    return parse_date(_REMARK.sub(" ", found[2]).strip(" ,()"))


def parse_moment(value: object) -> datetime | None:
    """The moment of `parse_date`, in the printed zone; month first where both readings are days."""
    found = parse_date(value)
    return found.moment if found else None


def find_date_in_name(name: str) -> PrintedDate | None:
    """The day in a file name or path: `2023-09-11-…`, `20230911102030 …`, `…/2023/09/11/…`.

    The last step of a path is looked at first, for a folder may hold several days.
    """
    for text in (name.rstrip("/").rsplit("/", 1)[-1], name):
        for pattern in _IN_NAME:
            for found in pattern.finditer(text):
                year, month, day = map(int, found.groups())
                if moment := _build(year, month, day):
                    return PrintedDate(moment)
    return None


def _parse(value: object) -> PrintedDate | None:
    if isinstance(value, datetime):
        zoned = value.tzinfo is not None
        return PrintedDate(value if zoned else value.replace(tzinfo=UTC), zoned=zoned)
    if isinstance(value, date):
        return PrintedDate(datetime(value.year, value.month, value.day, tzinfo=UTC))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _parse_number(value)
    if isinstance(value, str) and len(value) <= _LONGEST:
        text = " ".join(value.translate(_WIDE_DIGITS).split()).strip("[]()<>\"'“”*_ ")
        return _parse_text(text) if any(map(str.isdigit, text)) else None
    return None


_WIDE_DIGITS = {0xFF10 + n: str(n) for n in range(10)}


def _parse_number(value: float) -> PrintedDate | None:
    """Seconds since 1970 or finer, or the figures of a day: 20240503, 20240503102030."""
    for unit in _FINER:
        if _FIRST_SECOND <= value / unit <= _LAST_SECOND:
            return _parse_figures(value) or PrintedDate(
                datetime.fromtimestamp(value / unit, UTC).replace(microsecond=0)
            )
    return _parse_figures(value)


def _parse_figures(value: float) -> PrintedDate | None:
    whole = math.isfinite(value) and value == int(value)
    found = _COMPACT.fullmatch(str(int(value))) if whole else None
    if not found or len(found[0]) not in {8, 12, 14, 17}:
        return None
    year, *rest = (int(n or 0) for n in found.groups()[:6])
    moment = _build(year, *rest) if 1900 <= year <= 2100 else None  # noqa: PLR2004  # no serial number
    return PrintedDate(moment) if moment else None


@lru_cache(4096)
def _parse_text(text: str) -> PrintedDate | None:
    if _NUMBER.fullmatch(text):
        return _parse_number(int(text) if text.isdecimal() else float(text))
    bare = _LEAD_IN.sub("", _LABEL.sub("", text))
    for form in (text, bare, _WEEKDAY.sub("", bare), _CLOCK_BEFORE.sub("", bare)):
        for parse in _FORMS:
            if found := parse(form):
                return found
    return _parse_odd(text)


def _parse_year_first(text: str) -> PrintedDate | None:
    found = _YEAR_FIRST.match(text)
    return _finish(found.groups()[:3], found.groups()[3:]) if found else None


def _parse_compact(text: str) -> PrintedDate | None:
    found = _COMPACT.match(text)
    if not found:
        return None
    *numbers, zone = found.groups()
    moment = _build(*(int(n or 0) for n in numbers))
    return PrintedDate(moment, zoned=bool(zone)) if moment else None


def _parse_year_last(text: str) -> PrintedDate | None:
    """Figures with the year at their end; full stops part a day from the month after it."""
    found = _YEAR_LAST.match(text) or _SHORT_YEAR.match(text)
    if not found:
        return None
    first, mark, second, year, *clock = found.groups()
    year = year if len(year) > 2 else f"20{year}"  # noqa: PLR2004  # "24" is 2024
    day_first = _finish((year, second, first), clock)
    month_first = _finish((year, first, second), clock)
    if mark == "." or month_first is None:
        return day_first and PrintedDate(
            day_first.moment, order="" if mark == "." else "day", zoned=day_first.zoned
        )
    if day_first is None:
        return PrintedDate(month_first.moment, order="month", zoned=month_first.zoned)
    same = first == second
    return PrintedDate(
        month_first.moment, None if same else day_first.moment, zoned=month_first.zoned
    )


def _parse_named(text: str) -> PrintedDate | None:
    """Dates with the month in words, in whichever order."""
    if found := _DAY_FIRST.match(text):
        day, month, year, *clock = found.groups()
    elif found := _MONTH_FIRST.match(text):
        month, day, year, *clock = found.groups()
    elif found := _YEAR_THEN_WORD.match(text):
        year, month, day, *clock = found.groups()
    elif found := _YEAR_AFTER_CLOCK.match(text):
        month, day, hour, minute, second, zone, year = found.groups()
        clock = [hour, minute, second, None, (zone or "").strip()]
    else:
        return None
    number = MONTHS.get(month.lower())
    return _finish((year, number, day), clock) if number else None


_FORMS = (_parse_year_first, _parse_year_last, _parse_compact, _parse_named)


def _parse_odd(text: str) -> PrintedDate | None:
    """The last resort, for the languages and forms that the tables above lack."""
    if not re.search(r"(?:19|20)\d\d", text) or not re.search(r"[^\W\d_]{3}", text):
        return None
    if not re.search(r"(?<!\d)\d{1,2}(?!\d)", text) or len(text) > 50:  # noqa: PLR2004  # no sentence
        return None
    import dateparser  # noqa: PLC0415  # slow to import and to begin, seldom needed

    languages = list(_ODD_LANGUAGES)
    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "STRICT_PARSING": True,
    }
    try:
        moment = dateparser.parse(text, languages=languages, settings=settings)
    except (ValueError, OverflowError, TypeError, RecursionError):
        return None
    return PrintedDate(moment if moment.tzinfo else moment.replace(tzinfo=UTC)) if moment else None


def _finish(numbers: Sequence[str | int], clock: Sequence[str | None]) -> PrintedDate | None:
    """The moment of the groups of a match: year, month, day; hour, minute, second, half, zone."""
    year, month, day = (int(n) for n in numbers)
    hour, minute, second = (int(n or 0) for n in clock[:3])
    half, zone = clock[3], clock[4]
    if half:
        hour = hour % _NOON + (_NOON if half[0] in "pP" else 0)
    moment = _build(year, month, day, hour, minute, second, zone=_parse_zone(zone))
    return PrintedDate(moment, zoned=bool(zone)) if moment else None


def _build(year: int, month: int, day: int, *clock: int, zone: timezone = UTC) -> datetime | None:
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def _parse_zone(zone: str | None) -> timezone:
    """The zone by its name or its distance from UTC; one that is not known counts as UTC."""
    if not zone or zone[0] not in "+-":
        return timezone(timedelta(hours=_ZONES.get((zone or "").upper(), 0))) if zone else UTC
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= len("14") else (digits[:-2], digits[-2:])
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    if offset >= timedelta(hours=24):
        return UTC
    return timezone(-offset if zone[0] == "-" else offset) if offset else UTC
