"""The store, its parts, and the two rights of every person: to see and to be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from bot.store.database import Database, utc_now, when
from bot.store.feedback import Feedback
from bot.store.feeds import Feeds
from bot.store.schema import PERSONAL_TABLES
from bot.store.servers import Servers
from bot.store.tickets import Tickets
from bot.store.turns import Turns

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.store.database import Clock

KeptKind = Literal["turn", "ticket", "feedback"]

_KEPT = """
    SELECT 'turn' AS kind, question AS text, '' AS sign, server_id, at FROM turn WHERE person = ?1
    UNION ALL
    SELECT 'ticket', state, kind, server_id, at FROM ticket WHERE person = ?1
    UNION ALL
    SELECT 'feedback', question, kind, server_id, at FROM feedback WHERE person = ?1
    ORDER BY at DESC
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """One row kept about a person: `sign` is the kind of a ticket or of feedback, else ""."""

    kind: KeptKind
    text: str
    sign: str
    server_id: int | None
    at: datetime


class Store:
    """What the bot remembers; see the package's page for its use."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.servers = Servers(database)
        self.turns = Turns(database)
        self.tickets = Tickets(database)
        self.feedback = Feedback(database, self.servers)
        self.feeds = Feeds(database)

    @classmethod
    def open(cls, path: Path | None, *, clock: Clock = utc_now) -> Self:
        """Open or create the file (none: in memory) and bring it up to this version.

        Raises StoreError where the file is damaged, newer than this program, or cannot be written.
        """
        return cls(Database(path, clock))

    def see(self, person_id: int) -> tuple[Kept, ...]:
        """Every row kept about a person, newest first."""
        rows = self._database.rows(_KEPT, (self._database.hash_person(person_id),))
        return tuple(
            Kept(r["kind"], r["text"], r["sign"], r["server_id"], when(r["at"])) for r in rows
        )

    def forget(self, person_id: int) -> int:
        """Delete every row kept about a person, in the journal too; how many rows."""
        person = self._database.hash_person(person_id)
        with self._database.writing() as connection:
            rows = sum(
                connection.execute(f"DELETE FROM {table} WHERE person = ?", (person,)).rowcount  # noqa: S608  # our own table names
                for table in PERSONAL_TABLES
            )
        self._database.shred()
        return rows

    def close(self) -> None:
        """Close the file; the store is of no use after."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
