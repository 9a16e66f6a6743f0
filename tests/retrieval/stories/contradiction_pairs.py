"""Pairs of sentences of two reports of one story: some contradict each other, some only look so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_TABLE = Path(__file__).with_suffix(".txt")


@dataclass(frozen=True, slots=True)
class Pair:
    """What two outlets wrote, the second one `hours` later; `real` where they contradict."""

    why: str
    left: str
    right: str
    hours: int
    real: bool


def read_pairs() -> tuple[Pair, ...]:
    """Read the table: blocks of three lines, blank lines between, the first block a comment."""
    return tuple(_read_pair(block) for block in _TABLE.read_text("utf-8").split("\n\n")[1:])


def _read_pair(block: str) -> Pair:
    heading, left, right = block.strip().split("\n")
    kind, hours, why = heading.split(" | ")
    return Pair(why, left, right, int(hours.removesuffix(" h")), kind == "real")


PAIRS = read_pairs()
REAL = tuple(pair for pair in PAIRS if pair.real)
ALIKE = tuple(pair for pair in PAIRS if not pair.real)
