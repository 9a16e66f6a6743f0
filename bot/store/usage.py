"""How many questions a server asked a day and how they ended; nothing of who asked what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.store.database import Database, Statement

QuestionEnd = Literal["answered", "unsure", "none"]
USAGE_LIFE = timedelta(days=90)
_COUNT = """
    INSERT INTO usage VALUES (?, ?, ?, 1)
    ON CONFLICT (server_id, day, outcome) DO UPDATE SET n = usage.n + 1
"""


class Usage:
    """Questions by day and end, kept for `USAGE_LIFE`; those in direct messages are not counted."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dropped: date | None = None

    def count(self, server_id: int | None, day: date, end: QuestionEnd) -> None:
        """Count one question of a server."""
        if server_id is None:
            return
        self._database.keep(
            *self._drop_old(day),
            (_COUNT, (server_id, day.isoformat(), end)),
        )

    def _drop_old(self, day: date) -> tuple[Statement, ...]:
        if day == self._dropped:
            return ()
        self._dropped = day
        return (("DELETE FROM usage WHERE day <= ?", ((day - USAGE_LIFE).isoformat(),)),)

    def by_day(self, server_id: int | None, since: date) -> Mapping[date, Mapping[str, int]]:
        """The numbers of each day that had a question, the newest first."""
        rows = self._database.rows(
            "SELECT day, outcome, n FROM usage WHERE server_id = ? AND day >= ? ORDER BY day DESC",
            (server_id, since.isoformat()),
        )
        days: dict[date, dict[str, int]] = {}
        for row in rows:
            days.setdefault(date.fromisoformat(row["day"]), {})[row["outcome"]] = row["n"]
        return days
