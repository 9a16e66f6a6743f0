"""All stories of some days at once, in the time that asking for a few of them one by one takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retrieval.model import Story
from retrieval.stories.linkage import (
    bound_group,
    join_groups,
    leave_out_odd,
    link_on_average,
    sort_by_time,
)
from retrieval.stories.near_duplicates import group_copies
from retrieval.stories.pair_model import (
    count_days,
    find_barred,
    judge_pairs,
    measure_pairs,
    pair_near,
    weigh_terms,
)
from retrieval.stories.profiles import measure_rarity, profile_article
from retrieval.stories.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scipy.sparse import csr_array

    from retrieval.index import Snapshot
    from retrieval.model import Article
    from retrieval.stories.matrices import Floats, Matrix, Places
    from retrieval.stories.pair_model import Pairs
    from retrieval.stories.profiles import Profile


def group_stories(snapshot: Snapshot, articles: Sequence[Article]) -> list[Story]:
    """Part dated articles, earliest first, into stories; each stands in one.

    Judged as `StoryFinder` judges, but each article among all the others: so a story may differ in
    an odd report from the one that is found for one of its articles.
    """
    if not articles:
        return []
    profiles = [profile_article(article) for article in articles]
    pairs = pair_near(weigh_terms(profiles, measure_rarity(snapshot)), count_days(profiles))
    features = measure_pairs(profiles, pairs)
    probabilities = judge_pairs(profiles, pairs, features)
    return [
        Story(members, group_copies(members))
        for places in _join(list(_link(pairs, probabilities, features["kinship"])), pairs, profiles)
        if (members := tuple(sort_by_time(articles[place] for place in places)))
    ]


def _link(pairs: Pairs, probabilities: Floats, kinship: Floats) -> Iterator[list[int]]:
    """Group by average linkage among those that any chain of likely pairs holds together."""
    from scipy.sparse import csr_array  # noqa: PLC0415  # slow to import, and not for a question
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  # as above

    square = (pairs.size, pairs.size)
    likely = probabilities >= WEIGHTS.same_story
    edges = (pairs.left[likely], pairs.right[likely])
    graph = csr_array((np.ones(len(edges[0])), edges), square)
    _, part = connected_components(graph, directed=False)
    known = csr_array((probabilities, (pairs.left, pairs.right)), square)
    akin = csr_array((kinship, (pairs.left, pairs.right)), square)
    order = np.argsort(part, kind="stable")
    for places in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
        if len(places) == 1:
            yield places.tolist()
            continue
        close = _square(akin, places)
        for group in link_on_average(_square(known, places), WEIGHTS.same_story):
            kept = leave_out_odd(group, close)
            yield places[kept].tolist()
            yield from ([int(places[odd])] for odd in group if odd not in kept)


def _join(
    parts: Sequence[Sequence[int]], pairs: Pairs, profiles: Sequence[Profile]
) -> Iterator[list[int]]:
    """Join the groups that tell one event, as `join_groups` does, those that come into question."""
    from scipy.sparse import csr_array, eye_array  # noqa: PLC0415  # as above
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  # as above

    part = np.repeat(np.arange(len(parts)), [len(places) for places in parts])
    member = csr_array(
        (np.ones(len(part)), (np.concatenate(parts), part)), (pairs.size, len(parts))
    )

    def add_up(values: Floats, own: float) -> csr_array:
        upper = csr_array((values, (pairs.left, pairs.right)), (pairs.size, pairs.size))
        return member.T @ (upper + upper.T + own * eye_array(pairs.size)) @ member

    products = add_up(pairs.cosine, 1.0).tocsr()
    barred = add_up(find_barred(profiles, pairs).astype(np.float64), 0.0).tocsr()
    lengths = np.sqrt(products.diagonal())
    near = products.tocoo()
    likely = near.data / lengths[near.row] / lengths[near.col] >= WEIGHTS.worth_joining
    graph = csr_array((near.data[likely], (near.row[likely], near.col[likely])), near.shape)
    days = count_days(profiles)
    _, circle = connected_components(graph, directed=False)
    order = np.argsort(circle, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(circle[order])) + 1):
        bounds = [
            bound_group(days[parts[n]].tolist(), [profiles[place].outlet for place in parts[n]])
            for n in group
        ]
        product, bar = (square[group][:, group].toarray() for square in (products, barred))
        for joined in join_groups(product, bar, bounds):
            yield [place for n in joined for place in parts[group[n]]]


def _square(upper: csr_array, places: Places) -> Matrix:
    """Return what an upper triangle says of the pairs of some places."""
    half: Matrix = upper[places][:, places].toarray()
    return half + half.T
