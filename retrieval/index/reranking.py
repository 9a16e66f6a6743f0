"""The second stage: a close look at the candidates, and one score from all that it shows."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index import scoring
from retrieval.index.builder import UNDATED
from retrieval.index.passage_features import measure_passages
from retrieval.index.positions import Texts, gather_texts
from retrieval.index.rm3 import score_feedback
from retrieval.index.weights import MixWeights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from retrieval.index.candidates import QueryTerms, ScoredArticle
    from retrieval.index.part import IndexPart
    from retrieval.index.source import IndexSource
    from retrieval.index.weights import RankingWeights, RecencyWeights

    Floats = NDArray[np.float64]

_FEATURES = tuple(field.name for field in fields(MixWeights))
_SECONDS_A_DAY = 86_400
_EPOCH_DAY = 719_163  # 1 January 1970 as date.toordinal counts


@dataclass(frozen=True, slots=True)
class RankFeatures:
    """What the second stage measures.

    The first `ranked` of the candidates compete; the others only fill a long list, so that it
    begins as a short one does; all are numbered in `parts`. `values` has a row for each field of
    MixWeights, in order, and a column for each candidate; `ages` are in days from the as-of day,
    nan where unknown.
    `unit_scores` belong to the units of all texts, titles having -1.
    """

    parts: Sequence[IndexPart]
    candidates: Sequence[ScoredArticle]
    ranked: int
    texts: Sequence[Texts]
    values: Floats
    ages: Floats
    unit_scores: Floats


def extract_features(  # noqa: PLR0913  # the parts of a search
    source: IndexSource,
    parts: Sequence[IndexPart],
    candidates: Sequence[ScoredArticle],
    *,
    ranked: int,
    query: QueryTerms,
    weights: RankingWeights,
    as_of: date | None,
) -> RankFeatures:
    """Measure every feature of every candidate, of which there is one at least."""
    texts = gather_texts(parts, candidates)
    passages = measure_passages(texts, len(candidates), query, weights.passages)
    values = np.zeros((len(_FEATURES), len(candidates)))
    measured = {
        "article": np.array([c.score for c in candidates]),
        "title": passages.title,
        "passage": passages.passage,
        "bigram": passages.bigram,
        "nearness": passages.nearness,
        "quality": read_column(parts, candidates, "qualities") / 1000.0,
    }
    for name, column in measured.items():
        values[_FEATURES.index(name)] = column
    ages = _ages(parts, candidates, as_of)
    features = RankFeatures(parts, candidates, ranked, texts, values, ages, passages.units)
    before = score(features, weights.mix, weights.recency)
    before[ranked:] = 0.0
    feedback = score_feedback(texts, before, set(query.terms), source, weights.feedback)
    values[_FEATURES.index("feedback")] = feedback
    return features


def score(features: RankFeatures, mix: MixWeights, recency: RecencyWeights) -> Floats:
    """Add up the features by their weights, times the factor for the article's age.

    Rounded, so that like articles score alike in whatever order a processor adds.
    """
    w = recency
    factor = scoring.recency(features.ages, w.gain, w.days, w.steepness, w.later)
    scores: Floats = np.round(np.array(astuple(mix)) @ features.values * factor, 9)
    scores[features.ranked :] = np.minimum(
        scores[features.ranked :], scores[: features.ranked].min()
    )
    return scores


def read_column(
    parts: Sequence[IndexPart], candidates: Sequence[ScoredArticle], name: str
) -> Floats:
    """Read what is stored of each candidate under this name."""
    return np.array([parts[c.part].arrays[name][c.number] for c in candidates], np.float64)


def _ages(
    parts: Sequence[IndexPart], candidates: Sequence[ScoredArticle], as_of: date | None
) -> Floats:
    if as_of is None:
        return np.full(len(candidates), np.nan)
    published = read_column(parts, candidates, "published")
    days = np.where(published == UNDATED, np.nan, np.floor(published / _SECONDS_A_DAY))
    return as_of.toordinal() - _EPOCH_DAY - days
