"""The store, its parts, and the two rights of every person: to see and to be forgotten."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from bot.store.allowances import Allowances
from bot.store.backups import (
    erase_in_copies,
    find_good_copy,
    move_aside,
    write_copy,
    write_daily_copy,
)
from bot.store.database import (
    Database,
    Health,
    StoreDamaged,
    StoreError,
    StoreUnwritable,
    utc_now,
    when,
)
from bot.store.feedback import Feedback
from bot.store.feeds import Feeds
from bot.store.figures import Figures, read_figures
from bot.store.followed_questions import FollowedQuestions
from bot.store.leases import Leases
from bot.store.moving import move
from bot.store.outbox import Outbox
from bot.store.pages import Pages
from bot.store.schema import PERSONAL_TABLES
from bot.store.servers import Servers
from bot.store.sqlite import SQLite, check_file
from bot.store.tickets import Tickets
from bot.store.turns import Turns
from bot.store.usage import Usage
from bot.store.watches import Digests, Watches

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from bot.store.database import Clock

log = logging.getLogger(__name__)

KeptKind = Literal["turn", "ticket", "feedback"]

_KEPT = """
    SELECT 'turn' AS kind, question AS text, '' AS sign, server_id, at FROM turn WHERE person = ?
    UNION ALL
    SELECT 'ticket', state, kind, server_id, at FROM ticket WHERE person = ?
    UNION ALL
    SELECT 'feedback', question, kind, server_id, at FROM feedback WHERE person = ?
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
        self.usage = Usage(database)
        self.feeds = Feeds(database)
        self.watches = Watches(database)
        self.digests = Digests(database)
        self.outbox = Outbox(database)
        self.questions = FollowedQuestions(database)
        self.pages = Pages(database)
        self.leases = Leases(database)
        self.allowances = Allowances(database)

    @classmethod
    def open(cls, path: Path | None, *, clock: Clock = utc_now) -> Self:
        """Open or create the file (none: in memory) and bring it up to this version.

        Raises StoreError where the file is damaged, newer than this program, or cannot be written.
        """
        return cls(SQLite(path, clock))

    @classmethod
    def connect(
        cls, url: str, *, clock: Clock = utc_now, anyhow: bool = False, reading: bool = False
    ) -> Self:
        """Enter a PostgreSQL database and bring it up to this version, unless only for `reading`.

        Raises StoreError where the URL is none, psycopg is not installed, the database is of a
        newer program or, unless `anyhow`, the server is away; it is taken up when it is back.
        """
        try:
            from bot.store.postgresql import PostgreSQL  # noqa: PLC0415  # an extra
        except ImportError:
            raise StoreError(
                "CLIPPINGS_DATABASE_URL is set and psycopg is not installed; "
                'pip install "clippings[postgres]", or leave it out to use a file'
            ) from None
        return cls(PostgreSQL(url, clock, anyhow=anyhow, reading=reading))

    @classmethod
    def open_anyhow(cls, path: Path, *, clock: Clock = utc_now) -> Self:
        """Open the file for a bot that answers whatever befell it.

        In the place of a damaged file comes the newest good copy. Where the file cannot be written,
        what it holds is taken into memory, and `health` says that nothing new is kept. Raises
        StoreError where it is damaged and there is no copy, or was written by a newer program.
        """
        try:
            return cls.open(path, clock=clock)
        except StoreDamaged as damaged:
            return cls._open_copy(path, clock, damaged)
        except StoreUnwritable as unwritable:
            log.warning("%s; answers go on and nothing is remembered", unwritable)
            return cls._open_in_memory(path, clock, unwritable)

    @classmethod
    def read(cls, path: Path, *, clock: Clock = utc_now) -> Self:
        """Read what a file holds into memory, without a change to it; raises StoreError."""
        check_file(path)
        database = SQLite(None, clock)
        database.load(path)
        return cls(database)

    @classmethod
    def _open_copy(cls, path: Path, clock: Clock, damaged: StoreDamaged) -> Self:
        copy = find_good_copy(path)
        if copy is None:
            raise damaged
        aside = move_aside(path, clock())
        store = cls.open(path, clock=clock)
        store.restore(copy)
        log.warning("%s: was damaged; went back to %s and kept it as %s", path, copy, aside.name)
        return store

    @classmethod
    def _open_in_memory(cls, path: Path, clock: Clock, unwritable: StoreUnwritable) -> Self:
        store = cls.open(None, clock=clock)
        with suppress(StoreError):
            store = cls.read(path, clock=clock)
        store._database.health = Health(str(unwritable), clock())  # noqa: SLF001  # its own
        return store

    @property
    def health(self) -> Health:
        """Whether what the store is told is kept at the moment."""
        return self._database.health

    @property
    def shared(self) -> bool:
        """Whether several processes use the store, perhaps on several machines."""
        return self._database.shared

    @property
    def name(self) -> str:
        """What the store is called in messages: its file, or where its server is."""
        return self._database.name

    @property
    def path(self) -> Path | None:
        """The file, none where everything is kept in memory."""
        return self._database.path

    def now(self) -> datetime:
        """Now by the store's clock, in UTC."""
        return self._database.clock()

    def visible_to(self, server_id: int | None, *channel_ids: int) -> frozenset[str]:
        """The ids of the feeds that are seen in a channel, "" for what is of no feed.

        `channel_ids` are the channel and the parents it lies in; a server and none is all of it.
        """
        seen = self.feeds.visible_to(server_id)
        chosen = self.servers.read(server_id).feeds_of(*channel_ids)
        return seen if chosen is None else seen & chosen

    def back_up(self, target: Path) -> Path:
        """Copy the whole store to a file, while it is used; raises StoreError."""
        return write_copy(self._as_file(), target)

    def back_up_daily(self) -> Path | None:
        """Copy the store into the folder of copies, once a day; the copy, or none."""
        if self.shared:
            return None  # the copies of a server are its operator's
        return write_daily_copy(self._as_file(), self.now())

    def restore(self, copy: Path) -> None:
        """Put what a copy holds in the place of all that is kept; raises StoreError."""
        check_file(copy)
        self._as_file().load(copy)

    def _as_file(self) -> SQLite:
        if isinstance(self._database, SQLite):
            return self._database
        raise StoreError(
            f"{self.name}: is copied and put back by pg_dump and pg_restore; see docs/operating.md"
        )

    def fill_from(self, source: Store) -> Mapping[str, int]:
        """Take over all that another store holds into this one, which must be empty.

        How many rows of each table; raises StoreError, and then this one is as it was.
        """
        return move(source._database, self._database)

    def figures(self) -> Figures:
        """The numbers that an operator watches; raises StoreError."""
        return read_figures(self._database)

    def hash_person(self, person_id: int) -> str:
        """What stands in the store in the place of a person's id."""
        return self._database.hash_person(person_id)

    def answers_to(self, person_id: int) -> tuple[tuple[int, int], ...]:
        """The channel and id of each message that answers a person, newest first."""
        rows = self._database.rows(
            "SELECT channel_id, message_id FROM ticket WHERE person = ?"
            " AND channel_id IS NOT NULL AND message_id IS NOT NULL ORDER BY at DESC",
            (self._database.hash_person(person_id),),
        )
        return tuple((row["channel_id"], row["message_id"]) for row in rows)

    def see(self, person_id: int) -> tuple[Kept, ...]:
        """Every row kept about a person, newest first."""
        rows = self._database.rows(_KEPT, (self._database.hash_person(person_id),) * 3)
        return tuple(
            Kept(r["kind"], r["text"], r["sign"], r["server_id"], when(r["at"])) for r in rows
        )

    def forget(self, person_id: int) -> int:
        """Delete every row kept about a person, also in journal and copies; how many rows."""
        person = self._database.hash_person(person_id)
        deletions = [
            (f"DELETE FROM {table} WHERE person = ?", (person,))  # noqa: S608  # our own table names
            for table in PERSONAL_TABLES
        ]
        with self._database.writing() as connection:
            rows = sum(connection.execute(sql, values).rowcount for sql, values in deletions)
        self._database.shred()
        erase_in_copies(self.path, deletions)
        return rows

    def close(self) -> None:
        """Close the file; the store is of no use after."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
