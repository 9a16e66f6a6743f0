"""Grouping by likeness: average linkage, and the odd one left out of each group."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class GroupBounds:
    """What a group of reports spans: its first and last day, its size, and its outlet.

    `outlet` is "" where several outlets tell it; `first` and `last` are days since 1970 or nan.
    """

    first: float
    last: float
    size: int
    outlet: str

    def may_join(self, other: GroupBounds) -> bool:
        """Whether both may be about one event by their days, their outlets and their sizes."""
        if max(self.size, other.size) < WEIGHTS.crowd:
            return False
        if self.outlet and self.outlet == other.outlet:
            return False
        gap = max(self.first - other.last, other.first - self.last)
        span = max(self.last, other.last) - min(self.first, other.first)
        return gap <= WEIGHTS.event_gap and span <= WEIGHTS.event_span  # never of a day unknown

    def join(self, other: GroupBounds) -> GroupBounds:
        """The bounds of both together."""
        outlet = self.outlet if self.outlet == other.outlet else ""
        size = self.size + other.size
        return GroupBounds(min(self.first, other.first), max(self.last, other.last), size, outlet)


def bound_group(days: Sequence[float], outlets: Sequence[str]) -> GroupBounds:
    """The bounds of reports that came on these days from these outlets."""
    outlet = outlets[0] if len(set(outlets)) == 1 else ""
    return GroupBounds(min(days), max(days), len(days), outlet)


def subtract_background(products: Matrix, sizes: Sequence[int]) -> Matrix:
    """The inner products of groups, less a part of what all of them say.

    What is said of a thing in every story about it ties no two of them together, whether the rest
    of the coverage is about that thing too or about others. The background is the mean of what the
    groups say, each counted once, `background_groups` others that say nothing of it counted with
    them; `background_share` of it is taken off each report (cf. the centring of kernel matrices,
    Schölkopf et al. 1998).
    """
    size = np.asarray(sizes, dtype=float)
    weights = WEIGHTS.background_share / size / (len(size) + WEIGHTS.background_groups)
    shared = products @ weights
    across = np.outer(shared, size)
    rest: Matrix = products - across - across.T + (weights @ shared) * np.outer(size, size)
    return rest


def join_groups(products: Matrix, barred: Matrix, bounds: Sequence[GroupBounds]) -> list[list[int]]:
    """Join groups that tell one event: what they say on the whole is alike, in near days.

    Average linkage parts the many reports of a large event by what they dwell on; the sums of their
    tf-idf vectors do not. `products` holds the inner products of these sums, and `barred` for how
    many of their pairs the headlines say that they are two. Groups join, the likest first, down to
    a cosine of `same_event`, unless most of their pairs are barred. Each is in one list. Only what
    tells them from the groups around counts: see `subtract_background`.
    """
    joined: list[list[int]] = [[n] for n in range(len(bounds))]
    products = subtract_background(products.astype(float), [each.size for each in bounds])
    bounds, barred = list(bounds), barred.astype(float)
    refused = np.eye(len(bounds), dtype=bool)
    while joined:
        lengths = np.sqrt(np.maximum(products.diagonal(), 1e-9))
        likeness = products / lengths / lengths[:, None]
        likeness[refused] = _NONE
        left, right = divmod(int(likeness.argmax()), len(joined))
        if likeness[left, right] < WEIGHTS.same_event:
            break
        most = bounds[left].size * bounds[right].size / 2
        alone = 1 in (bounds[left].size, bounds[right].size)
        few = alone and likeness[left, right] < WEIGHTS.same_event_alone
        if few or not bounds[left].may_join(bounds[right]) or barred[left, right] > most:
            refused[left, right] = refused[right, left] = True
            continue
        for square in (products, barred):
            square[left] += square[right]
            square[:, left] += square[:, right]
        bounds[left] = bounds[left].join(bounds[right])
        joined[left], joined[right] = joined[left] + joined[right], []
        refused[right], refused[:, right] = True, True
        refused[left] = [not members or n == left for n, members in enumerate(joined)]
        refused[:, left] = refused[left]
    return [group for group in joined if group]
