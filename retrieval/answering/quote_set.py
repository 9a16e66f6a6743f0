"""From scored sentences to at most three quotes that say as much as fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.answering.logistic import to_probability

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retrieval.answering.sentences import Candidate

MOST_QUOTES = 3
MOST_CHARACTERS = 600
# What agreement may add to a sentence's log odds, and for how many of its terms.
_AGREEMENT = 2.0
_TERMS = 3
# Once there is a quote, a sentence must add this much to be shown beside it.
_LEAST = 0.3
# Two sentences that share this part of the shorter one's terms say the same.
_SAME = 0.6
# How many sentences before may be needed to know who is meant.
_CONTEXT = 2
# It must also be this likely an answer, as a part of the likeliest shown, or add still more.
_LIKELY = 0.2
_MUCH = 0.35


@dataclass(frozen=True, slots=True)
class QuoteCandidate:
    """A sentence with its log odds of holding the answer, and what it could say.

    `contents` gives the agreement on each answering term, 1 for the highest of all. A sentence that
    `leans` on somebody named before is only shown with the sentence before it. One that `adjoins`
    stands directly after the one before it in the pool, and one that `follows` does so in the same
    paragraph. One that is `idle` is shown where there are no others, and alone.
    """

    candidate: Candidate
    score: float
    contents: Mapping[str, float]
    leans: bool
    adjoins: bool = False
    follows: bool = False
    idle: bool = False

    @property
    def probability(self) -> float:
        """How likely it holds the answer, 0 to 1."""
        return to_probability(self.score)


@dataclass(slots=True)
class _GreedySelection:
    """The sentences taken so far, by their rows, in the order in which they were taken."""

    pool: Sequence[QuoteCandidate]
    taken: list[int] = field(default_factory=list)
    said: dict[str, float] = field(default_factory=dict)
    likeliest: float = 0.0

    def gain(self, row: int) -> float:
        """The sentence's log odds, and what it says that is not said yet; nothing new, no gain."""
        one = self.pool[row]
        new = (redundancy - self.said.get(term, 0.0) for term, redundancy in one.contents.items())
        added = sum(
            sorted((redundancy for redundancy in new if redundancy > 0), reverse=True)[:_TERMS]
        )
        if self.taken and not self._earns_its_place(one, added):
            return float("-inf")
        return one.score + _AGREEMENT * added

    def _earns_its_place(self, one: QuoteCandidate, added: float) -> bool:
        if one.idle or added < _LEAST:
            return False
        return added >= _MUCH or one.probability >= _LIKELY * self.likeliest

    def with_context(self, row: int) -> list[int] | None:
        """The rows that come with a row: itself and what it leans on; none if that is too far."""
        rows = [row]
        while self.pool[rows[0]].leans:
            if not self.pool[rows[0]].adjoins or len(rows) > _CONTEXT:
                return None
            if rows[0] - 1 in self.taken:
                break
            rows.insert(0, rows[0] - 1)
        return rows

    def fits(self, rows: Sequence[int]) -> bool:
        runs = self.runs([*self.taken, *rows])
        if len(runs) > MOST_QUOTES or sum(self._length(run) for run in runs) > MOST_CHARACTERS:
            return False
        return not any(
            _say_the_same(self.pool[row].candidate, self.pool[other].candidate)
            for row in rows
            for other in self.taken
        )

    def take(self, rows: Sequence[int]) -> None:
        self.taken += rows
        self.likeliest = max(self.likeliest, *(self.pool[row].probability for row in rows))
        for row in rows:
            for term, redundancy in self.pool[row].contents.items():
                self.said[term] = max(self.said.get(term, 0.0), redundancy)

    def runs(self, taken: Sequence[int]) -> list[list[int]]:
        """Neighbouring sentences together; the run with the earliest taken sentence first."""
        runs: list[list[int]] = []
        for row in sorted(taken):
            if runs and runs[-1][-1] == row - 1 and self.pool[row].follows:
                runs[-1].append(row)
            else:
                runs.append([row])
        return sorted(runs, key=lambda run: min(taken.index(row) for row in run))

    def _length(self, run: Sequence[int]) -> int:
        return self.pool[run[-1]].candidate.end - self.pool[run[0]].candidate.start


def choose_quotes(pool: Sequence[QuoteCandidate]) -> list[list[int]]:
    """Rows of the pool as quotes, the most telling first; each is one run of neighbours.

    Greedy: the sentence that adds most is taken next, until nothing fits. `pool` is in reading
    order, hit by hit.
    """
    choice = _GreedySelection(pool)
    while (rows := _next(choice)) is not None:
        choice.take(rows)
    return choice.runs(choice.taken)


def _next(choice: _GreedySelection) -> list[int] | None:
    best: list[int] | None = None
    best_gain = float("-inf")
    for row in _open_rows(choice):
        gain = choice.gain(row)
        if gain <= best_gain:
            continue
        rows = choice.with_context(row)
        if rows and choice.fits(rows):
            best, best_gain = rows, gain
    return best


def _open_rows(choice: _GreedySelection) -> Iterator[int]:
    telling = [row for row, one in enumerate(choice.pool) if not one.idle]
    return (row for row in telling or range(len(choice.pool)) if row not in choice.taken)


def _say_the_same(one: Candidate, other: Candidate) -> bool:
    first, second = set(one.terms), set(other.terms)
    fewer = min(len(first), len(second))
    return fewer > 0 and len(first & second) >= _SAME * fewer
