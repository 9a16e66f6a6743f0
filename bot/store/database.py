"""The SQLite file itself: opened, checked, brought up to date, and used by one thread at a time."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.store.schema import STEPS, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Clock = Callable[[], datetime]

BUSY_SECONDS = 5.0
SALT_BYTES = 32


class StoreError(Exception):
    """The store's file cannot be used; the message says which file, why, and what to do."""


def utc_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


class Database:
    """One connection that all threads take turns at; `path` none keeps everything in memory."""

    def __init__(self, path: Path | None, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        self._lock = threading.RLock()
        with self._named_errors():
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)  # the salt in it is a secret
            self._connection = _connect(path)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        finding = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if finding != "ok":
            raise sqlite3.DatabaseError(finding)
        with self.writing() as connection:
            _migrate(connection, str(self.path))
            connection.execute(
                "INSERT OR IGNORE INTO secret VALUES ('salt', ?)",
                (secrets.token_bytes(SALT_BYTES),),
            )
        self._salt: bytes = self.rows("SELECT value FROM secret WHERE name = 'salt'")[0]["value"]

    def now(self) -> float:
        """Now, as seconds since 1970 in UTC."""
        return self.clock().timestamp()

    def hash_person(self, person_id: int) -> str:
        """A keyed BLAKE2b of the id (RFC 7693).

        Without this file's salt nobody can tell who it is; with it, an id at hand can be checked.
        """
        keyed = hashlib.blake2b(str(person_id).encode(), key=self._salt, digest_size=16)
        return keyed.hexdigest()

    def rows(self, sql: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """The rows a query finds."""
        with self._lock, self._named_errors():
            return self._connection.execute(sql, values).fetchall()

    def rows_apart(self, sql: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """The rows a slow query finds, on a connection of its own, so that nobody waits for it."""
        if self.path is None:
            return self.rows(sql, values)
        with self._named_errors(), closing(_connect(self.path)) as connection:
            return connection.execute(sql, values).fetchall()

    def write(self, sql: str, values: tuple[object, ...] = ()) -> int:
        """Run one statement in its own transaction; how many rows it touched."""
        with self.writing() as connection:
            return connection.execute(sql, values).rowcount

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of its statements land, or none."""
        with self._lock, self._named_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def shred(self) -> None:
        """Empty the journal, so that what was deleted stands in no file any more."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        with self._lock, self._named_errors():
            self._connection.close()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"{self.path or 'the store in memory'}: the bot's store cannot be used ({error}); "
                "mend its permissions or disk, or move the file away to start with an empty one"
            ) from error


def _connect(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path or ":memory:", timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    return connection


def _migrate(connection: sqlite3.Connection, name: str) -> None:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise StoreError(
            f"{name}: written by a newer Clippings (store version {version}, this one reads up to "
            f"{VERSION}); update Clippings, or name another file under [store] path"
        )
    for step in STEPS[version:]:
        for statement in step.split(";"):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def when(seconds: float) -> datetime:
    """The moment that a stored number of seconds stands for."""
    return datetime.fromtimestamp(seconds, UTC)
