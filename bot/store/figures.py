"""The numbers of the store that an operator watches, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.store.database import Database

_READ = """
    SELECT
        (SELECT count(*) FROM feed WHERE paused = 0) AS feeds,
        (SELECT count(*) FROM feed WHERE paused = 0 AND error != '') AS failing,
        (SELECT max(succeeded_at) FROM feed) AS read_at,
        (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')) AS waiting,
        (SELECT min(at) FROM outbox WHERE state IN ('waiting', 'sending')) AS oldest,
        (SELECT count(*) FROM arrival) AS arrivals,
        (SELECT count(*) FROM watch) AS watches,
        (SELECT count(*) FROM server) AS servers
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts, and ages in seconds that are none where there is nothing to be of an age."""

    feeds: int
    failing: int
    since_read: float | None
    waiting: int
    oldest: float | None
    arrivals: int
    watches: int
    servers: int


def read_figures(database: Database) -> Figures:
    """Count what an operator watches; raises StoreError."""
    (row,) = database.rows_apart(_READ)
    now = database.now()
    return Figures(
        feeds=row["feeds"],
        failing=row["failing"],
        since_read=now - row["read_at"] if row["read_at"] else None,
        waiting=row["waiting"],
        oldest=now - row["oldest"] if row["oldest"] else None,
        arrivals=row["arrivals"],
        watches=row["watches"],
        servers=row["servers"],
    )
