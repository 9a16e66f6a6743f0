"""What every part of the store works on: statements, transactions, and their failing."""

from __future__ import annotations

import hashlib
import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    Clock = Callable[[], datetime]

# Seconds that a statement may take before a server is given up: an interaction has to be
# acknowledged within three. By hand.
PATIENCE = 2.0
BATCH = 1000  # rows read at a time
SWEPT_EVERY = 60.0  # seconds between two deletions of what is too old, of one table
Statement: TypeAlias = "tuple[str, tuple[object, ...]]"

log = logging.getLogger(__name__)


class StoreError(Exception):
    """The store cannot be used; the message says which, why, and what to do."""


class StoreDamaged(StoreError):  # noqa: N818  # what befell the file, like IndexDamaged
    """The file is no store, or not whole any more; or a statement is one it does not take."""


class StoreUnwritable(StoreError):  # noqa: N818  # as above
    """The store cannot be reached or written at the moment: permissions, a full disk, a server."""


class StoreUnprepared(StoreError):  # noqa: N818  # as above
    """The database has no tables of this version yet, which the bot makes."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether what is told is kept: `failure` says since `since` why it is not, "" while it is."""

    failure: str = ""
    since: datetime | None = None


class StoredRow(Protocol):
    """One row of what a query found, by the names of its columns."""

    def __getitem__(self, name: str, /) -> Any:  # noqa: ANN401  # whatever a column holds
        """Give a column."""

    def keys(self) -> Iterable[str]:
        """Give the names."""


class Outcome(Protocol):
    """What a statement did."""

    @property
    def rowcount(self) -> int:
        """How many rows it touched."""

    def fetchall(self) -> list[Any]:
        """Give the rows it found."""


class Transaction(Protocol):
    """Statements that all land, or none."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Outcome:
        """Run a statement."""

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Run a statement once for each row of values."""


def utc_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def when(seconds: float) -> datetime:
    """The moment that a stored number of seconds stands for."""
    return datetime.fromtimestamp(seconds, UTC)


class Database(ABC):
    """Where rows are kept; every method is synchronous and safe to call from any thread.

    Statements are written in what SQLite and PostgreSQL share: `?` for a value, flags as 0 and 1,
    `ON CONFLICT (column)`, `FILTER`, `RETURNING`; no `INSERT OR`, no `IS ?`, no `rowid`, and a
    column that `DO UPDATE` reads is named with its table. `path` is the file, none where there is
    no file. `shared` says that several processes, of several machines, use one such database.
    """

    path: Path | None = None
    shared = False
    name = ""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.health = Health()
        self._salt = b""
        self._swept: dict[str, float] = {}

    def now(self) -> float:
        """Now, as seconds since 1970 in UTC."""
        return self.clock().timestamp()

    def hash_person(self, person_id: int) -> str:
        """A keyed BLAKE2b of the id (RFC 7693); "" while the store was never reached.

        Without this store's salt nobody can tell who it is; with it, an id at hand can be checked.
        """
        if not self._salt:
            return ""
        keyed = hashlib.blake2b(str(person_id).encode(), key=self._salt, digest_size=16)
        return keyed.hexdigest()

    @abstractmethod
    def rows(self, sql: str, values: tuple[object, ...] = ()) -> Sequence[StoredRow]:
        """The rows a query finds."""

    @abstractmethod
    def rows_apart(self, sql: str, values: tuple[object, ...] = ()) -> Sequence[StoredRow]:
        """The rows a slow query finds, on a connection of its own, so that nobody waits for it."""

    @abstractmethod
    def writing(
        self, alone: str = "", *, seconds: float = PATIENCE
    ) -> AbstractContextManager[Transaction]:
        """One transaction: all of its statements land, or none.

        No two transactions with the same name in `alone` run at one time, in whatever process.
        A server that takes longer than `seconds` is given up.
        """

    @abstractmethod
    def scan(self, table: str) -> Iterator[Sequence[StoredRow]]:
        """All rows of a table, so many at a time."""

    @abstractmethod
    def run(self, *statements: Statement) -> tuple[int, ...]:
        """Run statements in one transaction; how many rows each touched."""

    @abstractmethod
    def shred(self) -> None:
        """See to it that what was deleted stands in no file any more, as far as this can."""

    @abstractmethod
    def settle(self) -> None:
        """Take note of what stands in the tables, after they were filled from another store."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what is open; the store is of no use after."""

    def write(self, sql: str, values: tuple[object, ...] = ()) -> int:
        """Run one statement in its own transaction; how many rows it touched."""
        return self.run((sql, values))[0]

    def keep(self, *statements: Statement) -> bool:
        """Write what an answer can do without; false where that fails, which `health` says."""
        try:
            self.run(*statements)
        except StoreError as error:
            self.note_failure(error)
            return False
        return True

    def recall(self, sql: str, values: tuple[object, ...] = ()) -> Sequence[StoredRow]:
        """Read what an answer can do without; nothing where that fails, which `health` says."""
        try:
            return self.rows(sql, values)
        except StoreError as error:
            self.note_failure(error)
            return []

    def sweep(self, table: str, oldest: float) -> tuple[Statement, ...]:
        """The statement that deletes what is as old as that, or none where one ran of late."""
        now = self.now()
        if abs(now - self._swept.get(table, 0.0)) < SWEPT_EVERY:
            return ()
        self._swept[table] = now
        return ((f"DELETE FROM {table} WHERE at <= ?", (oldest,)),)  # noqa: S608  # our own table names

    def note_failure(self, error: StoreError) -> None:
        """Keep that the store fails, and say so once."""
        if not self.health.failure:
            self.health = Health(str(error), self.clock())
            log.error("%s; answers go on and nothing is remembered", error)

    def note_success(self) -> None:
        """Keep that the store can be written, and say so where it could not."""
        if self.health.failure:
            self.health = Health()
            log.warning("%s: the store keeps what it is told again", self.name)
