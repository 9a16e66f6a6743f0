"""All stories of some days at once, in the time that asking for a few of them one by one takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.model import Story
from retrieval.stories.finding import (
    DAYS_AROUND,
    SAME_STORY,
    leave_out_odd,
    link_on_average,
    sort_by_time,
)
from retrieval.stories.near_duplicates import group_copies
from retrieval.stories.pair_model import (
    COMPANY,
    DISCORD,
    FAINT,
    MOST_NUMBERS,
    NAME_WEIGHT,
    NEIGHBOURS,
    STEPS,
    WALK_ON,
    load_model,
    measure_rarity,
    profile_article,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from retrieval.index import Snapshot
    from retrieval.model import Article
    from retrieval.stories.pair_model import Matrix, Profile

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

_DAY = 86400.0  # seconds
_ROWS = 64  # compared at once with those of the days around


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of articles by their places, left before right, with their likeness."""

    left: Places
    right: Places
    cosine: Floats


def group_stories(snapshot: Snapshot, articles: Sequence[Article]) -> list[Story]:
    """Part dated articles, earliest first, into stories; each stands in one.

    Judged as `find_story` judges, but each article among all the others: so a story may differ in
    an odd report from the one that is found for one of its articles.
    """
    if not articles:
        return []
    profiles = [profile_article(article) for article in articles]
    times = np.array([a.published.timestamp() / _DAY for a in articles if a.published])
    pairs = _find_pairs(_weigh(profiles, measure_rarity(snapshot)), times)
    probabilities, kinship = _judge(profiles, times, pairs)
    return [
        Story(members, group_copies(members))
        for places in _link(pairs, probabilities, kinship, len(articles))
        if (members := tuple(sort_by_time(articles[place] for place in places)))
    ]


def _weigh(profiles: Sequence[Profile], rarity: Callable[[str], float]) -> csr_array:
    """Return tf-idf rows of length 1, as the comparison of a few articles weighs them."""
    from scipy.sparse import csr_array  # noqa: PLC0415  # slow to import, and not for a question

    columns: dict[str, int] = {}
    of = [columns.setdefault(term, len(columns)) for p in profiles for term in p.counts]
    column = np.array(of, np.int64)
    row = np.repeat(np.arange(len(profiles)), [len(p.counts) for p in profiles])
    inside = np.concatenate([np.empty(0), *(p.inside for p in profiles)])
    lower = np.concatenate([np.empty(0), *(p.lower for p in profiles)])
    names = np.bincount(column, inside) > np.bincount(column, lower)
    rare = np.fromiter(map(rarity, columns), np.float64, len(columns))
    weights = np.concatenate([np.empty(0), *(p.weights for p in profiles)]) * rare[column]
    weights[names[column] & (lower == 0)] *= NAME_WEIGHT
    lengths = np.sqrt(np.bincount(row, weights**2, len(profiles)))
    return csr_array((weights / lengths[row], (row, column)), (len(profiles), len(columns)))


def _find_pairs(rows: csr_array, times: Floats) -> _Pairs:
    """Find the articles of DAYS_AROUND that share anything to speak of."""
    found = []
    for start in range(0, len(times), _ROWS):
        end = min(start + _ROWS, len(times))
        last = int(times.searchsorted(times[end - 1] + DAYS_AROUND, "right"))
        likeness = (rows[start:end] @ rows[start:last].T).tocoo()
        left, right = likeness.row + start, likeness.col + start
        kept = (
            (likeness.data > FAINT) & (left < right) & (times[right] - times[left] <= DAYS_AROUND)
        )
        found.append((left[kept], right[kept], likeness.data[kept]))
    left, right, cosine = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return _Pairs(left, right, cosine.clip(0, 1))


def _judge(profiles: Sequence[Profile], times: Floats, pairs: _Pairs) -> tuple[Floats, Floats]:
    """Return for each pair the probability that both report one event, and their kinship."""
    model = load_model()
    of = [(profiles[i], profiles[j]) for i, j in zip(pairs.left, pairs.right, strict=True)]
    differing = np.array([_count_differing(one, other) for one, other in of])
    walk = _compare_walks(pairs, pairs.cosine * np.exp(-DISCORD * differing), len(profiles))
    kinship = np.sqrt(pairs.cosine * walk)
    features = {
        "kinship": kinship,
        "shared_numbers": np.array(
            [min(len(one.numbers & other.numbers), MOST_NUMBERS) for one, other in of]
        ),
        "differing_quantities": differing,
        "differing_weekdays": np.array(
            [
                bool(one.weekdays and other.weekdays and not one.weekdays & other.weekdays)
                for one, other in of
            ]
        ),
    }
    logit = sum(weight * features[name] for name, weight in model.weights.items())
    days = np.abs(times[pairs.left] - times[pairs.right])
    logit = logit + model.intercept + model.near + model.per_day * days
    return 1 / (1 + np.exp(-logit)), kinship


def _count_differing(one: Profile, other: Profile) -> int:
    units = {unit for unit, _ in one.counted} & {unit for unit, _ in other.counted}
    return min(max(len(units) - len(one.counted & other.counted), 0), MOST_NUMBERS)


def _compare_walks(pairs: _Pairs, likeness: Floats, size: int) -> Floats:
    """Compare where random walks from both articles of each pair lead, as `walk_similarity`."""
    from scipy.sparse import diags_array, eye_array  # noqa: PLC0415  # as above

    near = _keep_nearest(pairs, likeness - FAINT, size)
    near = diags_array(1 / np.maximum(near.sum(axis=1), COMPANY)) @ near
    reached = home = eye_array(size, format="csr")
    for _ in range(STEPS):
        reached = (1 - WALK_ON) * home + WALK_ON * (reached @ near)
    reached = diags_array(1 / np.sqrt(reached.power(2).sum(axis=1))) @ reached
    alike: Floats = reached[pairs.left].multiply(reached[pairs.right]).sum(axis=1)
    return alike.clip(0, 1)


def _keep_nearest(pairs: _Pairs, likeness: Floats, size: int) -> csr_array:
    """Return the likeness of each article to its NEIGHBOURS nearest, a row an article."""
    from scipy.sparse import csr_array  # noqa: PLC0415  # as above

    row = np.concatenate([pairs.left, pairs.right])
    column = np.concatenate([pairs.right, pairs.left])
    value = np.concatenate([likeness, likeness])
    order = np.lexsort((-value, row))
    row, column, value = row[order], column[order], value[order]
    rank = np.arange(len(row)) - row.searchsorted(row)
    kept = (rank < NEIGHBOURS) & (value > 0)
    return csr_array((value[kept], (row[kept], column[kept])), (size, size))


def _link(pairs: _Pairs, probabilities: Floats, kinship: Floats, size: int) -> Iterator[list[int]]:
    """Group by average linkage among those that any chain of likely pairs holds together."""
    from scipy.sparse import csr_array  # noqa: PLC0415  # as above
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  # as above

    likely = probabilities >= SAME_STORY
    edges = (pairs.left[likely], pairs.right[likely])
    graph = csr_array((np.ones(len(edges[0])), edges), (size, size))
    _, part = connected_components(graph, directed=False)
    known = csr_array((probabilities, (pairs.left, pairs.right)), (size, size))
    akin = csr_array((kinship, (pairs.left, pairs.right)), (size, size))
    order = np.argsort(part, kind="stable")
    for places in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
        if len(places) == 1:
            yield places.tolist()
            continue
        close = _square(akin, places)
        for group in link_on_average(_square(known, places), SAME_STORY):
            kept = leave_out_odd(group, close)
            yield places[kept].tolist()
            yield from ([int(places[odd])] for odd in group if odd not in kept)


def _square(upper: csr_array, places: Places) -> Matrix:
    """Return what an upper triangle says of the pairs of some places."""
    half: Matrix = upper[places][:, places].toarray()
    return half + half.T
