"""The outbox: messages that wait to be posted, each kept until it certainly was."""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from bot.store.database import when

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.store.database import Database, StoredRow, Transaction
    from bot.store.followed_questions import FollowedQuestion
    from bot.store.watches import Digest

LIFE = timedelta(days=14)  # of what was sent or dropped
# Seconds for which whoever began an attempt is left alone with it: longer than Discord takes to
# answer, and soon enough for what a dead process left behind.
HELD = 30.0
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


class _Taken(Exception):  # noqa: N818  # no error: it undoes a transaction that came second
    """Another process was faster."""


class Outbox:
    """Messages in the order they came."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def commit(self, orders: Iterable[Order], arrivals: Iterable[tuple[str, str]]) -> bool:
        """Keep messages, and drop the arrivals they came of: both or neither.

        False, and nothing changes, where another process dropped one of these arrivals before.
        """
        now = self._database.now()
        with suppress(_Taken), self._database.writing(alone="arrivals") as connection:
            for arrival in arrivals:
                gone = connection.execute(
                    "DELETE FROM arrival WHERE feed_id = ? AND entry_key = ?", arrival
                )
                if not gone.rowcount:
                    raise _Taken
            connection.execute(
                "DELETE FROM outbox WHERE state IN ('sent', 'dropped') AND at <= ?",
                (now - LIFE.total_seconds(),),
            )
            for order in orders:
                _keep(connection, order, now)
            return True
        return False

    def commit_digest(self, order: Order, digest: Digest) -> bool:
        """Keep a digest's message, and when its next is due: both or neither.

        False, and nothing changes, where another process did so before.
        """
        now = self._database.now()
        since, next_at = digest.since.timestamp(), digest.next_at.timestamp()
        with self._database.writing() as connection:
            moved = connection.execute(
                "UPDATE digest SET since = ?, next_at = ? "
                "WHERE server_id = ? AND channel_id = ? AND next_at < ?",
                (since, next_at, digest.server_id, digest.channel_id, next_at),
            )
            if moved.rowcount:
                _keep(connection, order, now)
        return bool(moved.rowcount)

    def commit_answer(self, order: Order | None, question: FollowedQuestion) -> bool:
        """Keep what tells a new answer (none: it is the one known), and when it is asked next.

        False, and nothing changes, where another process did so before.
        """
        now, next_at = self._database.now(), question.next_at.timestamp()
        with self._database.writing() as connection:
            moved = connection.execute(
                "UPDATE followed_question SET told = ?, next_at = ? "
                "WHERE question_id = ? AND next_at < ?",
                (question.told, next_at, question.question_id, next_at),
            )
            if order is not None and moved.rowcount:
                _keep(connection, order, now)
        return bool(moved.rowcount)

    def commit_failing(self, orders: Iterable[Order], feed_id: str) -> bool:
        """Keep what tells of a failing feed, and that it was told: both or neither.

        False, and nothing changes, where another process did so before.
        """
        now = self._database.now()
        with self._database.writing() as connection:
            told = connection.execute(
                "UPDATE feed SET told_at = ? WHERE feed_id = ? AND told_at IS NULL", (now, feed_id)
            )
            for order in orders if told.rowcount else ():
                _keep(connection, order, now)
        return bool(told.rowcount)

    def due(self, limit: int, shards: tuple[int, int, int] = (0, 0, 1)) -> tuple[Parcel, ...]:
        """What is to be sent by now, the oldest first.

        `shards` are the first and the last whose servers are meant, and how many there are in all.
        """
        first, last, count = shards
        rows = self._database.rows(
            "SELECT * FROM outbox WHERE state IN ('waiting', 'sending') AND next_at <= ? "
            "AND (server_id >> 22) % ? BETWEEN ? AND ? ORDER BY at, token LIMIT ?",
            (self._database.now(), count, first, last, limit),
        )
        return tuple(map(_parse_parcel, rows))

    def count_waiting(self) -> int:
        """How many messages are to be sent, now or later."""
        rows = self._database.rows(
            "SELECT count(*) AS n FROM outbox WHERE state IN ('waiting', 'sending')"
        )
        return int(rows[0]["n"])

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

    def begin(self, parcel: Parcel) -> bool:
        """Keep that an attempt begins, before anything leaves; it is due again `HELD` from now.

        False where another process began one since this was read: it is not to be sent here.
        """
        now = self._database.now()
        return bool(
            self._database.write(
                "UPDATE outbox SET state = 'sending', tried_at = ?, next_at = ?, "
                "attempts = attempts + 1 WHERE token = ? AND attempts = ? "
                "AND state IN ('waiting', 'sending')",
                (now, now + HELD, parcel.token, parcel.attempts),
            )
        )

    def finish(self, parcel: Parcel, message_id: int) -> None:
        """Keep that a message stands; what was added to it meanwhile waits to be edited in."""
        self._database.write(
            "UPDATE outbox SET message_id = ?, next_at = ?, "
            "state = CASE WHEN content = ? THEN 'sent' ELSE 'waiting' END WHERE token = ?",
            (message_id, self._database.now(), _dump(parcel.content), parcel.token),
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


def _keep(connection: Transaction, order: Order, now: float) -> None:
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


def _parse_parcel(row: StoredRow) -> Parcel:
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
