"""Long work of a thread cut into short turns, so that questions are answered in between."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Threads share one interpreter: whoever waits for it gets it at once from a thread that sleeps,
# and from one that computes only after 5 ms. A millisecond is the least that sleeps surely.
TURN, PAUSE = 0.002, 0.001  # seconds

Thing = TypeVar("Thing")


def take_turns(things: Iterable[Thing], turn: float = TURN) -> Iterator[Thing]:
    """Give each thing, with a pause for other threads before one whose `turn` is over."""
    began = time.perf_counter()
    for number, thing in enumerate(things):
        if number and time.perf_counter() - began >= turn:
            time.sleep(PAUSE)
            began = time.perf_counter()
        yield thing
