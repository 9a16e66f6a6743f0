"""Relevance feedback: words that the best candidates share speak for the others that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.index import scoring

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import NDArray

    from retrieval.index.part import IndexPart, Names
    from retrieval.index.positions import Texts
    from retrieval.index.source import IndexSource
    from retrieval.index.weights import FeedbackWeights

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Trusted:
    """The terms of the articles that speak, by number, and the trust in each, in one order."""

    streams: Sequence[NDArray[Any]]
    trust: Floats
    terms: Sequence[str] | Names
    is_stop: NDArray[np.bool_]
    idfs: Callable[[NDArray[np.int64]], Floats]


def score_feedback(
    texts: Sequence[Texts],
    scores: Floats,
    asked: Collection[str],
    source: IndexSource,
    weights: FeedbackWeights,
) -> Floats:
    """Score every candidate, 0 to 1, by the terms of the best ones.

    A relevance model (Lavrenko and Croft, "Relevance-based language models", 2001, in the form
    called RM3) over the candidates' own texts: the weight of a term is its idf times the sum, over
    the best articles, of the trust in the article times the term's share of the article.
    """
    trusted = _gather_trusted(texts, _trust(scores, weights), source)
    shares = _share_terms(trusted, weights, len(asked))
    weighted = {
        term: share * source.idf(term) for term, share in shares.items() if term not in asked
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


def _gather_trusted(texts: Sequence[Texts], trust: Floats, source: IndexSource) -> _Trusted:
    """Take the streams of the trusted articles; of several parts, numbered anew for all of them."""
    found = [(text, at) for text in texts for at in trust[text.candidates].nonzero()[0].tolist()]
    found.sort(key=lambda one: one[0].candidates[one[1]])
    parts = {id(text): text.part for text, _ in found}
    streams = [text.stream[text.starts[at] : text.starts[at + 1]] for text, at in found]
    trusts = np.array([trust[text.candidates[at]] for text, at in found])
    if len(parts) > 1:
        return _number_anew([text.part for text, _ in found], streams, trusts, source)
    (part,) = parts.values()
    return _Trusted(
        streams, trusts, part.terms, source.stops(part), lambda terms: source.idfs(part, terms)
    )


def _number_anew(
    parts: Sequence[IndexPart], streams: Sequence[NDArray[Any]], trusts: Floats, source: IndexSource
) -> _Trusted:
    numbers: dict[str, int] = {}
    stops: set[int] = set()
    renumbered = []
    for part, stream in zip(parts, streams, strict=True):
        own, places = np.unique(stream, return_inverse=True)
        is_stop = source.stops(part)[own].tolist()
        shared = [numbers.setdefault(part.terms[n], len(numbers)) for n in own.tolist()]
        stops.update(n for n, stop in zip(shared, is_stop, strict=True) if stop)
        renumbered.append(np.array(shared, np.uint32)[places])
    terms = list(numbers)
    marks = np.zeros(len(terms), bool)
    marks[list(stops)] = True
    return _Trusted(
        renumbered,
        trusts,
        terms,
        marks,
        lambda chosen: np.array([source.idf(terms[n]) for n in chosen.tolist()], np.float64),
    )


def _share_terms(trusted: _Trusted, weights: FeedbackWeights, asked: int) -> dict[str, float]:
    """Give the weightiest terms and the share of the trusted articles that each makes up.

    Enough of them to choose from when those that were asked are left out, and all that tie.
    """
    terms, ranks, counts = _count_by_article(trusted)
    lengths = np.array([len(stream) for stream in trusted.streams])
    values = (trusted.trust / lengths)[ranks] * counts
    firsts = _find_changes(terms)
    holders = np.diff(firsts, append=len(terms))
    shares = np.add.reduceat(values, firsts)
    terms = terms[firsts]
    telling = ~trusted.is_stop[terms]
    telling &= holders >= weights.least_articles
    terms, shares = terms[telling], shares[telling]
    chosen = _find_largest(shares * trusted.idfs(terms), weights.terms + asked)
    numbers, kept = terms[chosen].tolist(), shares[chosen].tolist()
    return {trusted.terms[number]: share for number, share in zip(numbers, kept, strict=True)}


def _find_largest(values: Floats, count: int) -> NDArray[np.intp]:
    """Give the places of the largest positive values, and of all like the last of them."""
    least = -np.partition(-values, count - 1)[count - 1] if len(values) > count else 0.0
    return np.flatnonzero((values >= least) & (values > 0))


def _count_by_article(
    trusted: _Trusted,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give (term, place of the article among the trusted, count), sorted by term."""
    streams = trusted.streams
    bits = (len(streams) - 1).bit_length()
    narrow = len(trusted.terms) < 1 << (32 - bits)  # twice as fast to sort
    keys: NDArray[Any] = np.concatenate(streams).astype(np.uint32 if narrow else np.uint64)
    keys <<= bits
    keys |= np.repeat(np.arange(len(streams), dtype=keys.dtype), [len(one) for one in streams])
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


def _score(texts: Sequence[Texts], candidates: int, expansion: dict[str, float]) -> Floats:
    """Score candidates by the impacts of the chosen terms, as a share of all their weight."""
    scores = np.zeros(candidates)
    whole = sum(expansion.values()) or 1.0
    for text in texts:
        for term, weight in expansion.items():
            if column := text.part.column_of(term):
                impacts = column.look_up(text.numbers)
                scores[text.candidates] += impacts * (weight / whole / scoring.IMPACT_STEPS)
    return scores
