"""Questions that a server follows: asked again and again, told when the answer is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.store.database import when

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.database import Database, StoredRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedQuestion:
    """A question and where its answers are posted.

    `told` is a digest of the answer that the channel knows, "" where it knows none.
    """

    question_id: int
    server_id: int
    channel_id: int
    question: str
    told: str
    next_at: datetime


class FollowedQuestions:
    """Questions by server."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(  # noqa: PLR0913  # what a question is made of
        self,
        server_id: int,
        channel_id: int,
        question: str,
        *,
        told: str,
        next_at: datetime,
        most: int,
    ) -> FollowedQuestion | None:
        """Keep a question, none where the server has `most`; one kept already is it."""
        with self._database.writing(alone=f"question {server_id}") as connection:
            rows = connection.execute(
                "SELECT * FROM followed_question WHERE server_id = ?", (server_id,)
            ).fetchall()
            listed = map(_parse_question, rows)
            known = (k for k in listed if (k.channel_id, k.question) == (channel_id, question))
            if found := next(known, None):
                return found
            if len(rows) >= most:
                return None
            connection.execute(
                "INSERT INTO followed_question "
                "(server_id, channel_id, question, told, next_at, at) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    server_id,
                    channel_id,
                    question,
                    told,
                    next_at.timestamp(),
                    self._database.now(),
                ),
            )
        return self.list_for(server_id)[-1]

    def read(self, server_id: int, question_id: int) -> FollowedQuestion | None:
        """A server's question of that number, or none."""
        rows = self._database.rows(
            "SELECT * FROM followed_question WHERE server_id = ? AND question_id = ?",
            (server_id, question_id),
        )
        return _parse_question(rows[0]) if rows else None

    def list_for(self, server_id: int) -> tuple[FollowedQuestion, ...]:
        """A server's questions, the oldest first."""
        rows = self._database.rows(
            "SELECT * FROM followed_question WHERE server_id = ? ORDER BY question_id",
            (server_id,),
        )
        return tuple(map(_parse_question, rows))

    def due(self, limit: int) -> tuple[FollowedQuestion, ...]:
        """Questions that are to be asked by now, the longest overdue first."""
        rows = self._database.rows(
            "SELECT * FROM followed_question WHERE next_at <= ? "
            "ORDER BY next_at, question_id LIMIT ?",
            (self._database.now(), limit),
        )
        return tuple(map(_parse_question, rows))

    def remove(self, server_id: int, question_id: int) -> bool:
        """Follow a question no more; whether the server did."""
        return bool(
            self._database.write(
                "DELETE FROM followed_question WHERE server_id = ? AND question_id = ?",
                (server_id, question_id),
            )
        )


def _parse_question(row: StoredRow) -> FollowedQuestion:
    return FollowedQuestion(
        question_id=row["question_id"],
        server_id=row["server_id"],
        channel_id=row["channel_id"],
        question=row["question"],
        told=row["told"],
        next_at=when(row["next_at"]),
    )
