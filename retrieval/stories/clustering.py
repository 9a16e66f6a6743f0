"""All stories of some days at once, in the time that asking for a few of them one by one takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retrieval.model import Story
from retrieval.stories.linkage import leave_out_odd, link_on_average, sort_by_time
from retrieval.stories.near_duplicates import group_copies
from retrieval.stories.pair_model import (
    count_days,
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
        for places in _link(pairs, probabilities, features["kinship"])
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


def _square(upper: csr_array, places: Places) -> Matrix:
    """Return what an upper triangle says of the pairs of some places."""
    half: Matrix = upper[places][:, places].toarray()
    return half + half.T
