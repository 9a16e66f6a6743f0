"""What is kept of a feed and its entries, and what a fetch of it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.store.database import when

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.database import StoredRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecord:
    """A feed and the state of its fetching; times are in UTC, none for what has not happened yet.

    `address` may hold a secret and is never shown as it is. `name` is what was given for it, else
    "", `title` what the feed calls itself. `error` is "" while fetching succeeds.
    `every` is how many seconds the feed asks to be left alone, 0 where it does not say.
    """

    feed_id: str
    address: str
    name: str
    title: str
    shared: bool
    configured: bool
    paused: bool
    etag: str
    modified: str
    digest: str
    failures: int
    error: str
    every: float
    next_at: datetime
    tried_at: datetime | None
    succeeded_at: datetime | None
    failed_at: datetime | None
    failing_since: datetime | None
    told_at: datetime | None
    newest_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry that was read: what it is known by, and a digest of its words.

    `published` is in seconds since 1970, or none.
    """

    key: str
    guid: str
    address: str
    fingerprint: str
    title: str
    published: float | None


@dataclass(frozen=True, slots=True)
class Freshness:
    """How the feeds that a server sees stand: how many, when one was last read and is read next.

    `failing` are those that fail, the longest first.
    """

    feeds: int
    read_at: datetime | None
    next_at: datetime | None = None
    failing: tuple[FeedRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """What one successful fetch leaves: the validators for the next, and the entries it held.

    `seen` are the keys of all of them, `entries` those that are new or changed, `arrived` the keys
    that are news to followers. `unchanged` leaves the validators as they were.
    """

    next_at: float
    title: str = ""
    etag: str = ""
    modified: str = ""
    digest: str = ""
    unchanged: bool = False
    seen: tuple[str, ...] = ()
    entries: tuple[StoredEntry, ...] = ()
    arrived: tuple[str, ...] = ()
    newest_at: float | None = None
    every: float = 0.0


def parse_feed_row(row: StoredRow) -> FeedRecord:
    """The feed in a row of its table."""
    return FeedRecord(
        feed_id=row["feed_id"],
        address=row["address"],
        name=row["name"],
        title=row["title"],
        shared=bool(row["shared"]),
        configured=bool(row["configured"]),
        paused=bool(row["paused"]),
        etag=row["etag"],
        modified=row["modified"],
        digest=row["digest"],
        failures=row["failures"],
        error=row["error"],
        every=row["every"],
        next_at=when(row["next_at"]),
        tried_at=when_known(row["tried_at"]),
        succeeded_at=when_known(row["succeeded_at"]),
        failed_at=when_known(row["failed_at"]),
        failing_since=when_known(row["failing_since"]),
        told_at=when_known(row["told_at"]),
        newest_at=when_known(row["newest_at"]),
    )


def when_known(seconds: float | None) -> datetime | None:
    """The moment that a stored number stands for, none for what has not happened yet."""
    return when(seconds) if seconds else None
