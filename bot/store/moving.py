"""All that one store holds, copied into another that is empty, and counted there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.store.database import StoreError
from bot.store.schema import STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.store.database import Database, Transaction

PASSING = ("lease", "allowance")  # what means nothing a minute later
TABLES = tuple(
    table for table in re.findall(r"CREATE TABLE (\w+)", "".join(STEPS)) if table not in PASSING
)
SECONDS = 24 * 3600.0


def move(source: Database, target: Database) -> Mapping[str, int]:
    """Copy every table in one transaction; how many rows of each the target holds then.

    Raises StoreError, and leaves the target as it was, where that is not empty or the counts
    differ: then something wrote to the source meanwhile. Nothing is deleted in the source.
    """
    with target.writing(seconds=SECONDS) as transaction:
        held = sum(_count(transaction, table) for table in TABLES if table != "secret")
        if held:
            raise StoreError(f"{target.name}: holds {held} rows already; empty it or name another")
        transaction.execute("DELETE FROM secret")
        moved = {table: _copy(source, transaction, table) for table in TABLES}
        for table, rows in moved.items():
            now = source.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"]  # noqa: S608  # our own table names
            if not rows == _count(transaction, table) == now:
                raise StoreError(
                    f"{source.name}: changed while it was read ({table}); stop the bot, move again"
                )
    target.settle()
    return moved


def _copy(source: Database, target: Transaction, table: str) -> int:
    copied = 0
    for rows in source.scan(table):
        names = list(rows[0].keys())
        marks = ", ".join("?" * len(names))
        target.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608  # our own names
            [tuple(row[name] for name in names) for row in rows],
        )
        copied += len(rows)
    return copied


def _count(transaction: Transaction, table: str) -> int:
    rows = transaction.execute(f"SELECT count(*) AS n FROM {table}").fetchall()  # noqa: S608  # our own table names
    return int(rows[0]["n"])
