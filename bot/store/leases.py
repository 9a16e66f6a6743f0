"""Who of several processes does what only one may do: a claim by name that ends unless renewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.store.database import Database

_CLAIM = """
    INSERT INTO lease VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE
    SET holder = excluded.holder, until = excluded.until
    WHERE lease.holder = excluded.holder OR lease.until <= ?
"""


class Leases:
    """One holder a name, by the clocks of those who claim; these must agree within a second."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, name: str, holder: str, seconds: float) -> bool:
        """Hold a name for so long from now; false where another holds it. Raises StoreError."""
        now = self._database.now()
        return bool(self._database.write(_CLAIM, (name, holder, now + seconds, now)))

    def release(self, name: str, holder: str) -> None:
        """Let go of a name, if it is held; raises StoreError."""
        sql = "DELETE FROM lease WHERE name = ? AND holder = ?"
        self._database.write(sql, (name, holder))
