"""Tickets: the state behind a message's buttons, named by a token short enough for a custom id."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.store.database import when

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.store.database import Database, StoredRow

    StateValue = str | int | float | bool | None

TICKET_LIFE = timedelta(days=90)
TOKEN_BYTES = 9  # 12 characters, 72 random bits: a token cannot be guessed


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a message's buttons work on; `person` is the hash of who asked (see `is_asker`).

    `question_id` is the message that it replies to, none for a command.
    """

    token: str
    kind: str
    state: Mapping[str, StateValue]
    person: str
    server_id: int | None
    channel_id: int | None
    message_id: int | None
    question_id: int | None
    at: datetime


class Tickets:
    """Tickets by token or by message, kept for `life` since the last change; 0 keeps none."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.life = TICKET_LIFE

    def issue(
        self,
        kind: str,
        state: Mapping[str, StateValue],
        *,
        person_id: int,
        server_id: int | None = None,
        channel_id: int | None = None,
    ) -> str:
        """Keep the state of a message about to be sent; its token (12 of A-Z a-z 0-9 - _)."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        if not self.life:
            return token
        person, now = self._database.hash_person(person_id), self._database.now()
        self._database.keep(
            *self._database.sweep("ticket", self._oldest()),
            (
                "INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?, NULL, ?, NULL)",
                (token, kind, json.dumps(dict(state)), person, channel_id, server_id, now),
            ),
        )
        return token

    def read(self, token: str) -> Ticket | None:
        """The ticket of that token; none when it expired or was deleted."""
        return self._find("token = ?", token)

    def of_message(self, message_id: int) -> Ticket | None:
        """The ticket of a message the bot sent (see `attach`): what a reply to it continues."""
        return self._find("message_id = ?", message_id)

    def of_question(self, question_id: int) -> Ticket | None:
        """The ticket of the reply to a person's message, none where it got no such reply."""
        return self._find("question_id = ?", question_id)

    def direct_channels(self, limit: int) -> tuple[int, ...]:
        """The channels outside servers in which something was asked last, at most so many."""
        rows = self._database.recall(
            "SELECT channel_id, max(at) AS latest FROM ticket WHERE server_id IS NULL"
            " AND channel_id IS NOT NULL AND at > ? GROUP BY channel_id ORDER BY latest DESC"
            " LIMIT ?",
            (self._oldest(), limit),
        )
        return tuple(row["channel_id"] for row in rows)

    def attach(self, token: str, message_id: int, question_id: int | None = None) -> None:
        """Say which message the ticket's buttons stand under, and to which message it replies."""
        self._database.keep(
            (
                "UPDATE ticket SET message_id = ?, question_id = ? WHERE token = ?",
                (message_id, question_id, token),
            )
        )

    def update(self, token: str, state: Mapping[str, StateValue]) -> None:
        """Replace the state (another page, another order) and begin its life anew."""
        values = (json.dumps(dict(state)), self._database.now(), token)
        self._database.keep(("UPDATE ticket SET state = ?, at = ? WHERE token = ?", values))

    def delete(self, token: str) -> None:
        """Drop a ticket whose message was deleted."""
        self._database.write("DELETE FROM ticket WHERE token = ?", (token,))

    def delete_of_message(self, message_id: int) -> None:
        """Drop the tickets of a message that was deleted: an edited reply has had several."""
        self._database.write("DELETE FROM ticket WHERE message_id = ?", (message_id,))

    def is_asker(self, ticket: Ticket, person_id: int) -> bool:
        """Whether this person asked for the message."""
        return secrets.compare_digest(ticket.person, self._database.hash_person(person_id))

    def _find(self, condition: str, value: object) -> Ticket | None:
        rows = self._database.recall(
            f"SELECT * FROM ticket WHERE {condition} AND at > ? ORDER BY at DESC",  # noqa: S608  # our own two conditions
            (value, self._oldest()),
        )
        return _read_ticket(rows[0]) if rows else None

    def _oldest(self) -> float:
        return self._database.now() - self.life.total_seconds()


def _read_ticket(row: StoredRow) -> Ticket:
    return Ticket(
        token=row["token"],
        kind=row["kind"],
        state=json.loads(row["state"]),
        person=row["person"],
        server_id=row["server_id"],
        channel_id=row["channel_id"],
        message_id=row["message_id"],
        question_id=row["question_id"],
        at=when(row["at"]),
    )
