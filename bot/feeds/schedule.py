"""When a feed is asked again: by its own signals, by its pace, and later each time it fails."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from bot.feeds.limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

PACE = 10  # the last so many entries tell how often a feed has news
_PATIENT = 30  # failures: twice as long each time is the longest long before


def choose_interval(
    *, every: float, fresh_for: float, published: Sequence[float], shortest: float
) -> float:
    """Seconds to leave a feed alone after a success.

    What it asks for (`every`) and how long the server calls its answer fresh both count; where
    neither says more than `shortest`, half the median time between its last entries, at most the
    usual. `published` are seconds since 1970, in any order.
    """
    wanted = max(every, fresh_for)
    if wanted <= shortest:
        wanted = min(LIMITS.usual, _measure_pace(published) / 2)
    return min(max(wanted, shortest), LIMITS.longest)


def choose_backoff(
    failures: int, *, retry_after: float | None, status: int, shortest: float
) -> float:
    """Seconds to leave a feed alone after so many failures in a row (from 1).

    Twice as long each time up to the longest; never less than the server asks for, within the
    longest. A feed is never given up.
    """
    wait = LIMITS.first_backoff * 2.0 ** min(failures - 1, _PATIENT)
    if status in {403, 429}:
        wait = max(wait, LIMITS.refused if retry_after is None else 0.0)
    return min(max(wait, retry_after or 0.0, shortest), LIMITS.longest)


def jitter(wait: float, random: Random) -> float:
    """A wait made longer by a random part of it."""
    return wait * (1.0 + LIMITS.jitter * random.random())


def _measure_pace(published: Sequence[float]) -> float:
    """The median time between the last entries; for ever where fewer than two have a date."""
    last = sorted(published, reverse=True)[:PACE]
    gaps = [later - earlier for later, earlier in pairwise(last)]
    return median(gaps) if gaps else float("inf")
