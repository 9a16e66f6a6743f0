"""Which of a bot's connections to Discord a process holds."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shards:
    """The connections to Discord that one process holds: `first` to `last` of `count` in all.

    Discord tells each of the servers whose `(id >> 22) % count` it is; 0 of direct messages.
    """

    first: int = 0
    last: int = 0
    count: int = 1

    @classmethod
    def parse(cls, value: object) -> Shards:
        """Read "16" (all of sixteen) or "0-3/16" (the first four of them); raises ValueError."""
        if isinstance(value, Shards):
            return value
        found = re.fullmatch(r"(?:(\d+)-(\d+)/)?(\d+)", str(value).strip())
        if not found:
            raise ValueError(f"{value} names no shards; write 16, or 0-3/16 for the first four")
        count = int(found[3])
        first, last = (int(found[1]), int(found[2])) if found[1] else (0, count - 1)
        if not first <= last < count:
            raise ValueError(f"{value}: shards go from 0 to {count - 1}, the lower one first")
        return cls(first, last, count)

    def __str__(self) -> str:
        return f"{self.first}-{self.last}/{self.count}"
