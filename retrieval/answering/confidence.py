"""How likely it is that the coverage holds the answer: by the evidence, never by its age."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answering.features import FEATURES
from retrieval.answering.logistic import read_model, to_probability
from retrieval.answering.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.answering.features import SentenceFeatures

# Of the best sentence, then of the best that any sentence has, then of all.
_OF_BEST = (
    "carried", "own", "attribute", "attribute_near", "entity", "entity_own", "missing", "slot",
    "no_slot", "slot_near", "slot_distance", "counted", "headline", "above", "pairs", "furniture",
    "vote_fit",
)  # fmt: skip
_OF_ANY = ("carried", "own", "with_four", "title")
CONFIDENCE = (
    *_OF_BEST, *(f"any_{name}" for name in _OF_ANY),
    "score", "lead_of_score", "asked_of_names", "known", "size",
)  # fmt: skip
_COLUMN = {name: at for at, name in enumerate(FEATURES)}
_FEW = 12  # in fewer articles there are no fewer matches by chance


def estimate_confidence(
    seen: SentenceFeatures,
    scores: NDArray[np.float64],
    order: Sequence[int],
    articles: int,
    language: str = "en",
) -> float:
    """The probability, 0 to 1; 0 where there is no sentence to show.

    `language` is that of the question: the model was trained on English.
    """
    if not len(order):
        return 0.0
    row = confidence_features(seen, scores, order, articles)
    own = {"en": 0.0, "de": WEIGHTS.german, "zh": WEIGHTS.chinese}.get(language, WEIGHTS.foreign)
    log_odds = float(read_model("confidence_model", CONFIDENCE).log_odds(row))
    return to_probability(log_odds + own)


def confidence_features(
    seen: SentenceFeatures, scores: NDArray[np.float64], order: Sequence[int], articles: int
) -> NDArray[np.float64]:
    """One row with the columns `CONFIDENCE`, of the sentences in `order`, the best first."""
    matrix, best = seen.matrix, order[0]
    row = {name: float(matrix[best, _COLUMN[name]]) for name in _OF_BEST}
    row |= {f"any_{name}": float(matrix[:, _COLUMN[name]].max()) for name in _OF_ANY}
    others = [float(scores[other]) for other in order[1:6]]
    row["score"] = float(scores[best])
    row["lead_of_score"] = float(scores[best]) - (sum(others) / len(others) if others else 0.0)
    row["asked_of_names"] = float(seen.asked_of_names[best])
    row["known"] = math.log1p(float(matrix[best, _COLUMN["carried"]]) * seen.asked)
    row["size"] = math.log(max(articles, _FEW))
    return np.array([row[name] for name in CONFIDENCE])
