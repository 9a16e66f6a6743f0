"""How likely it is that two articles report one event, judged among the articles around them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from retrieval.stories.matrices import (
    FEW,
    build_rows,
    find_products,
    multiply_pairs,
    sum_powers,
)
from retrieval.stories.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Mapping, Sequence

    from retrieval.stories.matrices import Floats, Matrix, Places, Rows
    from retrieval.stories.profiles import Marks, Profile

FEATURES = (
    "kinship",
    "shared_numbers",
    "differing_quantities",
    "differing_weekdays",
)
_DAY = 86400.0  # seconds
_MOST_LOGIT = 500.0  # exp() of much more is no number
_TIED = 1e-12  # neighbours as near as the last one go with it
_BLOCK = 64  # rows compared at once with those of the days around


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of `size` profiles by their places, left before right, with the cosine of each."""

    left: Places
    right: Places
    cosine: Floats
    size: int

    def to_square(self, values: Floats, own: float = 1.0) -> Matrix:
        """Lay a value a pair out as a square matrix, zero for all others and `own` on its axis."""
        square: Matrix = np.zeros((self.size, self.size))
        square[self.left, self.right] = values
        square[self.right, self.left] = values
        np.fill_diagonal(square, own)
        return square


@dataclass(frozen=True, slots=True)
class StoryModel:
    """A logistic model over FEATURES.

    `near` and `per_day` weigh the distance of two dated articles.
    """

    weights: Mapping[str, float]
    intercept: float
    near: float
    per_day: float


@cache
def load_model() -> StoryModel:
    """Read the shipped weights; retrieval/evaluation/stories_training.py makes them."""
    return StoryModel(
        **json.loads(files(__package__).joinpath("story_model.json").read_text("utf-8"))
    )


def weigh_terms(
    profiles: Sequence[Profile], rarity: Callable[[str], float], few: int = FEW
) -> Rows:
    """Return tf-idf vectors of length 1, a row a profile; names weigh more.

    Names are the terms more often written with a capital than small, in these profiles. A term that
    one article alone holds has part in the length, but no column.
    """
    columns: dict[str, int] = {}
    of = [columns.setdefault(term, len(columns)) for p in profiles for term in p.counts]
    column = np.array(of, np.int64)
    row = np.repeat(np.arange(len(profiles)), [len(p.counts) for p in profiles])
    inside, lower = _join([p.inside for p in profiles]), _join([p.lower for p in profiles])
    names = np.bincount(column, inside) > np.bincount(column, lower)
    rare = np.fromiter(map(rarity, columns), np.float64, len(columns))
    weights = _join([p.weights for p in profiles]) * rare[column]
    weights[names[column] & (lower == 0)] *= WEIGHTS.name
    lengths = np.sqrt(np.bincount(row, weights**2, len(profiles)))
    shared = np.bincount(column, minlength=len(columns)) > 1
    kept, places = shared[column], np.cumsum(shared) - 1
    return build_rows(
        weights[kept] / lengths[row[kept]],
        row[kept],
        places[column[kept]],
        (len(profiles), int(shared.sum())),
        few,
    )


def _join(parts: Sequence[Floats] | Sequence[Marks]) -> Floats:
    joined: Floats = np.concatenate([*parts, np.empty(0)])
    return joined


def pair_all(rows: Rows) -> Pairs:
    """Pair every row with every other one."""
    left, right = np.triu_indices(rows.shape[0], 1)
    return Pairs(left, right, multiply_pairs(rows, left, right).clip(0, 1), rows.shape[0])


def pair_near(rows: Rows, days: Floats) -> Pairs:
    """Pair the rows of `days_around`, earliest first, that share anything to speak of."""
    found = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))]
    for start in range(0, len(days), _BLOCK):
        end = min(start + _BLOCK, len(days))
        last = int(days.searchsorted(days[end - 1] + WEIGHTS.days_around, "right"))
        left, right, cosine = find_products(rows, start, end, last)
        near = days[right] - days[left] <= WEIGHTS.days_around
        kept = (cosine > WEIGHTS.min_cosine) & (left < right) & near
        found.append((left[kept], right[kept], cosine[kept]))
    left, right, cosine = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Pairs(left, right, cosine.clip(0, 1), len(days))


def measure_pairs(
    profiles: Sequence[Profile], pairs: Pairs, few: int = FEW
) -> Mapping[str, Floats]:
    """Return a value a pair for each of FEATURES.

    Kinship is the geometric mean of what two articles say alike and of whom they stand among: an
    odd article has its nearest neighbours too, and a sister story has the words. Among neighbours
    every quantity that differs takes the factor exp(-`quantity_penalty`) off the cosine.
    """
    numbers = _compare_numbers(profiles, pairs, few)
    penalty = np.exp(-WEIGHTS.quantity_penalty * numbers["differing_quantities"])
    walk = compare_walks(pairs, pairs.cosine * penalty, few)
    return {"kinship": np.sqrt(pairs.cosine * walk), **numbers}


def compare_walks(pairs: Pairs, likeness: Floats, few: int = FEW) -> Floats:
    """Compare where random walks with restart from two articles lead (Tong et al. 2006).

    A walk goes on to one of the nearest `neighbours` with `continue_probability`, else back to its
    start; so two short texts with few words in common are near when their neighbours are one
    circle, and sister stories with much in common are not. It stays more often where all the
    neighbours are far: an article that stands alone has nearest neighbours too.
    """
    home = np.arange(pairs.size)
    square = (pairs.size, pairs.size)
    near = build_rows(*_find_nearest(pairs, likeness), square, few)
    reached = sum_powers(near, WEIGHTS.continue_probability, WEIGHTS.walk_length)
    left, right = np.concatenate([home, pairs.left]), np.concatenate([home, pairs.right])
    products = multiply_pairs(reached, left, right)
    lengths, alike = np.sqrt(products[: pairs.size]), products[pairs.size :]
    together: Floats = alike / np.maximum(lengths[pairs.left] * lengths[pairs.right], 1e-9)
    return together.clip(0, 1)


def _find_nearest(pairs: Pairs, likeness: Floats) -> tuple[Floats, Places, Places]:
    """Return how a walk goes on from each article to its nearest `neighbours`: share, from, to."""
    row = np.concatenate([pairs.left, pairs.right])
    column = np.concatenate([pairs.right, pairs.left])
    value = np.concatenate([likeness, likeness]) - WEIGHTS.min_cosine
    order = np.lexsort((-value, row))
    row, column, value = row[order], column[order], value[order]
    starts = row.searchsorted(np.arange(pairs.size))
    last = starts + np.minimum(np.bincount(row, minlength=pairs.size), WEIGHTS.neighbours) - 1
    kept = (value >= value[last[row]] - _TIED) & (value > 0)
    row, column, value = row[kept], column[kept], value[kept]
    degree = np.bincount(row, value, pairs.size)
    return value / np.maximum(degree, WEIGHTS.min_degree)[row], row, column


def _compare_numbers(profiles: Sequence[Profile], pairs: Pairs, few: int) -> Mapping[str, Floats]:
    def count_shared(sets: Sequence[Collection[Hashable]]) -> Floats:
        return multiply_pairs(_mark(sets, few), pairs.left, pairs.right)

    units = count_shared([{unit for unit, _ in profile.counted} for profile in profiles])
    counts = count_shared([profile.counted for profile in profiles])
    weekdays = [profile.weekdays for profile in profiles]
    known = np.array([bool(names) for names in weekdays], np.bool_)
    both = known[pairs.left] & known[pairs.right]
    numbers = count_shared([profile.numbers for profile in profiles])
    return {
        "shared_numbers": np.minimum(numbers, WEIGHTS.most_numbers),
        "differing_quantities": np.clip(units - counts, 0, WEIGHTS.most_numbers),
        "differing_weekdays": (both & (count_shared(weekdays) == 0)).astype(np.float64),
    }


def _mark(sets: Sequence[Collection[Hashable]], few: int) -> Rows:
    """Return a row of zeros and ones for each set, a column for each member of any."""
    columns: dict[Hashable, int] = {}
    of = [columns.setdefault(member, len(columns)) for members in sets for member in members]
    row = np.repeat(np.arange(len(sets)), [len(members) for members in sets])
    column = np.array(of, np.int64)
    return build_rows(np.ones(len(of)), row, column, (len(sets), len(columns)), few)


def judge_pairs(
    profiles: Sequence[Profile],
    pairs: Pairs,
    features: Mapping[str, Floats],
    doubted: Marks | None = None,
) -> Floats:
    """Return for each pair the probability, 0 to 1, that both report one event.

    `features` are those that `measure_pairs` returns for them. Pairs that are `doubted` or barred
    by their headlines have the probability 0.
    """
    model = load_model()
    logit = model.intercept + weigh_days(profiles, pairs, model)
    for name, weight in model.weights.items():
        logit = logit + weight * features[name]
    again = find_same_outlet(profiles, pairs) & (pairs.cosine < WEIGHTS.one_text)
    logit = logit + WEIGHTS.same_outlet * again
    probabilities: Floats = 1 / (1 + np.exp(np.minimum(-logit, _MOST_LOGIT)))
    barred = find_barred(profiles, pairs)
    return np.where(barred if doubted is None else barred | doubted, 0.0, probabilities)


def find_barred(profiles: Sequence[Profile], pairs: Pairs, few: int = FEW) -> Marks:
    """Whether the headlines of a pair say that they are two, whatever the texts have in common.

    Two of a series are: two versions, two numbers of one thing, two days of one outlet. One that
    gathers several stories belongs to none of them, unless both are one text.
    """
    series = _mark([{of for of, _ in profile.editions} for profile in profiles], few)
    places = _mark([profile.editions for profile in profiles], few)
    others = multiply_pairs(series, pairs.left, pairs.right) - multiply_pairs(
        places, pairs.left, pairs.right
    )
    gathers = np.array([profile.gathers for profile in profiles], np.bool_)
    gathered = gathers[pairs.left] | gathers[pairs.right]
    barred: Marks = (others > 0) | (gathered & (pairs.cosine < WEIGHTS.one_text))
    return barred


def find_doubted(profiles: Sequence[Profile], pairs: Pairs, *, dated_coverage: bool) -> Marks:
    """Whether nothing but one text, or a source named, can say that a pair tells one event.

    So it is where one of them has no day, and the other one has or the coverage has days; where
    none has, for two of one outlet and two whose headlines do not number the same.
    """
    dated = ~np.isnan(count_days(profiles))
    both, none = dated[pairs.left] & dated[pairs.right], ~(dated[pairs.left] | dated[pairs.right])
    numbers: dict[Hashable, int] = {}
    of = np.array([numbers.setdefault(p.editions, len(numbers)) for p in profiles], np.int64)
    unlike = (of[pairs.left] != of[pairs.right]) | find_same_outlet(profiles, pairs)
    doubted: Marks = ~both & (~none | unlike | np.bool_(dated_coverage))
    return doubted & (pairs.cosine < WEIGHTS.one_text)


def weigh_days(profiles: Sequence[Profile], pairs: Pairs, model: StoryModel) -> Floats:
    """Return the log-odds that the days of two dated articles add, 0 for others."""
    days = count_days(profiles)
    apart = np.abs(days[pairs.left] - days[pairs.right])
    return np.nan_to_num(model.near + model.per_day * apart)


def find_same_outlet(profiles: Sequence[Profile], pairs: Pairs) -> Marks:
    """Whether one outlet, which has a name, printed both."""
    outlets = np.array([profile.outlet for profile in profiles])
    same: Marks = (outlets[pairs.left] == outlets[pairs.right]) & (outlets[pairs.left] != "")
    return same


def count_days(profiles: Sequence[Profile]) -> Floats:
    """The days of the profiles since 1970, with the hour as a fraction; nan where none is known."""
    return np.array([p.published.timestamp() / _DAY if p.published else np.nan for p in profiles])
