"""Candidates: the best articles by summed impacts, exactly, over all parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.index import scoring
from retrieval.index.maxscore import WeightedColumn, find_top_k
from retrieval.index.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from retrieval.index.part import IndexPart
    from retrieval.index.segment import Segment

    Mask = NDArray[np.bool_]

_COUNTED_POSTINGS = 500_000  # by hand: a count above that would take longer than the search


class QueryTerms(NamedTuple):
    """Distinct terms with their weights (idf times occurrences); `order` is the query as typed.

    `whole` is the sum of all weights, those of terms that the coverage lacks included.
    """

    terms: tuple[str, ...]
    weights: NDArray[np.float64]
    order: tuple[int, ...]
    whole: float


class ScoredArticle(NamedTuple):
    """A candidate: its part, its number there, and its score, 1.0 for a full match."""

    part: int
    number: int
    score: float


def weigh_terms(
    words: Sequence[str], idf_of: Callable[[str], float], most: int = WEIGHTS.most_terms
) -> QueryTerms:
    """Weigh the terms of a query by idf and by how often they are said; the rarest `most` count."""
    counts: dict[str, int] = {}  # a Counter takes longer than the few words of a question
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    weights = {term: idf_of(term) * scoring.query_weight(n) for term, n in counts.items()}
    if len(weights) > most:
        kept = set(sorted(weights, key=lambda term: -weights[term])[:most])
        weights = {term: weight for term, weight in weights.items() if term in kept}
    numbers = {term: number for number, term in enumerate(weights)}
    return QueryTerms(
        tuple(numbers),
        np.array([*weights.values()], np.float64),
        tuple([numbers[word] for word in words if word in numbers]),
        sum(weights.values()) or 1.0,
    )


def find_candidates(
    parts: Sequence[IndexPart], query: QueryTerms, masks: Sequence[Mask | None], k: int
) -> list[ScoredArticle]:
    """Find the k best articles, best first, ties by article id.

    `masks` mark the articles of each part that may be found. The score of an article is the sum
    over the query's terms of weight times impact (see scoring.py); none scores 0.
    """
    whole_weights = [scoring.whole_weight(weight) for weight in query.weights.tolist()]
    best: list[tuple[int, str, int, int]] = []
    for at in sorted(range(len(parts)), key=lambda at: -len(parts[at])):
        columns = _columns(parts[at], query.terms, whole_weights)
        floor = -best[k - 1][0] if len(best) >= k else 1
        articles, scores = find_top_k(columns, k, masks[at], floor)
        pairs = zip(scores.tolist(), articles.tolist(), strict=True)
        if len(parts) == 1:  # its articles are numbered by id, and come in order
            best = [(-score, "", at, number) for score, number in pairs]
        else:
            ids = parts[at].ids
            best += [(-score, ids[number], at, number) for score, number in pairs]
            best = sorted(best)[:k]
    scale = scoring.WEIGHT_STEPS * scoring.IMPACT_STEPS * query.whole
    return [ScoredArticle(at, number, -score / scale) for score, _, at, number in best]


def choose_counted(terms: Sequence[str], frequency: Callable[[str], int]) -> Sequence[str]:
    """Of the terms of a query, those whose articles are counted to say how many match.

    Where that would mean to look at more than 500,000 postings, the commonest alone.
    """
    frequencies = [frequency(term) for term in terms]
    if sum(frequencies) <= _COUNTED_POSTINGS:
        return terms
    return (terms[frequencies.index(max(frequencies))],)


def hold_any_term(segment: Segment, terms: Sequence[str], mask: Mask | None) -> Mask:
    """Mark the articles of a segment that hold any of these terms."""
    held = np.zeros(len(segment), bool)
    for term in terms:
        if column := segment.column_of(term):
            held[column.articles] = True
    return held if mask is None else held & mask


def hold_every_term(segment: Segment, terms: Sequence[str], mask: Mask | None) -> Mask:
    """Mark the articles of a segment that hold every one of these terms."""
    held = np.ones(len(segment), bool) if mask is None else mask.copy()
    for term in terms:
        column = segment.column_of(term)
        holding = np.zeros(len(segment), bool)
        if column:
            holding[column.articles] = True
        held &= holding
    return held


def _columns(part: IndexPart, terms: Sequence[str], weights: list[int]) -> list[WeightedColumn]:
    return [
        WeightedColumn(column, weight)
        for term, weight in zip(terms, weights, strict=True)
        if weight and (column := part.column_of(term))
    ]
