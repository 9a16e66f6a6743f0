"""Relevance feedback: words that the best candidates share speak for the others that hold them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index import scoring
from retrieval.index.analysis import stop_words
from retrieval.index.matching import Texts, find_places

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import NDArray

    from retrieval.index.weights import FeedbackWeights, FieldWeights

    Floats = NDArray[np.float64]

_PER_SEGMENT = 400  # terms of one segment that are looked at by name


def measure_feedback(
    texts: Sequence[Texts],
    scores: Floats,
    asked: Collection[str],
    idf_of: Callable[[str], float],
    weights: tuple[FeedbackWeights, FieldWeights],
) -> Floats:
    """Score every candidate, 0 to 1, by the terms of the best ones.

    A relevance model (Lavrenko and Croft, "Relevance-based language models", 2001, in the form
    called RM3) over the candidates' own texts: term weight is idf times the sum over the best
    articles of article weight times the term's share of the article.
    """
    feedback, fields = weights
    best = np.argsort(-scores, kind="stable")[: feedback.articles]
    trust = np.zeros(len(scores))
    trust[best] = (scores[best] / max(scores[best[0]], 1e-9)) ** feedback.sharpness
    trust /= trust.sum()
    expansion = _expand(texts, trust, asked, idf_of, feedback)
    if not expansion:
        return np.zeros(len(scores))
    return _score(texts, len(scores), expansion, fields)


def _expand(
    texts: Sequence[Texts],
    trust: Floats,
    asked: Collection[str],
    idf_of: Callable[[str], float],
    feedback: FeedbackWeights,
) -> dict[str, float]:
    """Choose the terms that speak, with their weights."""
    shares: defaultdict[str, float] = defaultdict(float)
    holders: defaultdict[str, int] = defaultdict(int)
    for text in texts:
        for term, share, articles in _shares(text, trust):
            shares[term] += share
            holders[term] += articles
    weighted = {
        term: share * idf_of(term)
        for term, share in shares.items()
        if holders[term] >= feedback.least_articles and term not in asked
    }
    chosen = sorted(weighted, key=lambda term: (-weighted[term], term))[: feedback.terms]
    return {term: weighted[term] for term in chosen}


def _shares(text: Texts, trust: Floats) -> list[tuple[str, float, int]]:
    """Give (term, trusted share of the articles, articles) for the weightiest terms of a segment."""
    trusted = trust[text.candidates].nonzero()[0]
    if not len(trusted):
        return []
    pieces = [text.stream[text.starts[t] : text.starts[t + 1]] for t in trusted]
    values = [np.full(len(p), trust[text.candidates[t]] / max(len(p), 1)) for t, p in zip(trusted, pieces, strict=True)]
    owners = np.repeat(np.arange(len(trusted)), [len(piece) for piece in pieces])
    terms, inverse = np.unique(np.concatenate(pieces), return_inverse=True)
    shares = np.bincount(inverse, weights=np.concatenate(values))
    holders = np.bincount(np.unique(inverse * len(trusted) + owners) // len(trusted))
    starts = text.segment.arrays["posting_starts"]
    idfs = scoring.idf(len(text.segment), (starts[terms + 1] - starts[terms]).astype(np.float64))
    shares[np.isin(terms, text.segment.stop_numbers)] = 0.0
    weightiest = np.argsort(-shares * idfs, kind="stable")[:_PER_SEGMENT]
    weightiest = weightiest[shares[weightiest] > 0]
    return [
        (text.segment.terms[int(terms[at])], float(shares[at]), int(holders[at]))
        for at in weightiest
    ]


def _score(
    texts: Sequence[Texts], candidates: int, expansion: dict[str, float], fields: FieldWeights
) -> Floats:
    """Score candidates by the chosen terms with BM25, as a share of all their weight."""
    terms, weights = list(expansion), np.array(list(expansion.values()))
    scores = np.zeros(candidates)
    for text in texts:
        places, which = find_places(text, terms)
        owners = text.starts.searchsorted(places, "right") - 1
        tf = np.bincount(owners * len(terms) + which, minlength=len(text.candidates) * len(terms))
        lengths = np.diff(text.starts).astype(np.float64)
        norms = scoring.length_norm(lengths, text.segment.about["average"], fields.k1, fields.b)
        impacts = scoring.saturate(tf.reshape(-1, len(terms)).astype(np.float64), norms[:, None])
        scores[text.candidates] = impacts @ weights / weights.sum()
    return scores
