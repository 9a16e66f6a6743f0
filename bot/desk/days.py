"""Days as a person types them: in English, as the bot prints them, or in the reader's language."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.desk.refusals import Refusal
from retrieval import parse_day
from retrieval.errors import WindowError

if TYPE_CHECKING:
    from bot.wording import Wording

LONGEST = 60  # characters of what names a day
WEEK = 7


def parse_days(
    since: str, until: str, as_of: date, wording: Wording
) -> tuple[date | None, date | None]:
    """The days a person typed ("10 Sep 2023", "letzten Montag"), in order; raises Refusal."""
    first = _parse(since, as_of, wording, last=False)
    last = _parse(until, as_of, wording, last=True)
    return (last, first) if first and last and first > last else (first, last)


def _parse(typed: str, as_of: date, wording: Wording, *, last: bool) -> date | None:
    text = " ".join(typed.split())
    if not text:
        return None
    try:
        return parse_day(text, as_of, last=last)
    except WindowError:
        day = wording.parse_day(text) or _last_weekday(text, as_of, wording)
        day = day or _parse_elsewhere(text, as_of, wording.language[:2], last=last)
        if day is None:
            raise Refusal("day", about=typed) from None
        return day


def _last_weekday(text: str, as_of: date, wording: Wording) -> date | None:
    """The day that "letzten Montag" or "lundi dernier" names: the latest before today."""
    number = wording.parse_weekday(text)
    if number is None:
        return None
    return as_of - timedelta(days=(as_of.weekday() - number - 1) % WEEK + 1)


def _parse_elsewhere(text: str, as_of: date, language: str, *, last: bool) -> date | None:
    """Whatever else a language has for a day ("gestern", "il y a trois jours"), by dateparser."""
    if language == "en" or len(text) > LONGEST or not re.search(r"\w", text):
        return None
    import dateparser  # noqa: PLC0415  # takes a while to load, and few days need it

    settings = {
        "RELATIVE_BASE": datetime.combine(as_of, datetime.min.time()),
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "last" if last else "first",
        "REQUIRE_PARTS": ["month", "year"],
    }
    found = dateparser.parse(text, languages=[language], settings=settings)
    return found.date() if found else None
