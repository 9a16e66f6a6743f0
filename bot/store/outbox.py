"""The outbox: messages that wait to be posted, each kept until it certainly was."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from bot.store.database import when

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.store.database import Database
    from bot.store.followed_questions import FollowedQuestion
    from bot.store.watches import Digest

LIFE = timedelta(days=14)  # of what was sent or dropped
TOKEN_BYTES = 12  # 16 characters: fits a nonce (25) and a custom id

Kind = Literal["alert", "digest", "failing", "answer"]
State = Literal["waiting", "sending", "sent", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A message to be posted, or to be edited where `message_id` says that it stands.

    `state` "sending" says that an attempt was begun whose outcome is not known. `watch_id` is 0 for
    others. `content` are the ids of articles, the days and feeds of a digest, the id of a feed, or
    the number of a question that is followed.
    """

    token: str
    server_id: int
    channel_id: int
    kind: Kind
    watch_id: int
    content: Mapping[str, Any]
    state: State
    attempts: int
    tried_at: datetime | None
    message_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A message to be kept: a new one, or with `token` more content for one that is."""

    server_id: int
    channel_id: int
    kind: Kind
    content: Mapping[str, Any]
    watch_id: int = 0
    token: str = ""


class Outbox:
    """Messages in the order they came."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def commit(self, orders: Iterable[Order], arrivals: Iterable[tuple[str, str]]) -> None:
        """Keep messages, and drop the arrivals they came of: both or neither."""
        now = self._database.now()
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM outbox WHERE state IN ('sent', 'dropped') AND at <= ?",
                (now - LIFE.total_seconds(),),
            )
            for order in orders:
                _keep(connection, order, now)
            connection.executemany(
                "DELETE FROM arrival WHERE feed_id = ? AND entry_key = ?", list(arrivals)
            )

    def commit_digest(self, order: Order, digest: Digest) -> None:
        """Keep a digest's message, and when its next is due: both or neither."""
        now = self._database.now()
        with self._database.writing() as connection:
            _keep(connection, order, now)
            connection.execute(
                "UPDATE digest SET since = ?, next_at = ? WHERE server_id = ? AND channel_id = ?",
                (
                    digest.since.timestamp(),
                    digest.next_at.timestamp(),
                    digest.server_id,
                    digest.channel_id,
                ),
            )

    def commit_failing(self, orders: Iterable[Order], feed_id: str) -> None:
        """Keep what tells of a failing feed, and that it was told: both or neither."""
        now = self._database.now()
        with self._database.writing() as connection:
            for order in orders:
                _keep(connection, order, now)
            connection.execute("UPDATE feed SET told_at = ? WHERE feed_id = ?", (now, feed_id))

    def commit_answer(self, order: Order | None, question: FollowedQuestion) -> None:
        """Keep what tells a new answer (none: it is the one known), and when it is asked next."""
        now = self._database.now()
        with self._database.writing() as connection:
            if order is not None:
                _keep(connection, order, now)
            connection.execute(
                "UPDATE followed_question SET told = ?, next_at = ? WHERE question_id = ?",
                (question.told, question.next_at.timestamp(), question.question_id),
            )

    def due(self, limit: int) -> tuple[Parcel, ...]:
        """What is to be sent by now, the oldest first."""
        rows = self._database.rows(
            "SELECT * FROM outbox WHERE state IN ('waiting', 'sending') AND next_at <= ? "
            "ORDER BY at, token LIMIT ?",
            (self._database.now(), limit),
        )
        return tuple(map(_parse_parcel, rows))

    def recent(self, watch_id: int, within: timedelta) -> tuple[Parcel, ...]:
        """The messages of a saved query of late, those that wait too."""
        rows = self._database.rows(
            "SELECT * FROM outbox WHERE watch_id = ? AND at > ? AND state != 'dropped'",
            (watch_id, self._database.now() - within.total_seconds()),
        )
        return tuple(map(_parse_parcel, rows))

    def read(self, token: str) -> Parcel | None:
        """The message of that token, or none."""
        rows = self._database.rows("SELECT * FROM outbox WHERE token = ?", (token,))
        return _parse_parcel(rows[0]) if rows else None

    def count_sent(self, server_id: int, within: timedelta) -> int:
        """How many messages a server was sent of late."""
        rows = self._database.rows(
            "SELECT count(*) AS n FROM outbox WHERE server_id = ? AND state = 'sent' "
            "AND tried_at > ?",
            (server_id, self._database.now() - within.total_seconds()),
        )
        return int(rows[0]["n"])

    def begin(self, token: str) -> None:
        """Keep that an attempt begins, before anything leaves."""
        self._database.write(
            "UPDATE outbox SET state = 'sending', tried_at = ?, attempts = attempts + 1 "
            "WHERE token = ?",
            (self._database.now(), token),
        )

    def finish(self, parcel: Parcel, message_id: int) -> None:
        """Keep that a message stands; what was added to it meanwhile waits to be edited in."""
        self._database.write(
            "UPDATE outbox SET message_id = ?, "
            "state = CASE WHEN content = ? THEN 'sent' ELSE 'waiting' END WHERE token = ?",
            (message_id, _dump(parcel.content), parcel.token),
        )

    def postpone(self, token: str, seconds: float) -> None:
        """Leave a message for so long."""
        self._database.write(
            "UPDATE outbox SET next_at = ? WHERE token = ?",
            (self._database.now() + seconds, token),
        )

    def drop(self, token: str) -> None:
        """Give a message up."""
        self._database.write("UPDATE outbox SET state = 'dropped' WHERE token = ?", (token,))


def _keep(connection: sqlite3.Connection, order: Order, now: float) -> None:
    if order.token:
        connection.execute(
            "UPDATE outbox SET content = ?, state = CASE state WHEN 'sent' THEN 'waiting' "
            "ELSE state END, next_at = ? WHERE token = ?",
            (_dump(order.content), now, order.token),
        )
        return
    connection.execute(
        "INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?, NULL, NULL, ?)",
        (
            secrets.token_urlsafe(TOKEN_BYTES),
            order.server_id,
            order.channel_id,
            order.kind,
            order.watch_id,
            _dump(order.content),
            now,
            now,
        ),
    )


def _dump(content: Mapping[str, Any]) -> str:
    return json.dumps(dict(content), sort_keys=True)


def _parse_parcel(row: sqlite3.Row) -> Parcel:
    return Parcel(
        token=row["token"],
        server_id=row["server_id"],
        channel_id=row["channel_id"],
        kind=row["kind"],
        watch_id=row["watch_id"],
        content=json.loads(row["content"]),
        state=row["state"],
        attempts=row["attempts"],
        tried_at=when(row["tried_at"]) if row["tried_at"] else None,
        message_id=row["message_id"],
        at=when(row["at"]),
    )
