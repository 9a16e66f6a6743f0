"""Pages of entries that are still to be fetched, for feeds that publish the beginning alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.store.database import when

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPage:
    """The page of one entry, and how often fetching it failed."""

    feed_id: str
    key: str
    address: str
    attempts: int


class Pages:
    """Pages in the order in which they are due."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def want(self, feed_id: str, wanted: Iterable[tuple[str, str]]) -> None:
        """Have the pages of entries (key and address) fetched; of one that waits, anew."""
        now = self._database.now()
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT INTO page (feed_id, entry_key, address, attempts, next_at) "
                "VALUES (?, ?, ?, 0, ?) ON CONFLICT (feed_id, entry_key) DO UPDATE SET "
                "address = excluded.address, attempts = 0, next_at = excluded.next_at",
                [(feed_id, key, address, now) for key, address in wanted],
            )

    def due(self, limit: int) -> tuple[WantedPage, ...]:
        """Pages to be fetched by now, the longest overdue first."""
        rows = self._database.rows(
            "SELECT * FROM page WHERE next_at <= ? ORDER BY next_at, feed_id, entry_key LIMIT ?",
            (self._database.now(), limit),
        )
        return tuple(
            WantedPage(
                feed_id=row["feed_id"],
                key=row["entry_key"],
                address=row["address"],
                attempts=row["attempts"],
            )
            for row in rows
        )

    def next_due(self) -> datetime | None:
        """When the next page is to be fetched, none where there is none."""
        rows = self._database.rows("SELECT min(next_at) AS next_at FROM page")
        seconds = rows[0]["next_at"]
        return None if seconds is None else when(seconds)

    def count(self) -> int:
        """How many pages wait."""
        return int(self._database.rows("SELECT count(*) AS n FROM page")[0]["n"])

    def postpone(self, page: WantedPage, seconds: float) -> None:
        """Leave a page for so long, after one more failure."""
        self._database.write(
            "UPDATE page SET attempts = attempts + 1, next_at = ? "
            "WHERE feed_id = ? AND entry_key = ?",
            (self._database.now() + seconds, page.feed_id, page.key),
        )

    def drop(self, page: WantedPage) -> None:
        """Want a page no more: it was read, or never will be."""
        self._database.write(
            "DELETE FROM page WHERE feed_id = ? AND entry_key = ?", (page.feed_id, page.key)
        )
