"""How well confidence tells questions that the coverage answers from those it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scipy.stats import rankdata

if TYPE_CHECKING:
    from collections.abc import Sequence


def abstain_auroc(covered: Sequence[float], uncovered: Sequence[float]) -> float | None:
    """The chance that a covered question has the higher confidence, ties counting one half.

    This is the area under the ROC curve, by ranks (Mann and Whitney 1947); none where a side is
    empty.
    """
    if not covered or not uncovered:
        return None
    ranks = rankdata([*covered, *uncovered])[: len(covered)]
    count = len(covered)
    return float((ranks.sum() - count * (count + 1) / 2) / (count * len(uncovered)))
