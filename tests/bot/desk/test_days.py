"""Days as people type them; what the bot prints, it reads."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.days import parse_days
from bot.desk.refusals import Refusal
from bot.wording import LANGUAGES, Wording

SUNDAY = date(2031, 6, 1)


def parse(text: str, language: str = "en") -> date | None:
    return parse_days(text, "", SUNDAY, Wording(language))[0]


@given(st.dates(date(1990, 1, 1), SUNDAY), st.sampled_from(sorted(LANGUAGES)))
def test_every_day_that_the_bot_prints_it_reads(day: date, language: str) -> None:
    assert parse(Wording(language).day(day), language) == day


@pytest.mark.parametrize(
    ("language", "typed", "day"),
    [
        ("en", "last Monday", date(2031, 5, 26)),
        ("de", "letzten Montag", date(2031, 5, 26)),
        ("de", "letzten Sonntag", date(2031, 5, 25)),
        ("de", "gestern", date(2031, 5, 31)),
        ("de", "10 sept 2023", date(2023, 9, 10)),
        ("de", "yesterday", date(2031, 5, 31)),
        ("es", "el lunes pasado", date(2031, 5, 26)),
        ("es", "ayer", date(2031, 5, 31)),
        ("fr", "lundi dernier", date(2031, 5, 26)),
        ("fr", "il y a trois jours", date(2031, 5, 29)),
        ("zh-CN", "2023年9月10日", date(2023, 9, 10)),
        ("zh-CN", "上周一", date(2031, 5, 26)),
        ("zh-CN", "昨天", date(2031, 5, 31)),
    ],
)
def test_a_day_is_read_in_the_readers_language(language: str, typed: str, day: date) -> None:
    assert parse(typed, language) == day


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("typed", ["the day of the flood", "!!", "x" * 500, "31 Feb 2023"])
def test_what_names_no_day_is_said(language: str, typed: str) -> None:
    with pytest.raises(Refusal, match="day"):
        parse(typed, language)


def test_days_in_the_wrong_order_are_turned_round() -> None:
    days = parse_days("2031-05-09", "2031-05-01", SUNDAY, Wording())
    assert days == (date(2031, 5, 1), date(2031, 5, 9))


def test_no_day_is_none() -> None:
    assert parse_days("", "  ", SUNDAY, Wording("de")) == (None, None)
