"""Digests: due at their hour in their own time zone, and silent where nothing happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.feeds.digests import (
    DigestError,
    choose_stories,
    find_next,
    parse_minute,
    parse_zone,
    plan_digests,
)
from bot.store import Store
from bot.store.watches import Digest
from retrieval.coverage import Coverage
from tests.support.articles import tiny_articles

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)  # a Monday


@pytest.mark.parametrize(
    ("zone", "minute", "weekday", "due"),
    [
        ("UTC", 13 * 60, None, datetime(2024, 5, 20, 13, tzinfo=UTC)),
        ("UTC", 12 * 60, None, datetime(2024, 5, 21, 12, tzinfo=UTC)),
        ("Europe/Berlin", 8 * 60, None, datetime(2024, 5, 21, 6, tzinfo=UTC)),
        ("America/New_York", 8 * 60 + 30, None, datetime(2024, 5, 20, 12, 30, tzinfo=UTC)),
        ("UTC", 8 * 60, 0, datetime(2024, 5, 27, 8, tzinfo=UTC)),
        ("UTC", 8 * 60, 4, datetime(2024, 5, 24, 8, tzinfo=UTC)),
    ],
)
def test_the_next_time_is_that_of_the_place(
    zone: str, minute: int, weekday: int | None, due: datetime
) -> None:
    assert find_next(NOON, minute, zone, weekday) == due


def test_a_day_with_another_number_of_hours_has_one_digest() -> None:
    moment, due = datetime(2024, 3, 29, tzinfo=UTC), []
    for _ in range(4):  # Berlin goes on to summer time on the 31st
        moment = find_next(moment, 2 * 60 + 30, "Europe/Berlin")
        due.append(moment)
    assert len({each.date() for each in due}) == 4


@pytest.mark.parametrize("text", ["25:00", "8:61", "noon", "", "-1"])
def test_a_time_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(DigestError):
        parse_minute(text)


def test_times_and_zones_are_read_as_people_write_them() -> None:
    assert [parse_minute(text) for text in ("8:00", "08:30", " 17 ")] == [480, 510, 1020]
    assert parse_zone("Europe/Berlin") == "Europe/Berlin"
    with pytest.raises(DigestError):
        parse_zone("../etc/passwd")


def test_a_digest_is_planned_once_and_its_next_follows() -> None:
    now = NOON
    with Store.open(None, clock=lambda: now) as store:
        digest = Digest(
            server_id=1,
            channel_id=2,
            weekday=None,
            minute=480,
            zone="UTC",
            since=NOON - timedelta(days=5),
            next_at=NOON - timedelta(days=3),
        )
        store.digests.keep(digest)
        assert [plan_digests(store, lambda: now) for _ in range(2)] == [1, 0]
        (kept,) = store.digests.list_for(1)
        assert (kept.since, kept.next_at) == (NOON, datetime(2024, 5, 21, 8, tzinfo=UTC))
        (parcel,) = store.outbox.due(9)
        assert parcel.content["since"] == (NOON - timedelta(days=5)).isoformat()


def test_the_stories_of_most_outlets_come_first(tmp_path: Path) -> None:
    coverage = Coverage.of_articles(tiny_articles(), tmp_path)
    since, until = datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 5, 31, tzinfo=UTC)
    stories = choose_stories(coverage, since, until)
    assert len(stories) > 1
    told = [len(story.outlets) for story in stories]
    assert told == sorted(told, reverse=True)
    assert choose_stories(coverage, until, until + timedelta(days=7)) == ()
