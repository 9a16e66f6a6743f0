"""Copies of the store: one a day, the newest few kept, and in none of them what was forgotten."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from bot.store.database import StoreError
from bot.store.sqlite import SIDE_FILES, check_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from bot.store.sqlite import SQLite

KEPT = 7  # copies, by hand: a week to notice what was lost

log = logging.getLogger(__name__)


def folder_of(path: Path) -> Path:
    """Where the copies of a store are kept: beside it."""
    return path.with_name(f"{path.stem}-backups")


def list_copies(path: Path) -> list[Path]:
    """The copies of a store, the newest first."""
    return sorted(folder_of(path).glob(f"{path.stem}-*{path.suffix}"), reverse=True)


def next_copy(path: Path, now: datetime) -> Path:
    """The file of a copy made now."""
    return folder_of(path) / f"{path.stem}-{now:%Y-%m-%dT%H%M%S}{path.suffix}"


def write_copy(database: SQLite, target: Path) -> Path:
    """Copy a store to a file, which is there whole or not at all; raises StoreError."""
    partial = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.touch(mode=0o600)
        database.copy_to(partial)
        check_file(partial)
        partial.replace(target)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written ({error.strerror})") from error
    finally:
        remove_file(partial)
    return target


def write_daily_copy(database: SQLite, now: datetime) -> Path | None:
    """Copy a store once a day and drop the oldest copies; none where today's stands already."""
    if database.path is None:
        return None
    path = database.path
    if any(f"{now:%Y-%m-%d}" in copy.name for copy in list_copies(path)):
        return None
    target = next_copy(path, now)
    write_copy(database, target)
    for old in list_copies(path)[KEPT:]:
        remove_file(old)
    return target


def find_good_copy(path: Path) -> Path | None:
    """The newest copy of a store that is whole, none where there is none."""
    for copy in list_copies(path):
        try:
            check_file(copy)
        except StoreError as error:
            log.warning("%s", error)
        else:
            return copy
    return None


def move_aside(path: Path, now: datetime) -> Path:
    """Give a file that is no store any more another name, with what SQLite kept beside it."""
    aside = path.with_name(f"{path.name}.broken-{now:%Y%m%dT%H%M%S}")
    path.replace(aside)
    for suffix in SIDE_FILES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return aside


def erase_in_copies(path: Path | None, deletions: Iterable[tuple[str, tuple[object, ...]]]) -> None:
    """Delete rows in every copy too; a copy that cannot be changed is deleted as a whole."""
    deletions = tuple(deletions)
    for copy in list_copies(path) if path else ():
        try:
            with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")
                connection.execute("PRAGMA secure_delete=ON")
                for sql, values in deletions:
                    connection.execute(sql, values)
        except sqlite3.Error as error:
            log.warning("%s: deleted, for what was to be forgotten cannot be (%s)", copy, error)
            remove_file(copy)


def remove_file(path: Path) -> None:
    """Delete a store's file and what SQLite keeps beside it."""
    for suffix in ("", *SIDE_FILES, "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
