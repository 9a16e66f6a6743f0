"""What speaks for a candidate: its title, its best passages, and how near the query words stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index import scoring
from retrieval.index.positions import Matches, Texts, find_matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.candidates import QueryTerms
    from retrieval.index.weights import PassageWeights

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PassageFeatures:
    """One number for each candidate and kind, 0 to about 1; `units` are scores of passages."""

    title: Floats
    passage: Floats
    bigram: Floats
    nearness: Floats
    units: Floats


def measure_passages(
    texts: Sequence[Texts], candidates: int, query: QueryTerms, weights: PassageWeights
) -> PassageFeatures:
    """Measure the title and the passages of every candidate."""
    matches = find_matches(texts, query.terms)
    owners = np.concatenate([text.unit_owners for text in texts])
    is_title = np.concatenate([text.unit_is_title for text in texts])
    scores = _score_units(texts, matches, is_title, query, weights)
    title, passage = np.zeros(candidates), np.zeros(candidates)
    title[owners[is_title]] = scores[is_title]
    np.maximum.at(passage, owners[~is_title], scores[~is_title])
    bigram, nearness = _measure_pairs(matches, candidates, query, weights.near_terms)
    return PassageFeatures(title, passage, bigram, nearness, np.where(is_title, -1.0, scores))


def _score_units(
    texts: Sequence[Texts],
    matches: Matches,
    is_title: NDArray[np.bool_],
    query: QueryTerms,
    weights: PassageWeights,
) -> Floats:
    """Score every title and passage by BM25 against the lengths usual for its kind."""
    lengths = np.concatenate(
        [np.diff(text.unit_starts, append=len(text.stream)) for text in texts]
    ).astype(np.float64)
    w = weights
    norms = np.where(
        is_title,
        scoring.length_norm(lengths, w.title_average, w.title_k1, w.title_b),
        scoring.length_norm(lengths, w.average, w.k1, w.b),
    )
    size = len(query.terms)
    tf = np.bincount(matches.units * size + matches.terms, minlength=len(lengths) * size)
    counts = tf.reshape(-1, size).astype(np.float64)
    scores: Floats = scoring.saturate(counts, norms[:, None]) @ query.weights / query.whole
    return scores


def _measure_pairs(
    matches: Matches, candidates: int, query: QueryTerms, near: int
) -> tuple[Floats, Floats]:
    """Score every two query words with none between: side by side as asked, and just near."""
    size = len(query.terms)
    gaps = np.diff(matches.places)
    left, right = matches.terms[:-1], matches.terms[1:]
    close = (np.diff(matches.units) == 0) & (left != right) & (gaps <= near)
    asked = np.zeros((size, size), bool)
    asked[list(query.order[:-1]), list(query.order[1:])] = True
    np.fill_diagonal(asked, val=False)
    pair_weights = np.minimum.outer(query.weights, query.weights)
    best = float(sum(pair_weights[one, two] for one, two in zip(*asked.nonzero(), strict=True)))
    keys = (matches.owners[1:] * size + left) * size + right
    side_by_side = keys[close & (gaps == 1) & asked[left, right]]
    bigram = _sum_saturated(side_by_side, candidates, pair_weights) / (best or 1.0)
    nearness = _sum_saturated(keys[close], candidates, pair_weights) / query.whole
    return bigram, nearness


def _sum_saturated(keys: NDArray[np.int64], candidates: int, pair_weights: Floats) -> Floats:
    """Add up each candidate's pairs, n occurrences counting n / (n + 1)."""
    distinct, counts = np.unique(keys, return_counts=True)
    pairs = pair_weights.size
    values = pair_weights.ravel()[distinct % pairs] * counts / (counts + 1.0)
    sums = np.bincount(distinct // pairs, weights=values, minlength=candidates)
    return sums.astype(np.float64)
