"""The second stage: a close look at the candidates, and one score from all that it shows."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index import scoring
from retrieval.index.builder import UNDATED
from retrieval.index.passage_features import measure
from retrieval.index.positions import Texts, read_texts
from retrieval.index.rm3 import measure_feedback
from retrieval.index.weights import MixWeights

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from retrieval.index.candidates import Found, QueryTerms
    from retrieval.index.segment import Segment
    from retrieval.index.weights import RankingWeights, RecencyWeights

    Floats = NDArray[np.float64]

_KINDS = tuple(field.name for field in fields(MixWeights))
_SECONDS_A_DAY = 86_400
_EPOCH_DAY = 719_163  # 1 January 1970 as date.toordinal counts


@dataclass(frozen=True, slots=True)
class Look:
    """What the close look found.

    The first `rivals` of the candidates compete; the others only fill a long list, so that it
    begins as a short one does. `signals` has a row for each field of MixWeights, in order, and a
    column for each candidate; `ages` are in days from the as-of day, nan where unknown.
    `unit_scores` belong to the units of all texts, titles having -1.
    """

    found: Sequence[Found]
    rivals: int
    texts: Sequence[Texts]
    signals: Floats
    ages: Floats
    unit_scores: Floats


def look_closely(  # noqa: PLR0913, PLR0917  # the parts of one search
    segments: Sequence[Segment],
    found: Sequence[Found],
    rivals: int,
    query: QueryTerms,
    idf_of: Callable[[str], float],
    weights: RankingWeights,
    as_of: date | None,
) -> Look:
    """Measure every signal of every candidate; `found` is not empty."""
    texts = read_texts(segments, found)
    seen = measure(texts, len(found), query, weights.passages)
    signals = np.zeros((len(_KINDS), len(found)))
    measured = {
        "article": np.array([one.score for one in found]),
        "title": seen.title,
        "passage": seen.passage,
        "bigram": seen.bigram,
        "nearness": seen.nearness,
        "quality": read_column(segments, found, "qualities") / 1000.0,
    }
    for kind, values in measured.items():
        signals[_KINDS.index(kind)] = values
    look = Look(found, rivals, texts, signals, _ages(segments, found, as_of), seen.units)
    before = score(look, weights.mix, weights.recency)
    before[rivals:] = 0.0
    feedback = measure_feedback(texts, before, set(query.terms), idf_of, weights.feedback)
    signals[_KINDS.index("feedback")] = feedback
    return look


def score(look: Look, mix: MixWeights, recency: RecencyWeights) -> Floats:
    """Add up the signals by their weights, times the factor for the article's age.

    Rounded, so that like articles score alike in whatever order a processor adds.
    """
    w = recency
    factor = scoring.recency(look.ages, w.gain, w.days, w.steepness, w.later)
    scores: Floats = np.round(np.array(astuple(mix)) @ look.signals * factor, 9)
    scores[look.rivals :] = np.minimum(scores[look.rivals :], scores[: look.rivals].min())
    return scores


def read_column(segments: Sequence[Segment], found: Sequence[Found], name: str) -> Floats:
    """Read what the segments store of each candidate under this name."""
    return np.array([segments[one.segment].arrays[name][one.number] for one in found], np.float64)


def _ages(segments: Sequence[Segment], found: Sequence[Found], as_of: date | None) -> Floats:
    if as_of is None:
        return np.full(len(found), np.nan)
    published = read_column(segments, found, "published")
    days = np.where(published == UNDATED, np.nan, np.floor(published / _SECONDS_A_DAY))
    return as_of.toordinal() - _EPOCH_DAY - days
