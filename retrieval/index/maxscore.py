"""The k best articles of a query without scoring them all, and exactly as if all were scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.postings import Column


_TOGETHER = 65_536  # postings that are merged without looking for a bar first
_MANY = 1000  # candidates; fewer are looked up faster than a better bar is found
_NONE = -(2**62)
_CONTRIBUTION_BITS = np.uint64(36)  # of a weight (see scoring.LARGEST_WEIGHT) times an impact
_CONTRIBUTION_MASK = np.uint64(2**36 - 1)


class WeightedColumn(NamedTuple):
    """A query term: its postings, and its weight as a whole number."""

    column: Column
    weight: int


class Best(NamedTuple):
    """Article numbers (uint32) and scores (int64), best first, ties by lower number."""

    articles: NDArray[np.uint32]
    scores: NDArray[np.int64]


def find_top_k(
    terms: Sequence[WeightedColumn],
    k: int,
    allowed: NDArray[np.bool_] | None = None,
    floor: int = 1,
) -> Best:
    """Find the k articles with the largest sum of weight times impact, none below `floor`.

    MaxScore (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995), a column
    at a time: rare terms bring the candidates, a common one brings only those articles in which
    it weighs enough to win, and is looked up in the rest. Scores are whole numbers, so that no
    order of adding changes one. `allowed` marks the articles that may be found.
    """
    ordered = sorted([t for t in terms if t.column.size], key=lambda term: term.column.size)
    race = _MaxScore(ordered, k, allowed, max(floor, 1))
    race.add_rare_columns()
    race.add_common_columns()
    return race.finish()


class _MaxScore:
    """Candidates, their scores so far, and the score that the k-th best reaches at least."""

    def __init__(
        self,
        ordered: Sequence[WeightedColumn],
        k: int,
        allowed: NDArray[np.bool_] | None,
        least: int,
    ) -> None:
        self._ordered, self._k, self._allowed, self._least = ordered, k, allowed, least
        self._bounds = _bounds_from(ordered)
        self._place = 0
        self._articles = np.empty(0, np.uint32)
        self._scores = np.empty(0, np.int64)
        self._several = np.empty(0, np.intp)  # places of candidates that several columns brought

    def add_rare_columns(self) -> None:
        """Merge the shortest columns, as many as cost little together, for a first bar."""
        found = 0
        while self._place < len(self._ordered):
            size = self._ordered[self._place].column.size
            if found >= self._k and found + size > _TOGETHER:
                break
            found += size
            self._place += 1
        self._merge()
        if len(self._several) >= self._k:
            self._raise_least(self._several)
        elif self._may_bring_new() or found > _MANY:
            self._raise_least()

    def add_common_columns(self) -> None:
        """Take each long column: new articles where it weighs enough, a look-up in the rest."""
        while self._place < len(self._ordered):
            self._drop(self._bounds[self._place])
            if self._may_bring_new():
                self._add_long_column()
                if self._may_bring_new() or len(self._articles) > _MANY:
                    self._raise_least()
            else:
                term = self._ordered[self._place]
                self._scores = self._scores + term.column.look_up(self._articles) * np.int64(
                    term.weight
                )
                self._place += 1

    def finish(self) -> Best:
        """Give the best of the candidates, whose scores are complete by now."""
        self._drop(0)
        articles, scores, k = self._articles, self._scores, self._k
        if len(scores) > k:
            kept = (scores >= _reached(scores, k)).nonzero()[0]
            articles, scores = articles[kept], scores[kept]
        order = np.lexsort((articles, -scores))[:k]
        return Best(articles[order], scores[order])

    def _may_bring_new(self) -> bool:
        """Whether an article that no column so far holds can still reach the bar."""
        return self._place < len(self._ordered) and self._bounds[self._place] >= self._least

    def _merge(self) -> None:
        """Add up the columns before the place for every article that one of them holds."""
        if not self._place:
            return
        packed = self._pack(self._ordered[: self._place])
        packed.sort()
        articles = (packed >> _CONTRIBUTION_BITS).astype(np.uint32)
        packed &= _CONTRIBUTION_MASK
        self._articles, self._scores = articles, packed.view(np.int64)
        self._several = _add_repeated(articles, self._scores)

    def _pack(self, terms: Sequence[WeightedColumn]) -> NDArray[np.uint64]:
        """Put article and contribution into one number, so that one sort merges columns."""
        articles = np.concatenate([term.column.articles for term in terms])
        impacts = np.concatenate([term.column.impacts for term in terms])
        weights = np.array([term.weight for term in terms], np.uint64)
        contributions = weights.repeat([term.column.size for term in terms])
        contributions *= impacts
        if self._allowed is not None:
            kept = self._allowed[articles].nonzero()[0]
            articles, contributions = articles[kept], contributions[kept]
        packed = articles.astype(np.uint64)
        packed <<= _CONTRIBUTION_BITS
        packed |= contributions
        return packed

    def _add_long_column(self) -> None:
        term = self._ordered[self._place]
        self._place += 1
        column, weight = term.column, term.weight
        at, found = column.find(self._articles)
        self._scores = self._scores + column.impacts[at] * (found * np.int64(weight))
        needed = -(-(self._least - self._bounds[self._place]) // weight)
        fresh = column.impacts >= np.uint16(max(needed, 1))
        fresh[at[found]] = False
        places = fresh.nonzero()[0]
        articles, impacts = self._keep_allowed(column.articles[places], column.impacts[places])
        self._articles = np.concatenate([self._articles, articles])
        self._scores = np.concatenate([self._scores, impacts * np.int64(weight)])

    def _keep_allowed(
        self, articles: NDArray[np.uint32], impacts: NDArray[np.uint16]
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
        if self._allowed is None:
            return articles, impacts
        kept = self._allowed[articles].nonzero()[0]
        return articles[kept], impacts[kept]

    def _raise_least(self, among: NDArray[np.intp] | None = None) -> None:
        """Complete the scores of the 2k most promising and note what the k-th best reaches."""
        articles, scores, k = self._articles, self._scores, self._k
        if among is not None:
            articles, scores = articles[among], scores[among]
        if len(scores) < k:
            return
        if len(scores) > 2 * k:
            promising = (scores >= _reached(scores, 2 * k)).nonzero()[0][: 3 * k]
            articles, scores = articles[promising], scores[promising]
        for term in self._ordered[self._place :]:
            scores = scores + term.column.look_up(articles) * np.int64(term.weight)
        self._least = max(self._least, _reached(scores, k))

    def _drop(self, bound: int) -> None:
        """Forget the candidates that cannot reach the bar with what the other terms may add."""
        kept = (self._scores >= self._least - bound).nonzero()[0]
        if len(kept) < len(self._scores):
            self._articles, self._scores = self._articles[kept], self._scores[kept]


def _reached(scores: NDArray[np.int64], k: int) -> int:
    """Give a score that the k-th best of at least k reaches, often that of the k-th best.

    Of many scores, the k-th best of the best of each sixteen: much faster to find.
    """
    width = len(scores) // 16
    if width >= 4 * k:
        scores = scores[: 16 * width].reshape(16, width).max(axis=0)
    return int(np.partition(scores, len(scores) - k)[-k])


def _add_repeated(articles: NDArray[np.uint32], scores: NDArray[np.int64]) -> NDArray[np.intp]:
    """Give the first of equal neighbours the sum of their scores, and the others none at all.

    Returns the places of those firsts.
    """
    repeats: NDArray[np.intp] = (articles[1:] == articles[:-1]).nonzero()[0]
    if not len(repeats):
        return repeats
    begins = np.empty(len(repeats), bool)
    begins[0] = True
    np.not_equal(repeats[1:], repeats[:-1] + 1, out=begins[1:])
    firsts: NDArray[np.intp] = repeats[begins]
    repeats += 1
    scores[firsts] += np.add.reduceat(scores[repeats], begins.nonzero()[0])
    scores[repeats] = _NONE
    return firsts


def _bounds_from(ordered: Sequence[WeightedColumn]) -> list[int]:
    """Give, for each place, the most that the terms from there on add together."""
    bounds = [0]
    for term in reversed(ordered):
        bounds.append(bounds[-1] + term.weight * term.column.largest)
    return bounds[::-1]
