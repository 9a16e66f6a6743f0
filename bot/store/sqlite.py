"""The store as one SQLite file: opened, checked, brought up to date, put back where it vanishes."""

from __future__ import annotations

import logging
import secrets
import sqlite3
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from bot.store.database import BATCH, PATIENCE, Database, StoreDamaged, StoreError, StoreUnwritable
from bot.store.schema import SALT_BYTES, STEPS, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.store.database import Clock, Statement

BUSY_SECONDS = 5.0
SIDE_FILES = ("-wal", "-shm")  # what SQLite keeps beside a file in use

PASSING = (sqlite3.OperationalError, OSError)  # what another moment or a mended disk may not meet

log = logging.getLogger(__name__)


class SQLite(Database):
    """One connection that all threads take turns at; `path` none keeps everything in memory."""

    def __init__(self, path: Path | None, clock: Clock) -> None:
        super().__init__(clock)
        self.path = path
        self.name = str(path or "the store in memory")
        self._lock = threading.RLock()
        with self._named_errors():
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)  # the salt in it is a secret
            self._number = _number(path)
            self._connection = _connect(path)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        _check(self._connection)
        with self.writing() as connection:
            _migrate(connection, self.name)
            connection.execute(
                "INSERT OR IGNORE INTO secret VALUES ('salt', ?)",
                (secrets.token_bytes(SALT_BYTES),),
            )
        self.settle()

    def settle(self) -> None:
        """Take over the salt that stands in the file."""
        self._salt = self.rows("SELECT value FROM secret WHERE name = 'salt'")[0]["value"]

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

    def scan(self, table: str) -> Iterator[list[sqlite3.Row]]:
        """All rows of a table, so many at a time."""
        with self._lock, self._named_errors():
            cursor = self._connection.execute(f"SELECT * FROM {table}")  # noqa: S608  # our own table names
            while rows := cursor.fetchmany(BATCH):
                yield rows

    def run(self, *statements: Statement) -> tuple[int, ...]:
        """Run statements in one transaction; how many rows each touched."""
        with self.writing() as connection:
            return tuple(connection.execute(sql, values).rowcount for sql, values in statements)

    @contextmanager
    def writing(
        self, alone: str = "", *, seconds: float = PATIENCE
    ) -> Iterator[sqlite3.Connection]:
        """One transaction: all of its statements land, or none; SQLite has one at a time."""
        del alone, seconds
        with self._lock, self._named_errors():
            self._put_back()
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        if self.path is not None:  # what is kept in memory alone stays a failure
            self.note_success()

    def _put_back(self) -> None:
        """Write the file anew from what is open where somebody deleted it; open one put there."""
        if self.path is None or (number := _number(self.path)) == self._number:
            return
        if number is None:
            self._write_anew(self.path)
        fresh = _connect(self.path)
        try:
            _check(fresh)
        except BaseException:
            fresh.close()
            raise
        before, self._connection, self._number = self._connection, fresh, _number(self.path)
        before.close()
        self._prepare()

    def _write_anew(self, path: Path) -> None:
        partial = path.with_name(f"{path.name}.part")
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        self.copy_to(partial)
        for name in (partial.name, path.name):
            for suffix in SIDE_FILES:
                path.with_name(name + suffix).unlink(missing_ok=True)
        partial.replace(path)
        log.warning("%s: was deleted, and is written anew from what was open", path)

    def copy_to(self, path: Path) -> None:
        """Copy all that is kept to another file, by SQLite's own backup."""
        with self._lock, self._named_errors(), closing(_connect(path)) as target:
            self._connection.backup(target)

    def load(self, path: Path) -> None:
        """Take over all that another file keeps, in the place of what this one does."""
        with (
            self._lock,
            self._named_errors(),
            closing(_connect(path, reading_mode(path))) as source,
        ):
            source.backup(self._connection)
            self._prepare()

    def shred(self) -> None:
        """Empty the journal, so that what was deleted stands in no file any more."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file."""
        with self._lock, self._named_errors():
            self._connection.close()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            kind = StoreUnwritable if isinstance(error, PASSING) else StoreDamaged
            raise kind(
                f"{self.name}: the bot's store cannot be used ({error}); "
                "mend its permissions or disk, or move the file away to start with an empty one"
            ) from error


def _check(connection: sqlite3.Connection) -> None:
    finding = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if finding != "ok":
        raise sqlite3.DatabaseError(finding)


def check_file(path: Path) -> None:
    """Raise StoreError where a file is no whole store of this version or an older one.

    Nothing is written.
    """
    try:
        with closing(_connect(path, reading_mode(path))) as connection:
            _check(connection)
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreDamaged(f"{path}: cannot be read ({error})") from error
    if not version:
        raise StoreDamaged(f"{path}: is no store of Clippings")
    _refuse_newer(version, str(path))


def reading_mode(path: Path) -> str:
    """How to open a file so that nothing is written, not even beside it."""
    in_use = any(path.with_name(path.name + suffix).exists() for suffix in SIDE_FILES)
    return "ro" if in_use else "ro&immutable=1"


def _connect(path: Path | None, mode: str = "rwc") -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}" if path else ":memory:",
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=path is not None,
    )
    connection.row_factory = sqlite3.Row
    return connection


def _number(path: Path | None) -> int | None:
    """What tells a file from another of the same name, none where there is none."""
    try:
        return path.stat().st_ino if path else None
    except OSError:
        return None


def _migrate(connection: sqlite3.Connection, name: str) -> None:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    _refuse_newer(version, name)
    for step in STEPS[version:]:
        for statement in step.split(";"):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _refuse_newer(version: int, name: str) -> None:
    if version > VERSION:
        raise StoreError(
            f"{name}: written by a newer Clippings (store version {version}, this one reads up to "
            f"{VERSION}); update Clippings, or name another file under [store] path"
        )
