"""How likely it is that the coverage holds the answer at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retrieval.selection.model import to_probability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.model import Hit
    from retrieval.question import Question
    from retrieval.selection.features import View
    from retrieval.selection.wanted import Wanted

THRESHOLD = 0.0


def estimate_confidence(
    question: Question,
    wanted: Wanted,
    hits: Sequence[Hit],
    view: View,
    scores: NDArray[np.float64],
) -> float:
    return to_probability(float(scores.max(initial=-9)))
