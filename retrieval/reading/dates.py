"""When an article was published: dates in fields and in file names."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

_NUMERIC = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[Tt\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(Z|z|UTC|GMT|[+-]\d{1,2}:?\d{2})?",
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?")
_NAMED_FORMATS = (
    "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y",
    "%B %d %Y %H:%M", "%b %d %Y %H:%M", "%d %B %Y %H:%M", "%d %b %Y %H:%M",
    "%B %d %Y %I:%M %p", "%b %d %Y %I:%M %p",
    "%m/%d/%Y",
)  # fmt: skip
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", re.IGNORECASE)
_IN_NAME = (
    re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.](\d{1,2})[-_.](\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?!\d)"),
)
_YEARS = range(1800, 2200)
# From 1973 to 2100: smaller numbers are not seconds since 1970.
_FIRST_SECOND, _LAST_SECOND = 10**8, 4_102_444_800


def parse_date(value: object) -> datetime | None:
    """An aware time in UTC from a date, a time, seconds since 1970 or one of many string forms.

    A day without a time is midnight UTC and a time without a zone is UTC. None where no date is
    found, or one outside the years 1800 to 2199.
    """
    if isinstance(value, datetime):
        return _to_utc(value)
    if isinstance(value, date):
        return _to_utc(datetime(value.year, value.month, value.day, tzinfo=UTC))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = _FIRST_SECOND <= value <= _LAST_SECOND
        return datetime.fromtimestamp(value, UTC) if seconds else None
    return _parse_text(" ".join(value.split())) if isinstance(value, str) else None


def find_date_in_name(name: str) -> datetime | None:
    """The day in a file name or path: `2023-09-11-…`, `20230911 …`, `…/2023/09/11/…`.

    The last step of a path is looked at first, for a folder may hold several days.
    """
    for text in (name.rstrip("/").rsplit("/", 1)[-1], name):
        for pattern in _IN_NAME:
            for found in pattern.finditer(text):
                if moment := _build(list(found.groups()), ""):
                    return moment
    return None


def _parse_text(text: str) -> datetime | None:
    for pattern in (_NUMERIC, _COMPACT):
        if found := pattern.match(text):
            *numbers, zone = found.groups()
            if moment := _build(numbers, zone or ""):
                return moment
    return _parse_named(text)


def _parse_named(text: str) -> datetime | None:
    """Dates with the month in words, those of mail headers included."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  # slow to import, seldom needed

    plain = _WEEKDAY.sub("", _ORDINAL.sub("", text.replace(",", " ")).replace(".", " ").strip())
    plain = " ".join(plain.split())
    for form in _NAMED_FORMATS:
        try:
            return _to_utc(datetime.strptime(plain, form).replace(tzinfo=UTC))
        except ValueError:
            continue
    try:
        return _to_utc(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _build(numbers: list[str | None], zone: str) -> datetime | None:
    year, month, day, hour, minute, second = ([int(n or 0) for n in numbers] + [0, 0, 0])[:6]
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=_parse_zone(zone))
        return _to_utc(moment)
    except (ValueError, OverflowError):
        return None


def _parse_zone(zone: str) -> timezone:
    digits = zone[1:].replace(":", "").rjust(4, "0")
    if not digits.isdigit() or zone[:1] not in "+-" or not zone:
        return UTC
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if zone[0] == "-" else offset)


def _to_utc(moment: datetime) -> datetime | None:
    if moment.year not in _YEARS:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
