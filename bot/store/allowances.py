"""How often each person may still ask, counted once for all processes that share a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.database import StoreError

if TYPE_CHECKING:
    from bot.store.database import Database

MINUTE = 60.0
# The generic cell rate algorithm (ITU-T I.371): all that is kept of a bucket is when it is full
# again, so that one statement fills, looks and spends.
_SPEND = """
    INSERT INTO allowance VALUES (?, ?) ON CONFLICT (bucket) DO UPDATE
    SET at = CASE WHEN allowance.at < ? THEN ? ELSE allowance.at + ? END
    WHERE allowance.at <= ?
"""


class Allowances:
    """A bucket a person that a minute fills; none is known of any longer than that."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def spend(self, person_id: int, per_minute: float, cost: float = 1.0) -> float:
        """Spend so much of a minute's worth; 0, or the seconds to wait where too little is left.

        Where the store fails, nobody is held up.
        """
        now, step = self._database.now(), cost * MINUTE / per_minute
        bucket = self._database.hash_person(person_id)
        full = now + step
        values = (bucket, full, now, full, step, now + MINUTE - step)
        try:
            *_, spent = self._database.run(
                *self._database.sweep("allowance", now), (_SPEND, values)
            )
            return 0.0 if spent else self._measure_wait(bucket, now + MINUTE - step)
        except StoreError as error:
            self._database.note_failure(error)
            return 0.0

    def _measure_wait(self, bucket: str, until: float) -> float:
        rows = self._database.rows("SELECT at FROM allowance WHERE bucket = ?", (bucket,))
        return max(0.0, rows[0]["at"] - until) if rows else 0.0
