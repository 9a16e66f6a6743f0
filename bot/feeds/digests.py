"""When a digest is due, in the time zone of its server, and what it tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.store.outbox import Order

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.store import Store
    from retrieval.coverage import Coverage
    from retrieval.model import Story

MOST_STORIES = 10
HOUR = 60  # minutes
DAY = timedelta(days=1)


class DigestError(ValueError):
    """A time or a time zone that cannot be read; the message repeats it."""


def parse_zone(text: str) -> str:
    """The name of a time zone; raises DigestError."""
    try:
        return ZoneInfo(text.strip() or "UTC").key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise DigestError(text[:50]) from None


def parse_minute(text: str) -> int:
    """Minutes from midnight of a time as 8:00, 08:30 or 17; raises DigestError."""
    hour, _, minute = text.strip().partition(":")
    if not (hour.isdecimal() and (minute or "0").isdecimal() and len(hour) <= 2):  # noqa: PLR2004  # digits
        raise DigestError(text[:50])
    hours, minutes = int(hour), int(minute or 0)
    if hours >= DAY // timedelta(hours=1) or minutes >= HOUR:
        raise DigestError(text[:50])
    return hours * HOUR + minutes


def find_next(after: datetime, minute: int, zone: str, weekday: int | None = None) -> datetime:
    """The next such time after a moment, in UTC; one that the clocks skip comes an hour later."""
    place = ZoneInfo(zone)
    day = after.astimezone(place).date()
    while True:
        due = _at(day, minute, place)
        if due > after and weekday in {None, day.weekday()}:
            return due
        day += DAY


def _at(day: date, minute: int, place: ZoneInfo) -> datetime:
    local = datetime(day.year, day.month, day.day, minute // HOUR, minute % HOUR, tzinfo=place)
    return local.astimezone(UTC)


def plan_digests(store: Store, clock: Callable[[], datetime]) -> int:
    """Put the digests whose time has come into the outbox; how many there were.

    Those missed while the bot was away are told in one.
    """
    due = store.digests.due()
    for digest in due:
        now = clock()
        content = {
            "since": digest.since.isoformat(),
            "until": now.isoformat(),
            "feeds": sorted(digest.feeds),
        }
        order = Order(
            server_id=digest.server_id,
            channel_id=digest.channel_id,
            kind="digest",
            content=content,
        )
        following = find_next(now, digest.minute, digest.zone, digest.weekday)
        store.outbox.commit_digest(order, replace(digest, since=now, next_at=following))
    return len(due)


def choose_stories(coverage: Coverage, since: datetime, until: datetime) -> tuple[Story, ...]:
    """The stories first told in that time, those of most outlets first, then of most reports."""
    changes = coverage.changes(since.date(), until.date())
    new = [story for story in changes.new if _is_since(story, since)]
    new.sort(key=lambda story: (-len(story.outlets), -len(story.articles)))
    return tuple(new[:MOST_STORIES])


def _is_since(story: Story, since: datetime) -> bool:
    """Whether a story began since a moment; a report with a day and no hour may have."""
    first = next((a.published for a in story.articles if a.published), None)
    if first is None:
        return False
    moment = first if first.tzinfo else first.replace(tzinfo=UTC)
    has_no_hour = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment >= since or (has_no_hour and moment.date() > since.date())
