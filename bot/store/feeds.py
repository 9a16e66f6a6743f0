"""Feeds: who follows them, how their last fetches went, and which entries are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.database import when
from bot.store.feed_records import (
    FeedRecord,
    Freshness,
    Landing,
    StoredEntry,
    parse_feed_row,
    when_known,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.store.database import Database, Transaction

KNOWN_ENTRIES = 10_000  # of a feed that are compared with what it holds now, those last seen first
# Who of the operator's side keeps a feed: nobody is 0.
BY_COMMAND, BY_SETTINGS = 1, 2

_FOLLOWED = """
    EXISTS (SELECT 1 FROM follow WHERE follow.feed_id = feed.feed_id AND follow.paused = 0)
"""
_WANTED = f"(shared = 1 OR configured > 0 OR {_FOLLOWED})"
_WRITE_ENTRY = """
    INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (feed_id, entry_key) DO UPDATE
    SET guid = excluded.guid, address = excluded.address, fingerprint = excluded.fingerprint,
        title = excluded.title, seen_at = excluded.seen_at
"""
_WRITE_BODY = """
    UPDATE feed SET title = ?, etag = ?, modified = ?, digest = ?, every = ?,
        newest_at = CASE WHEN newest_at >= ? THEN newest_at ELSE ? END
    WHERE feed_id = ?
"""


class Feeds:
    """Every feed once, however many servers follow it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, feed_id: str, address: str, *, name: str = "", shared: bool = False) -> None:
        """Keep a feed for the operator; of one that is known, only what is given here changes."""
        self._database.write(
            "INSERT INTO feed (feed_id, address, name, shared, configured) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (feed_id) DO UPDATE SET "
            "name = CASE WHEN excluded.name = '' THEN feed.name ELSE excluded.name END, "
            "shared = CASE WHEN feed.shared = 1 THEN 1 ELSE excluded.shared END, paused = 0, "
            "configured = CASE WHEN feed.configured > excluded.configured "
            "THEN feed.configured ELSE excluded.configured END",
            (feed_id, address, name, shared, BY_COMMAND),
        )

    def configure(self, feeds: Iterable[tuple[str, str, str, bool]]) -> None:
        """Keep the (id, address, name, shared) of the settings in place of those kept before."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE feed SET configured = 0, shared = 0 WHERE configured = ?", (BY_SETTINGS,)
            )
            connection.executemany(
                "INSERT INTO feed (feed_id, address, name, shared, configured) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (feed_id) DO UPDATE SET name = excluded.name, "
                "shared = excluded.shared, configured = excluded.configured",
                [(*feed, BY_SETTINGS) for feed in feeds],
            )

    def read(self, feed_id: str) -> FeedRecord | None:
        """The feed of that id, or none."""
        rows = self._database.rows("SELECT * FROM feed WHERE feed_id = ?", (feed_id,))
        return parse_feed_row(rows[0]) if rows else None

    def list_all(self) -> tuple[FeedRecord, ...]:
        """Every feed that somebody follows or the operator keeps, by address."""
        return self._list(_WANTED)

    def list_shared(self) -> tuple[FeedRecord, ...]:
        """The feeds that the operator shares with everybody."""
        return self._list("shared = 1")

    def list_followed(self, server_id: int) -> tuple[tuple[FeedRecord, bool], ...]:
        """The feeds that a server added, each with whether it is paused there."""
        rows = self._database.rows(
            "SELECT feed.*, follow.paused AS resting FROM feed JOIN follow USING (feed_id) "
            "WHERE server_id = ? ORDER BY follow.at, feed_id",
            (server_id,),
        )
        return tuple((parse_feed_row(row), bool(row["resting"])) for row in rows)

    def visible_to(self, server_id: int | None) -> frozenset[str]:
        """The ids of the feeds whose articles a server sees (none: a direct message).

        "" is among them: everybody sees what is of no feed.
        """
        rows = self._database.recall(
            "SELECT feed_id FROM feed WHERE shared = 1 UNION "
            "SELECT feed_id FROM follow WHERE server_id = ?",
            (server_id,),
        )
        return frozenset(("", *(row["feed_id"] for row in rows)))

    def freshness(self, server_id: int | None) -> Freshness:
        """How fetching stands for a server (none: a direct message)."""
        seen = "SELECT feed_id FROM follow WHERE server_id = ? AND paused = 0"
        where = f"FROM feed WHERE paused = 0 AND (shared = 1 OR feed_id IN ({seen}))"
        rows = self._database.recall(
            "SELECT count(*) AS feeds, max(succeeded_at) AS read_at, min(next_at) AS next_at, "
            f"count(*) FILTER (WHERE error != '') AS failing {where}",
            (server_id,),
        )
        if not rows:  # the file fails; answers go on without
            return Freshness(0, None)
        (row,) = rows
        order = "AND error != '' ORDER BY failing_since, feed_id"
        failing = (
            self._database.recall(f"SELECT * {where} {order}", (server_id,))
            if row["failing"]
            else ()
        )
        return Freshness(
            row["feeds"],
            when_known(row["read_at"]),
            when_known(row["next_at"]),
            tuple(map(parse_feed_row, failing)),
        )

    def followers(self, feed_id: str) -> tuple[int, ...]:
        """The servers that added a feed and did not pause it."""
        rows = self._database.rows(
            "SELECT server_id FROM follow WHERE feed_id = ? AND paused = 0 ORDER BY server_id",
            (feed_id,),
        )
        return tuple(row["server_id"] for row in rows)

    def readers(self, feed_id: str) -> frozenset[int] | None:
        """The servers that read a feed, none for all: it is shared, or no feed at all."""
        if not feed_id:
            return None
        feed = self.read(feed_id)
        return None if feed and feed.shared else frozenset(self.followers(feed_id))

    def follow(self, server_id: int, feed_id: str, address: str, *, most: int) -> bool:
        """Let a server follow a feed, unless it follows `most` already; whether it does now."""
        with self._database.writing(alone=f"follow {server_id}") as connection:
            (held,) = connection.execute(
                "SELECT count(*) AS n FROM follow WHERE server_id = ? AND feed_id != ?",
                (server_id, feed_id),
            ).fetchall()
            if held["n"] >= most:
                return False
            connection.execute(
                "INSERT INTO feed (feed_id, address, name, shared, configured) "
                "VALUES (?, ?, '', 0, 0) ON CONFLICT (feed_id) DO NOTHING",
                (feed_id, address),
            )
            connection.execute(
                "INSERT INTO follow VALUES (?, ?, 0, ?) "
                "ON CONFLICT (server_id, feed_id) DO UPDATE SET paused = 0",
                (server_id, feed_id, self._database.now()),
            )
        return True

    def unfollow(self, server_id: int, feed_id: str) -> bool:
        """Let a server follow a feed no more; whether it did."""
        return bool(
            self._database.write(
                "DELETE FROM follow WHERE server_id = ? AND feed_id = ?", (server_id, feed_id)
            )
        )

    def pause_for(self, server_id: int, feed_id: str, *, paused: bool) -> bool:
        """Let a feed rest for one server, or end its rest; whether the server follows it."""
        return bool(
            self._database.write(
                "UPDATE follow SET paused = ? WHERE server_id = ? AND feed_id = ?",
                (paused, server_id, feed_id),
            )
        )

    def pause(self, feed_id: str, *, paused: bool) -> None:
        """Let a feed rest for everybody, or end its rest."""
        self._database.write("UPDATE feed SET paused = ? WHERE feed_id = ?", (paused, feed_id))

    def remove(self, feed_id: str) -> None:
        """Drop a feed with all that is known of it; what it brought stays in its files."""
        with self._database.writing() as connection:
            for table in ("feed", "follow", "entry", "arrival", "page"):
                connection.execute(f"DELETE FROM {table} WHERE feed_id = ?", (feed_id,))  # noqa: S608  # our own table names
        self._database.shred()

    def due(self, limit: int) -> tuple[FeedRecord, ...]:
        """Feeds to be fetched by now, the longest overdue first; what nobody wants is not due."""
        rows = self._database.rows(
            f"SELECT * FROM feed WHERE next_at <= ? AND paused = 0 AND {_WANTED} "  # noqa: S608  # our own condition
            "ORDER BY next_at, feed_id LIMIT ?",
            (self._database.now(), limit),
        )
        return tuple(map(parse_feed_row, rows))

    def next_due(self) -> datetime | None:
        """When the next feed is to be fetched, none where there is none."""
        rows = self._database.rows(
            "SELECT min(next_at) AS next_at FROM feed "  # noqa: S608  # our own condition
            f"WHERE paused = 0 AND {_WANTED}"
        )
        return when_known(rows[0]["next_at"])

    def postpone(self, feed_id: str, next_at: float) -> None:
        """Have a feed fetched at that moment and not before."""
        self._database.write("UPDATE feed SET next_at = ? WHERE feed_id = ?", (next_at, feed_id))

    def read_entries(self, feed_id: str) -> tuple[StoredEntry, ...]:
        """The entries that are known of a feed, those last seen first."""
        rows = self._database.rows(
            "SELECT * FROM entry WHERE feed_id = ? ORDER BY seen_at DESC, entry_key LIMIT ?",
            (feed_id, KNOWN_ENTRIES),
        )
        return tuple(
            StoredEntry(
                key=row["entry_key"],
                guid=row["guid"],
                address=row["address"],
                fingerprint=row["fingerprint"],
                title=row["title"],
                published=row["published"],
            )
            for row in rows
        )

    def read_dates(self, feed_id: str, most: int) -> tuple[float, ...]:
        """When the newest entries of a feed were published, in seconds since 1970, newest first."""
        rows = self._database.rows(
            "SELECT published FROM entry WHERE feed_id = ? AND published IS NOT NULL "
            "ORDER BY published DESC LIMIT ?",
            (feed_id, most),
        )
        return tuple(row["published"] for row in rows)

    def count_entries(self, feed_id: str) -> int:
        """How many entries of a feed were read so far."""
        rows = self._database.rows("SELECT count(*) AS n FROM entry WHERE feed_id = ?", (feed_id,))
        return int(rows[0]["n"])

    def land(self, feed_id: str, landing: Landing) -> None:
        """Keep the outcome of a successful fetch, all of it or nothing."""
        now = self._database.now()
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE feed SET next_at = ?, tried_at = ?, succeeded_at = ?, failures = 0, "
                "error = '', failing_since = NULL, told_at = NULL WHERE feed_id = ?",
                (landing.next_at, now, now, feed_id),
            )
            if not landing.unchanged:
                _write_body(connection, feed_id, landing, now)

    def arrive(self, feed_id: str, keys: Iterable[str]) -> None:
        """Keep that entries are news; what waits already waits on. "" is what is of no feed."""
        now = self._database.now()
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT INTO arrival (feed_id, entry_key, at) VALUES (?, ?, ?) "
                "ON CONFLICT (feed_id, entry_key) DO NOTHING",
                [(feed_id, key, now) for key in keys],
            )

    def read_arrivals(self, limit: int) -> tuple[tuple[str, str, datetime], ...]:
        """Entries that are news nobody was told yet: feed, key and when they came, oldest first."""
        rows = self._database.rows(
            "SELECT * FROM arrival ORDER BY at, feed_id, entry_key LIMIT ?", (limit,)
        )
        return tuple((row["feed_id"], row["entry_key"], when(row["at"])) for row in rows)

    def fail(self, feed_id: str, error: str, next_at: float) -> None:
        """Keep that a fetch failed, why, and when the next is."""
        now = self._database.now()
        self._database.write(
            "UPDATE feed SET next_at = ?, tried_at = ?, failed_at = ?, failures = failures + 1, "
            "error = ?, failing_since = coalesce(failing_since, ?) WHERE feed_id = ?",
            (next_at, now, now, error, now, feed_id),
        )

    def failing_untold(self, since: float) -> tuple[FeedRecord, ...]:
        """Feeds that have failed since that moment or longer, and nobody was told."""
        rows = self._database.rows(
            "SELECT * FROM feed WHERE failing_since <= ? AND told_at IS NULL AND paused = 0",
            (since,),
        )
        return tuple(map(parse_feed_row, rows))

    def _list(self, condition: str) -> tuple[FeedRecord, ...]:
        rows = self._database.rows(
            f"SELECT * FROM feed WHERE {condition} ORDER BY address"  # noqa: S608  # our own conditions
        )
        return tuple(map(parse_feed_row, rows))


def _list_validators(landing: Landing) -> tuple[str, ...]:
    return landing.title, landing.etag, landing.modified, landing.digest


def _write_body(connection: Transaction, feed_id: str, landing: Landing, now: float) -> None:
    newest = landing.newest_at or 0.0
    connection.execute(
        _WRITE_BODY,
        (*_list_validators(landing), landing.every, newest, newest, feed_id),
    )
    connection.executemany(
        "UPDATE entry SET seen_at = ? WHERE feed_id = ? AND entry_key = ?",
        [(now, feed_id, key) for key in landing.seen],
    )
    connection.executemany(
        _WRITE_ENTRY,
        [
            (feed_id, e.key, e.guid, e.address, e.fingerprint, e.title, e.published, now, now)
            for e in landing.entries
        ],
    )
    connection.executemany(
        "INSERT INTO arrival VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(feed_id, key, now) for key in landing.arrived],
    )
