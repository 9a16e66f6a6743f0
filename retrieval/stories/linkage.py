"""Grouping by likeness: average linkage, and the odd one left out of each group."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from retrieval.stories.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retrieval.model import Article
    from retrieval.stories.matrices import Matrix

_NONE = -1.0


def sort_by_time(articles: Iterable[Article]) -> list[Article]:
    """Order by time of publication, undated last, then by id."""
    latest = datetime.max.replace(tzinfo=UTC)
    return sorted(articles, key=lambda a: (a.published or latest, a.id))


def link_on_average(probabilities: Matrix, threshold: float) -> list[list[int]]:
    """Group rows by average linkage (Sokal and Michener 1958) down to a mean probability.

    A row joins a group for its likeness to all of it, so that one odd pair does not chain two
    stories together. Every row stands in one group.
    """
    groups = [[n] for n in range(len(probabilities))]
    mean = probabilities.astype(float)
    np.fill_diagonal(mean, _NONE)
    while True:
        left, right = divmod(int(mean.argmax()), len(mean))
        if mean[left, right] < threshold:
            return [group for group in groups if group]
        sizes = len(groups[left]), len(groups[right])
        joint = (mean[left] * sizes[0] + mean[right] * sizes[1]) / sum(sizes)
        joint[(mean[left] == _NONE) | (mean[right] == _NONE)] = _NONE
        mean[left], mean[:, left] = joint, joint
        mean[right], mean[:, right] = _NONE, _NONE
        groups[left] += groups[right]
        groups[right] = []


def leave_out_odd(group: Sequence[int], kinship: Matrix) -> list[int]:
    """Leave out, worst first, the rows that are far less akin to the others than these are.

    A probability does not tell them apart: it is near 1 for all that is much alike. Likeness beyond
    `close` counts as that, so that two copies do not make a third report look odd.
    """
    kept = list(group)
    close = np.minimum(kinship, WEIGHTS.close)
    while len(kept) > 2:  # noqa: PLR2004  # of two, neither is the odd one
        part = close[np.ix_(kept, kept)]
        np.fill_diagonal(part, 0)
        sums, others = part.sum(axis=1), len(kept) - 1
        worst = int(sums.argmin())
        rest = (sums.sum() - 2 * sums[worst]) / (others * (others - 1))
        if sums[worst] / others >= WEIGHTS.odd * rest:
            break
        del kept[worst]
    return kept
