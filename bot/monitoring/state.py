"""How a process stands at one moment, as what looks at it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.store.figures import Figures


class Shard(Protocol):
    """One connection to Discord: whether it stands, how long a beat takes in seconds, servers."""

    @property
    def connected(self) -> bool:
        """Whether it stands."""

    @property
    def latency(self) -> float | None:
        """Seconds, none before the first beat."""

    @property
    def servers(self) -> int:
        """How many it serves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessState:
    """All that is not counted but looked at.

    `updated` is when the index in use was read, none where it was opened as it stood; `figures` are
    none while the store fails. `writes` says that this process fetches and indexes for all.
    """

    shards: Mapping[int, Shard]
    queue: int
    articles: int
    newest: date | None
    updated: datetime | None
    store_failure: str
    figures: Figures | None
    writes: bool
    leaving: bool = False

    @property
    def problems(self) -> tuple[str, ...]:
        """Why the process is not to be relied on for answers, nothing where it is."""
        found = [
            f"shard {n} is not connected" for n, one in self.shards.items() if not one.connected
        ]
        if not self.shards:
            found.append("not connected to Discord yet")
        if self.leaving:
            found.append("leaving")
        return tuple(found)
