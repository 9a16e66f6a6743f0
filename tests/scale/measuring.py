"""What a process takes of the machine, as Linux tells."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of processors, and bytes of memory that are the process's own."""

    seconds: float
    own: int


def measure(process: int) -> Taken:
    """What a process and those it started and waited for have taken by now."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    own = 0
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("RssAnon:"):
            own = int(line.split()[1]) * 1024
    return Taken(sum(map(int, fields[11:15])) / TICKS, own)
