"""Conversations: what each person last asked in each channel, for follow-ups to build on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.store.database import when

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.database import Database

TURN_LIFE = timedelta(minutes=30)
_KEEP = """
    INSERT INTO turn VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person, channel_id) DO UPDATE SET
        server_id = excluded.server_id, question = excluded.question, subject = excluded.subject,
        answered = excluded.answered, at = excluded.at
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person last asked in a channel or thread, and the subject a follow-up takes over."""

    question: str
    subject: str
    answered: bool
    at: datetime


class Turns:
    """One turn per person and channel (a thread is a channel), forgotten after `TURN_LIFE`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self, person_id: int, channel_id: int) -> Turn | None:
        """The person's last turn in this channel, unless it was too long ago."""
        rows = self._database.recall(
            "SELECT * FROM turn WHERE person = ? AND channel_id = ? AND at > ?",
            (self._database.hash_person(person_id), channel_id, self._oldest()),
        )
        return next(
            (Turn(r["question"], r["subject"], bool(r["answered"]), when(r["at"])) for r in rows),
            None,
        )

    def remember(  # noqa: PLR0913  # a turn has this many parts, all by name
        self,
        *,
        person_id: int,
        channel_id: int,
        server_id: int | None,
        question: str,
        subject: str,
        answered: bool,
    ) -> None:
        """Keep this turn in place of the one before; everybody's old ones are dropped in time."""
        person, now = self._database.hash_person(person_id), self._database.now()
        self._database.keep(
            *self._database.sweep("turn", self._oldest()),
            (_KEEP, (person, channel_id, server_id, question, subject, answered, now)),
        )

    def _oldest(self) -> float:
        return self._database.now() - TURN_LIFE.total_seconds()
