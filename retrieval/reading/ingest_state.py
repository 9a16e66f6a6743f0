"""What was read before: which files, as they then were, and what each of them held."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from retrieval.errors import StorageError
from retrieval.stored_articles import parse_record, render_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from retrieval.model import Article
    from retrieval.reading.dates import Order

# Raised with every change to what parsing makes of a file: a ledger of another number is dropped.
VERSION = 8

_SCHEMA = f"""
CREATE TABLE files (
  label TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, digest BLOB, reason TEXT, warnings TEXT,
  date_order TEXT, read_as TEXT, ahead TEXT
) WITHOUT ROWID;
CREATE TABLE records (
  article_id TEXT, label TEXT, position INTEGER, article BLOB,
  PRIMARY KEY (article_id, label, position)
) WITHOUT ROWID;
CREATE INDEX records_of_file ON records (label);
CREATE TABLE articles (article_id TEXT PRIMARY KEY, digest BLOB, twin TEXT) WITHOUT ROWID;
CREATE TABLE about (options TEXT);
PRAGMA user_version = {VERSION};
"""
_WAIT_SECONDS = 30.0


class LedgerDamaged(StorageError):  # noqa: N818  # reads as what it is, like those of its tree
    """The ledger was found damaged while it was read; reading starts it again."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file as it was read: the `digest` of its bytes, and why it was rejected, if it was.

    `date_order`, `read_as` and `ahead` (ISO time, "" for none) are those of `ParsedFile`.
    """

    label: str
    size: int
    mtime_ns: int
    digest: bytes
    reason: str = ""
    warnings: tuple[str, ...] = ()
    date_order: Order = ""
    read_as: Order = ""
    ahead: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One article as one file tells it; at position 0 the file is about it, else relates it."""

    article: Article
    label: str
    position: int


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """All that one reading writes: file entries, the records of `reread` files, article digests.

    An empty digest is that of an article which was not handed out, for another has its text;
    `twins` are the keys by which such are found. `options` is how the files were read.
    """

    entries: tuple[FileEntry, ...]
    gone_files: frozenset[str]
    reread: frozenset[str]
    records: tuple[Record, ...]
    digests: Mapping[str, bytes]
    gone_articles: frozenset[str]
    twins: Mapping[str, str]
    options: str


class Ledger:
    """An SQLite file of what was read before; a context manager, for one thread.

    A ledger that is damaged or of another version is dropped on opening, after which everything is
    read again: it holds nothing that the coverage does not.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Ledger:
        """Open or begin the ledger. Raises StorageError where its folder cannot be written."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return cls(path, _connect(path))
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                path.unlink()
                return cls(path, _connect(path))
        except (OSError, sqlite3.Error) as error:
            message = f"{path}: ledger cannot be opened ({error}); choose a writable cache folder"
            raise StorageError(message) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def start_again(self) -> None:
        """Drop everything, as for a ledger found damaged while it was read."""
        self._connection.close()
        self._path.unlink(missing_ok=True)
        self._connection = _connect(self._path)

    def read_entries(self) -> dict[str, FileEntry]:
        """Every file known, by label."""
        select = "SELECT * FROM files"
        with self._explained():
            return {row[0]: _load_entry(row) for row in self._connection.execute(select)}

    def read_digests(self) -> dict[str, bytes]:
        """The digest of every merged article as it was last handed out, by id."""
        with self._explained():
            return dict(self._connection.execute("SELECT article_id, digest FROM articles"))

    def read_twins(self) -> dict[str, str]:
        """The key of each article's text, by id, of those that may have a twin."""
        with self._explained():
            select = "SELECT article_id, twin FROM articles WHERE twin != ''"
            return dict(self._connection.execute(select))

    def read_options(self) -> str:
        """How the files were read the last time."""
        with self._explained():
            row = self._connection.execute("SELECT options FROM about").fetchone()
            return str(row[0]) if row else ""

    def read_ids(self, labels: Iterable[str]) -> set[str]:
        """The ids of all articles that stand in these files."""
        select = "SELECT article_id FROM records WHERE label = ?"
        with self._explained():
            found = (self._connection.execute(select, (label,)) for label in labels)
            return {row[0] for rows in found for row in rows}

    def read_records(self, article_id: str) -> list[Record]:
        """Every record of one article."""
        select = "SELECT article, label, position FROM records WHERE article_id = ?"
        with self._explained():
            rows = self._connection.execute(select, (article_id,))
            return [Record(parse_record(raw), label, n) for raw, label, n in rows]

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """SQLite's errors as the project's own: damage, or a lock or a disk to be seen to."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # its tables are not what they were
                raise LedgerDamaged(f"{self._path}: ledger is damaged ({error})") from error
            message = f"{self._path}: ledger cannot be used ({error}); try again, or free some disk"
            raise StorageError(message) from error
        except (sqlite3.DatabaseError, ValueError, TypeError, KeyError) as error:
            raise LedgerDamaged(f"{self._path}: ledger is damaged ({error})") from error

    def write(self, change: LedgerChange) -> None:
        """Write one reading whole or not at all."""
        dropped = [(label,) for label in change.reread | change.gone_files]
        with self._explained(), self._connection as connection:
            connection.executemany("DELETE FROM records WHERE label = ?", dropped)
            connection.executemany(
                "DELETE FROM files WHERE label = ?", [(label,) for label in change.gone_files]
            )
            connection.executemany(
                "DELETE FROM articles WHERE article_id = ?", [(i,) for i in change.gone_articles]
            )
            connection.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                map(_dump_entry, change.entries),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)",
                [
                    (r.article.id, r.label, r.position, render_record(r.article))
                    for r in change.records
                ],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO articles VALUES (?, ?, ?)",
                [(i, digest, change.twins.get(i, "")) for i, digest in change.digests.items()],
            )
            connection.execute("DELETE FROM about")
            connection.execute("INSERT INTO about VALUES (?)", (change.options,))


def _load_entry(row: tuple[Any, ...]) -> FileEntry:
    label, size, mtime_ns, digest, reason, warnings, *dates = row
    noted = tuple(json.loads(warnings)) if warnings else ()
    return FileEntry(label, size, mtime_ns, digest, reason, noted, *dates)


def _dump_entry(entry: FileEntry) -> tuple[str | int | bytes, ...]:
    noted = json.dumps(entry.warnings, ensure_ascii=False) if entry.warnings else ""
    dates = (entry.date_order, entry.read_as, entry.ahead)
    return entry.label, entry.size, entry.mtime_ns, entry.digest, entry.reason, noted, *dates


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            connection = _begin(path, connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _begin(path: Path, connection: sqlite3.Connection) -> sqlite3.Connection:
    """An empty ledger in place of what is there."""
    with closing(connection.execute("SELECT count(*) FROM sqlite_master")) as rows:
        used = rows.fetchone()[0] > 0
    if used:
        connection.close()
        path.unlink()
        connection = sqlite3.connect(path, timeout=_WAIT_SECONDS)
    connection.executescript(_SCHEMA)
    return connection
