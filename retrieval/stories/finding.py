"""Which articles tell one story, who had it first, and who copied whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING

from retrieval.model import Filters, Story, StorySummary, Window
from retrieval.stories.attribution import names_as_source
from retrieval.stories.linkage import leave_out_odd, link_on_average, sort_by_time
from retrieval.stories.near_duplicates import group_copies
from retrieval.stories.pair_model import (
    judge_pairs,
    load_model,
    measure_pairs,
    pair_all,
    weigh_terms,
)
from retrieval.stories.profiles import measure_rarity, profile_article
from retrieval.stories.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.index import Snapshot
    from retrieval.model import Article
    from retrieval.stories.matrices import Floats, Matrix
    from retrieval.stories.pair_model import Pairs, StoryModel
    from retrieval.stories.profiles import Profile


@dataclass(frozen=True, slots=True)
class _Circle:
    """Articles with what is known of every pair of them."""

    articles: Sequence[Article]
    profiles: Sequence[Profile]
    pairs: Pairs
    features: Mapping[str, Floats]

    def judge(self, model: StoryModel | None = None) -> Matrix:
        """The probability of each pair to report one event, as a square matrix."""
        return self.pairs.to_square(judge_pairs(self.profiles, self.pairs, self.features, model))


class StoryFinder:
    """Finds the stories of a snapshot; the last ones found are kept for as long as it is."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._kept: dict[str, Story] = {}
        self._keeping = Lock()

    def find(self, article: Article) -> Story:
        """Return the articles that report the same event as this one, itself among them.

        A dated article is compared with those of `days_around` and with those that have no day, an
        undated one with all. Days that are near count for a story, and a day that is known of one
        article only against, unless the other names its outlet as the source.
        """
        with self._keeping:
            story = self._kept.get(article.id)
        if story is None:
            story = self._find(article)
            with self._keeping:
                self._kept |= dict.fromkeys((a.id for a in (*story.articles, article)), story)
                while len(self._kept) > WEIGHTS.kept:
                    del self._kept[next(iter(self._kept))]
        return story

    def summarise(self, article: Article) -> StorySummary:
        """Say who else tells the story of this article."""
        return summarise_story(self.find(article), article)

    def rank(self, article: Article) -> list[tuple[Article, float]]:
        """Return the neighbours with the probability that they tell the same event, best first."""
        circle = self._compare([article, *find_neighbours(self.snapshot, article)])
        pairs = zip(circle.articles[1:], circle.judge()[0, 1:].tolist(), strict=True)
        return sorted(pairs, key=lambda pair: -pair[1])

    def _find(self, article: Article) -> Story:
        circle = self._compare([article, *find_neighbours(self.snapshot, article)])
        groups = link_on_average(circle.judge(), WEIGHTS.same_story)
        group = next(group for group in groups if 0 in group)
        kept = leave_out_odd(group, circle.pairs.to_square(circle.features["kinship"]))
        members = [circle.articles[n] for n in (kept if 0 in kept else [0])]
        if self.snapshot.undated:
            members = self._join_undated(members, circle.articles)
        ordered = tuple(sort_by_time(members))
        return Story(ordered, group_copies(ordered))

    def _compare(self, articles: Sequence[Article]) -> _Circle:
        profiles = [profile_article(article) for article in articles]
        pairs = pair_all(weigh_terms(profiles, measure_rarity(self.snapshot)))
        return _Circle(articles, profiles, pairs, measure_pairs(profiles, pairs))

    def _join_undated(self, members: list[Article], found: Sequence[Article]) -> list[Article]:
        """Bring a dated story and the reports without a day that belong to it together.

        A near copy belongs to it. So does a report that names an outlet of the story as its source,
        if it would but for its missing day.
        """
        seed = found[0]
        if seed.day is None:
            sources = (a for a in found if a.day and names_as_source(seed, [a.outlet]))
            dated = dict.fromkeys(
                [*(a for a in members if a.day), *islice(sources, WEIGHTS.sources)]
            )
            stories = (self.find(other).articles for other in dated)
            alone = [member for member in members if member.day is None]
            return next((list(told) for told in stories if seed in told), alone)
        undated = find_neighbours(self.snapshot, seed, Filters(undated=True), WEIGHTS.undated)
        circle = self._compare([*found, *undated])
        return members + _find_undated(circle, members)


def _find_undated(circle: _Circle, members: Sequence[Article]) -> list[Article]:
    told = [circle.articles.index(member) for member in members]
    model, outlets = load_model(), {member.outlet for member in members}
    doubted, believed = (
        circle.judge(one)[:, told].mean(axis=1) >= WEIGHTS.same_story
        for one in (model, replace(model, one_dated=0.0))
    )
    return [
        article
        for n, article in enumerate(circle.articles)
        if article.day is None
        and (doubted[n] or (believed[n] and names_as_source(article, outlets)))
    ]


def summarise_story(story: Story, article: Article) -> StorySummary:
    """Say who else tells the story; `copies` counts the reprints beyond each original.

    `first` is the outlet of the earliest dated report, "" where none has a day.
    """
    others = tuple(o for o in story.outlets if o != article.outlet)
    copies = sum(len(group.articles) - 1 for group in story.copies)
    first = next((a.outlet for a in story.articles if a.published), "")
    return StorySummary(others, copies, first)


def find_neighbours(
    snapshot: Snapshot,
    article: Article,
    filters: Filters | None = None,
    limit: int = WEIGHTS.candidates,
) -> list[Article]:
    """Return the articles that share most with this one's title and lead, the nearest first.

    Those of the days around a dated one, unless filters say which.
    """
    if filters is None and article.day is not None:
        around = timedelta(days=WEIGHTS.days_around)
        filters = Filters(window=Window(article.day - around, article.day + around))
    rarity = measure_rarity(snapshot)
    counts = profile_article(article).counts
    rarest = sorted(counts, key=lambda term: (-counts[term] * rarity(term), term))
    return snapshot.nearest(
        rarest[: WEIGHTS.query_terms],
        filters=filters or Filters(),
        limit=limit,
        exclude=frozenset({article.id}),
    )
