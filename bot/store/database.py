"""The SQLite file itself: opened, checked, brought up to date, and used by one thread at a time."""

from __future__ import annotations

import hashlib
import logging
import secrets
import sqlite3
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.store.schema import STEPS, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Clock = Callable[[], datetime]

BUSY_SECONDS = 5.0
SALT_BYTES = 32
SIDE_FILES = ("-wal", "-shm")  # what SQLite keeps beside a file in use

PASSING = (sqlite3.OperationalError, OSError)  # what another moment or a mended disk may not meet

log = logging.getLogger(__name__)


class StoreError(Exception):
    """The store's file cannot be used; the message says which file, why, and what to do."""


class StoreDamaged(StoreError):  # noqa: N818  # what befell the file, like IndexDamaged
    """The file is no store, or not whole any more."""


class StoreUnwritable(StoreError):  # noqa: N818  # as above
    """The file cannot be reached or written at the moment: permissions, a full disk."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether what is told is kept: `failure` says since `since` why it is not, "" while it is."""

    failure: str = ""
    since: datetime | None = None


def utc_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


class Database:
    """One connection that all threads take turns at; `path` none keeps everything in memory."""

    def __init__(self, path: Path | None, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        self.health = Health()
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
            self._put_back()
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        self._note_success()

    def keep(self, *statements: tuple[str, tuple[object, ...]]) -> bool:
        """Write what an answer can do without; false where the file fails, which `health` says."""
        try:
            with self.writing() as connection:
                for sql, values in statements:
                    connection.execute(sql, values)
        except StoreError as error:
            self._note_failure(error)
            return False
        return True

    def recall(self, sql: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """Read what an answer can do without; nothing where the file fails, which `health` says."""
        try:
            return self.rows(sql, values)
        except StoreError as error:
            self._note_failure(error)
            return []

    def _note_failure(self, error: StoreError) -> None:
        if not self.health.failure:
            self.health = Health(str(error), self.clock())
            log.error("%s; answers go on and nothing is remembered", error)

    def _note_success(self) -> None:
        if self.health.failure and self.path is not None:
            self.health = Health()
            log.warning("%s: the store keeps what it is told again", self.path)

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
        with self._lock, self._named_errors():
            self._connection.close()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            kind = StoreUnwritable if isinstance(error, PASSING) else StoreDamaged
            raise kind(
                f"{self.path or 'the store in memory'}: the bot's store cannot be used ({error}); "
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


def when(seconds: float) -> datetime:
    """The moment that a stored number of seconds stands for."""
    return datetime.fromtimestamp(seconds, UTC)
