"""From scored sentences to at most three quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.selection.candidates import Candidate

MOST_QUOTES = 3
MOST_CHARACTERS = 600
_SAME = 0.6


def choose_candidates(candidates: Sequence[Candidate], scores: Sequence[float]) -> list[Candidate]:
    """The best quotable sentences that fit, no two of which say the same."""
    chosen: list[Candidate] = []
    left = MOST_CHARACTERS
    for at in sorted(range(len(candidates)), key=lambda i: (-scores[i], i)):
        found = candidates[at]
        if not found.quotable or scores[at] <= 0 or found.end - found.start > left:
            continue
        if any(_alike(found, other) for other in chosen):
            continue
        chosen.append(found)
        left -= found.end - found.start
        if len(chosen) == MOST_QUOTES:
            break
    return chosen


def _alike(one: Candidate, other: Candidate) -> bool:
    shared = len(set(one.terms) & set(other.terms))
    return shared >= _SAME * min(len(set(one.terms)) or 1, len(set(other.terms)) or 1)
