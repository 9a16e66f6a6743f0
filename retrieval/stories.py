"""Which articles tell one story, who had it first, and who copied whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from retrieval.copies import group_copies
from retrieval.model import Filters, Story, StorySummary, Window
from retrieval.similarity import (
    load_model,
    measure_rarity,
    profile_article,
    same_story_probabilities,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.index import Snapshot
    from retrieval.model import Article
    from retrieval.similarity import Matrix

DAYS_AROUND = 7
CANDIDATES = 40
SAME_STORY = 0.58
_QUERY_TERMS = 24
_NONE = -1.0
STORIES_KEPT = 256
_kept: WeakKeyDictionary[Snapshot, dict[Article, Story]] = WeakKeyDictionary()
_keeping = Lock()


def find_story(snapshot: Snapshot, article: Article) -> Story:
    """Return the articles that report the same event as this one, itself among them.

    A dated article is compared with those of DAYS_AROUND days before and after, an undated one with
    all; days that are near count for a story, and a day that is known of one article only against.
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
    found, probabilities = _compare(snapshot, article)
    group = next(g for g in link_on_average(probabilities, SAME_STORY) if 0 in g)
    members = tuple(sort_by_time(found[n] for n in group))
    return Story(members, group_copies(members))


def rank_reports(snapshot: Snapshot, article: Article) -> list[tuple[Article, float]]:
    """Return the neighbours with the probability that they report the same event, best first."""
    found, probabilities = _compare(snapshot, article)
    pairs = zip(found[1:], probabilities[0, 1:].tolist(), strict=True)
    return sorted(pairs, key=lambda pair: -pair[1])


def _compare(snapshot: Snapshot, article: Article) -> tuple[list[Article], Matrix]:
    found = [article, *find_neighbours(snapshot, article)]
    profiles = [profile_article(a) for a in found]
    return found, same_story_probabilities(profiles, measure_rarity(snapshot), load_model())


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


def find_neighbours(snapshot: Snapshot, article: Article, limit: int = CANDIDATES) -> list[Article]:
    """Return the articles that share most with this one's title and lead, the nearest first."""
    window = None
    if article.day is not None:
        around = timedelta(days=DAYS_AROUND)
        window = Window(article.day - around, article.day + around)
    rarity = measure_rarity(snapshot)
    counts = profile_article(article).counts
    rarest = sorted(counts, key=lambda term: (-counts[term] * rarity(term), term))
    return snapshot.nearest(
        rarest[:_QUERY_TERMS],
        filters=Filters(window=window),
        limit=limit,
        exclude=frozenset({article.id}),
    )
