"""Saved queries of servers, told when an article arrives that they match; and their digests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.store.database import when

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.database import Database, StoredRow


_KEEP_DIGEST = """
    INSERT INTO digest VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (server_id, channel_id) DO UPDATE
    SET weekday = excluded.weekday, minute = excluded.minute, zone = excluded.zone,
        since = excluded.since, next_at = excluded.next_at, feeds = excluded.feeds
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One saved query: where its alerts are posted, and of which outlet ("" for any).

    `role_id` is the role that its messages mention, none for none.
    """

    watch_id: int
    server_id: int
    channel_id: int
    query: str
    outlet: str
    paused: bool
    role_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A summary that is due again and again: daily, or on a weekday (Monday is 0).

    `minute` counts from midnight in the time zone `zone`; `since` is when the last one ended.
    `feeds` are the ids of those that it tells of, none for all that the server sees.
    """

    server_id: int
    channel_id: int
    weekday: int | None
    minute: int
    zone: str
    since: datetime
    next_at: datetime
    feeds: frozenset[str] = frozenset()


class Watches:
    """Saved queries by server."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(  # noqa: PLR0913  # what a query is made of
        self,
        server_id: int,
        channel_id: int,
        query: str,
        *,
        outlet: str = "",
        role_id: int | None = None,
        most: int,
    ) -> Watch | None:
        """Keep a query, none where the server has `most` of them.

        One kept already is it, and mentions the role that is given now.
        """
        with self._database.writing(alone=f"watch {server_id}") as connection:
            rows = connection.execute(
                "SELECT * FROM watch WHERE server_id = ? AND channel_id = ? AND query = ? "
                "AND outlet = ?",
                (server_id, channel_id, query, outlet),
            ).fetchall()
            if rows:
                connection.execute(
                    "UPDATE watch SET role_id = ? WHERE watch_id = ?",
                    (role_id, rows[0]["watch_id"]),
                )
                return replace(_parse_watch(rows[0]), role_id=role_id)
            held = "SELECT count(*) AS n FROM watch WHERE server_id = ?"
            if connection.execute(held, (server_id,)).fetchall()[0]["n"] >= most:
                return None
            (added,) = connection.execute(
                "INSERT INTO watch (server_id, channel_id, query, outlet, role_id, at) "
                "VALUES (?, ?, ?, ?, ?, ?) RETURNING *",
                (server_id, channel_id, query, outlet, role_id, self._database.now()),
            ).fetchall()
        return _parse_watch(added)

    def read(self, server_id: int, watch_id: int) -> Watch | None:
        """A server's query of that number, or none."""
        rows = self._database.rows(
            "SELECT * FROM watch WHERE server_id = ? AND watch_id = ?", (server_id, watch_id)
        )
        return _parse_watch(rows[0]) if rows else None

    def list_for(self, server_id: int) -> tuple[Watch, ...]:
        """A server's queries, the oldest first."""
        rows = self._database.rows(
            "SELECT * FROM watch WHERE server_id = ? ORDER BY watch_id", (server_id,)
        )
        return tuple(map(_parse_watch, rows))

    def list_active(self) -> tuple[Watch, ...]:
        """Every query that does not rest."""
        rows = self._database.rows("SELECT * FROM watch WHERE paused = 0 ORDER BY watch_id")
        return tuple(map(_parse_watch, rows))

    def version(self) -> tuple[object, ...]:
        """What changes whenever a query comes, goes, rests or mentions another role."""
        (row,) = self._database.rows(
            "SELECT count(*) AS n, sum(watch_id) AS ids, sum(watch_id * paused) AS resting, "
            "sum(watch_id * (role_id % 1000003)) AS mentioning FROM watch"
        )
        return row["n"], row["ids"], row["resting"], row["mentioning"]

    def pause(self, server_id: int, watch_id: int, *, paused: bool) -> bool:
        """Let a query rest, or end its rest; whether the server has it."""
        return bool(
            self._database.write(
                "UPDATE watch SET paused = ? WHERE server_id = ? AND watch_id = ?",
                (paused, server_id, watch_id),
            )
        )

    def remove(self, server_id: int, watch_id: int) -> bool:
        """Drop a query, and what of it waits to be sent; whether the server had it."""
        with self._database.writing() as connection:
            gone = connection.execute(
                "DELETE FROM watch WHERE server_id = ? AND watch_id = ?", (server_id, watch_id)
            ).rowcount
            connection.execute(
                "DELETE FROM outbox WHERE watch_id = ? AND message_id IS NULL AND server_id = ?",
                (watch_id, server_id),
            )
        return bool(gone)


class Digests:
    """One digest a channel."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, digest: Digest) -> None:
        """Keep a digest in place of the channel's last."""
        self._database.write(
            _KEEP_DIGEST,
            (
                digest.server_id,
                digest.channel_id,
                digest.weekday,
                digest.minute,
                digest.zone,
                digest.since.timestamp(),
                digest.next_at.timestamp(),
                " ".join(sorted(digest.feeds)),
            ),
        )

    def remove(self, server_id: int, channel_id: int) -> bool:
        """Post no digest in a channel any more; whether there was one."""
        return bool(
            self._database.write(
                "DELETE FROM digest WHERE server_id = ? AND channel_id = ?", (server_id, channel_id)
            )
        )

    def list_for(self, server_id: int) -> tuple[Digest, ...]:
        """A server's digests."""
        rows = self._database.rows(
            "SELECT * FROM digest WHERE server_id = ? ORDER BY channel_id", (server_id,)
        )
        return tuple(map(_parse_digest, rows))

    def due(self) -> tuple[Digest, ...]:
        """Digests whose time has come."""
        rows = self._database.rows(
            "SELECT * FROM digest WHERE next_at <= ? ORDER BY next_at", (self._database.now(),)
        )
        return tuple(map(_parse_digest, rows))


def _parse_watch(row: StoredRow) -> Watch:
    return Watch(
        watch_id=row["watch_id"],
        server_id=row["server_id"],
        channel_id=row["channel_id"],
        query=row["query"],
        outlet=row["outlet"],
        paused=bool(row["paused"]),
        role_id=row["role_id"],
    )


def _parse_digest(row: StoredRow) -> Digest:
    return Digest(
        server_id=row["server_id"],
        channel_id=row["channel_id"],
        weekday=row["weekday"],
        minute=row["minute"],
        zone=row["zone"],
        since=when(row["since"]),
        next_at=when(row["next_at"]),
        feeds=frozenset(row["feeds"].split()),
    )
