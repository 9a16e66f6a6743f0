"""Which articles tell one story, who had it first, and who copied whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from retrieval.model import Filters, Story, StorySummary, Window
from retrieval.stories.attribution import names_as_source
from retrieval.stories.near_duplicates import group_copies
from retrieval.stories.pair_model import (
    compare_all,
    load_model,
    measure_rarity,
    profile_article,
    same_story_probabilities,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retrieval.index import Snapshot
    from retrieval.model import Article
    from retrieval.stories.pair_model import Matrix

DAYS_AROUND = 7
CANDIDATES = 40
SAME_STORY = 0.58
CLOSE, ODD = 0.65, 0.6
_QUERY_TERMS = 24
# Reports without a day that are looked at for a story, and sources of one that are looked up.
_UNDATED, _SOURCES = 8, 3
_NONE = -1.0
STORIES_KEPT = 256
_kept: WeakKeyDictionary[Snapshot, dict[Article, Story]] = WeakKeyDictionary()
_keeping = Lock()


def find_story(snapshot: Snapshot, article: Article) -> Story:
    """Return the articles that report the same event as this one, itself among them.

    A dated article is compared with those of DAYS_AROUND days before and after and with those that
    have no day, an undated one with all. Days that are near count for a story, and a day that is
    known of one article only against, unless the other names its outlet as the source.
    The last STORIES_KEPT stories of a snapshot are remembered for as long as it is in use.
    """
    with _keeping:
        kept = _kept.setdefault(snapshot, {})
        story = kept.get(article)
    if story is None:
        story = _find_story(snapshot, article)
        with _keeping:
            kept[article] = story
            if len(kept) > STORIES_KEPT:
                del kept[next(iter(kept))]
    return story


def _find_story(snapshot: Snapshot, article: Article) -> Story:
    found, probabilities, kinship = _compare(snapshot, article)
    group = next(g for g in link_on_average(probabilities, SAME_STORY) if 0 in g)
    kept = leave_out_odd(group, kinship)
    members = [found[n] for n in (kept if 0 in kept else [0])]
    if snapshot.undated:
        members = _join_undated(snapshot, members, found)
    ordered = tuple(sort_by_time(members))
    return Story(ordered, group_copies(ordered))


def _join_undated(
    snapshot: Snapshot, members: list[Article], found: Sequence[Article]
) -> list[Article]:
    """Bring a dated story and the reports without a day that belong to it together.

    A near copy belongs to it. So does a report that names an outlet of the story as its source, if
    it would but for its missing day.
    """
    seed = found[0]
    if seed.day is None:
        sources = (a for a in found if a.day and names_as_source(seed, [a.outlet]))
        dated = dict.fromkeys([*(a for a in members if a.day), *islice(sources, _SOURCES)])
        stories = (find_story(snapshot, other).articles for other in dated)
        alone = [member for member in members if member.day is None]
        return next((list(told) for told in stories if seed in told), alone)
    among = [*found, *find_neighbours(snapshot, seed, Filters(undated=True), _UNDATED)]
    profiles = [profile_article(article) for article in among]
    features = compare_all(profiles, measure_rarity(snapshot))
    told = [among.index(member) for member in members]
    model, outlets = load_model(), {member.outlet for member in members}
    doubted, believed = (
        same_story_probabilities(features, profiles, one)[:, told].mean(axis=1) >= SAME_STORY
        for one in (model, replace(model, one_dated=0.0))
    )
    return members + [
        article
        for n, article in enumerate(among)
        if article.day is None
        and (doubted[n] or (believed[n] and names_as_source(article, outlets)))
    ]


def rank_reports(snapshot: Snapshot, article: Article) -> list[tuple[Article, float]]:
    """Return the neighbours with the probability that they report the same event, best first."""
    found, probabilities, _ = _compare(snapshot, article)
    pairs = zip(found[1:], probabilities[0, 1:].tolist(), strict=True)
    return sorted(pairs, key=lambda pair: -pair[1])


def _compare(snapshot: Snapshot, article: Article) -> tuple[list[Article], Matrix, Matrix]:
    found = [article, *find_neighbours(snapshot, article)]
    profiles = [profile_article(a) for a in found]
    features = compare_all(profiles, measure_rarity(snapshot))
    return found, same_story_probabilities(features, profiles, load_model()), features["kinship"]


def summarise_story(story: Story, article: Article) -> StorySummary:
    """Say who else tells the story; `copies` counts the reprints beyond each original.

    `first` is the outlet of the earliest dated report, "" where none has a day.
    """
    others = tuple(o for o in story.outlets if o != article.outlet)
    copies = sum(len(group.articles) - 1 for group in story.copies)
    first = next((a.outlet for a in story.articles if a.published), "")
    return StorySummary(others, copies, first)


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
    CLOSE counts as CLOSE, so that two copies do not make a third report look odd.
    """
    kept = list(group)
    close = np.minimum(kinship, CLOSE)
    while len(kept) > 2:  # noqa: PLR2004  # of two, neither is the odd one
        part = close[np.ix_(kept, kept)]
        np.fill_diagonal(part, 0)
        sums, others = part.sum(axis=1), len(kept) - 1
        worst = int(sums.argmin())
        rest = (sums.sum() - 2 * sums[worst]) / (others * (others - 1))
        if sums[worst] / others >= ODD * rest:
            break
        del kept[worst]
    return kept


def find_neighbours(
    snapshot: Snapshot, article: Article, filters: Filters | None = None, limit: int = CANDIDATES
) -> list[Article]:
    """Return the articles that share most with this one's title and lead, the nearest first.

    Those of the days around a dated one, unless filters say which.
    """
    if filters is None and article.day is not None:
        around = timedelta(days=DAYS_AROUND)
        filters = Filters(window=Window(article.day - around, article.day + around))
    rarity = measure_rarity(snapshot)
    counts = profile_article(article).counts
    rarest = sorted(counts, key=lambda term: (-counts[term] * rarity(term), term))
    return snapshot.nearest(
        rarest[:_QUERY_TERMS],
        filters=filters or Filters(),
        limit=limit,
        exclude=frozenset({article.id}),
    )
