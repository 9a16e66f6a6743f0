"""Relevance feedback: words that the best candidates share speak for the others that hold them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from retrieval.index import scoring

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import NDArray

    from retrieval.index.positions import Texts
    from retrieval.index.segment import Segment
    from retrieval.index.weights import FeedbackWeights

    Floats = NDArray[np.float64]


class _ExpansionTerm(NamedTuple):
    """A term, how much of the trusted articles it makes up, and how many of them hold it."""

    term: str
    share: float
    holders: int


def score_feedback(
    texts: Sequence[Texts],
    scores: Floats,
    asked: Collection[str],
    idf_of: Callable[[str], float],
    weights: FeedbackWeights,
) -> Floats:
    """Score every candidate, 0 to 1, by the terms of the best ones.

    A relevance model (Lavrenko and Croft, "Relevance-based language models", 2001, in the form
    called RM3) over the candidates' own texts: the weight of a term is its idf times the sum, over
    the best articles, of the trust in the article times the term's share of the article.
    """
    trust = _trust(scores, weights)
    shares: defaultdict[str, float] = defaultdict(float)
    holders: defaultdict[str, int] = defaultdict(int)
    for text in texts:
        for found in _expansion_terms(text, trust, weights, len(asked), alone=len(texts) == 1):
            shares[found.term] += found.share
            holders[found.term] += found.holders
    weighted = {
        term: share * idf_of(term)
        for term, share in shares.items()
        if holders[term] >= weights.least_articles and term not in asked
    }
    chosen = sorted(weighted, key=lambda term: (-weighted[term], term))[: weights.terms]
    return _score(texts, len(scores), {term: weighted[term] for term in chosen})


def _trust(scores: Floats, weights: FeedbackWeights) -> Floats:
    """Trust the best articles, the first of them most; all trust adds up to 1."""
    best = np.argsort(-scores, kind="stable")[: weights.articles]
    trust = np.zeros(len(scores))
    trust[best] = (scores[best] / (scores[best[0]] or 1.0)) ** weights.sharpness
    trusted: Floats = trust / (trust.sum() or 1.0)
    return trusted


def _expansion_terms(
    text: Texts, trust: Floats, weights: FeedbackWeights, asked: int, *, alone: bool
) -> list[_ExpansionTerm]:
    """Give the weightiest terms of the trusted articles of one segment, enough to choose from."""
    trusted = trust[text.candidates].nonzero()[0]
    if not len(trusted):
        return []
    terms, ranks, counts = _count_by_article(text, trusted)
    lengths = np.diff(text.starts)[trusted]
    values = (trust[text.candidates[trusted]] / lengths)[ranks] * counts
    firsts = _find_changes(terms)
    holders = np.diff(firsts, append=len(terms))
    shares = np.add.reduceat(values, firsts)
    terms = terms[firsts]
    telling = ~text.segment.is_stop[terms]
    if alone:
        telling &= holders >= weights.least_articles
    terms, shares, holders = terms[telling], shares[telling], holders[telling]
    weighted = shares * _idfs(text.segment, terms)
    enough = weights.terms + asked if alone else 4 * weights.terms
    chosen = _largest(weighted, enough)
    numbers = terms[chosen].tolist()
    return [
        _ExpansionTerm(text.segment.terms[number], share, held)
        for number, share, held in zip(
            numbers, shares[chosen].tolist(), holders[chosen].tolist(), strict=True
        )
    ]


def _largest(values: Floats, count: int) -> NDArray[np.intp]:
    """Give the places of the largest positive values, the largest first, ties as they stand."""
    least = -np.partition(-values, count - 1)[count - 1] if len(values) > count else 0.0
    large = np.flatnonzero((values >= least) & (values > 0))
    return large[np.argsort(-values[large], kind="stable")][:count]


def _count_by_article(
    text: Texts, trusted: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give (term, place of the article among the trusted, count), sorted by term."""
    pieces = [text.stream[text.starts[one] : text.starts[one + 1]] for one in trusted]
    bits = (len(trusted) - 1).bit_length()
    narrow = len(text.segment.terms) < 1 << (32 - bits)  # twice as fast to sort
    keys: NDArray[Any] = np.concatenate(pieces).astype(np.uint32 if narrow else np.uint64)
    keys <<= bits
    keys |= np.repeat(np.arange(len(trusted), dtype=keys.dtype), [len(piece) for piece in pieces])
    keys.sort()
    firsts = _find_changes(keys)
    distinct = keys[firsts].astype(np.int64)
    counts = np.diff(firsts, append=len(keys))
    return distinct >> bits, distinct & ((1 << bits) - 1), counts


def _find_changes(ordered: NDArray[Any]) -> NDArray[np.intp]:
    """Give where each run of equal values begins."""
    changes = np.empty(len(ordered), bool)
    changes[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=changes[1:])
    return changes.nonzero()[0]


def _idfs(segment: Segment, terms: NDArray[np.int64]) -> Floats:
    starts = segment.arrays["posting_starts"]
    frequencies = (starts[terms + 1] - starts[terms]).astype(np.float64)
    return scoring.idf(len(segment), frequencies)


def _score(texts: Sequence[Texts], candidates: int, expansion: dict[str, float]) -> Floats:
    """Score candidates by the impacts of the chosen terms, as a share of all their weight."""
    scores = np.zeros(candidates)
    whole = sum(expansion.values()) or 1.0
    for text in texts:
        for term, weight in expansion.items():
            if column := text.segment.column_of(term):
                impacts = column.look_up(text.numbers)
                scores[text.candidates] += impacts * (weight / whole / scoring.IMPACT_STEPS)
    return scores
