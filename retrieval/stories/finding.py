"""Which articles tell one story, who had it first, and who copied whom."""

from __future__ import annotations

import math
from collections import Counter
from datetime import timedelta
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING

from retrieval.model import Filters, Story, StorySummary, Window
from retrieval.stories.attribution import names_as_source
from retrieval.stories.headline_likeness import compare_headlines
from retrieval.stories.linkage import sort_by_time
from retrieval.stories.near_duplicates import group_copies
from retrieval.stories.neighbourhood import compare_articles
from retrieval.stories.profiles import measure_rarity, profile_article
from retrieval.stories.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.index import Snapshot
    from retrieval.model import Article
    from retrieval.stories.neighbourhood import Neighbourhood


class KeptStories:
    """The last stories found, by the article they were found for; for several threads."""

    def __init__(self) -> None:
        self._stories: dict[str, Story] = {}
        self._lock = Lock()

    def get(self, article_id: str) -> Story | None:
        """The story found for that article, if it is kept."""
        with self._lock:
            return self._stories.get(article_id)

    def keep(self, article_id: str, story: Story) -> None:
        """Keep a story, and no more than `kept` of them."""
        with self._lock:
            self._stories[article_id] = story
            if len(self._stories) > WEIGHTS.kept:
                del self._stories[next(iter(self._stories))]


class StoryFinder:
    """Finds the stories of a snapshot; the last ones found are kept for as long as it is."""

    def __init__(self, snapshot: Snapshot, kept: KeptStories | None = None) -> None:
        self.snapshot = snapshot
        self._kept = KeptStories() if kept is None else kept
        self._told: dict[str, Story] | None = None if kept is None else {}

    def within_answer(self) -> StoryFinder:
        """A finder for one answer, in which all reports of a story that was found have that story.

        Beyond one answer each report is looked at anew, so that what is found for it never hangs on
        what was asked before.
        """
        return StoryFinder(self.snapshot, self._kept)

    def find(self, article: Article) -> Story:
        """Return the articles that report the same event as this one, itself among them.

        A dated article is compared with those of `days_around` and with those that have no day, an
        undated one with all. Days that are near count for a story, and a day that is known of one
        article only against, unless the other names its outlet as the source.
        """
        story = (self._told or {}).get(article.id) or self._kept.get(article.id)
        if story is None:
            story = self._find(article)
            self._kept.keep(article.id, story)
        if self._told is not None:
            self._told |= dict.fromkeys((report.id for report in story.articles), story)
        return story

    def summarise(self, article: Article) -> StorySummary:
        """Say who else tells the story of this article."""
        return summarise_story(self.find(article), article)

    def part(self, articles: Sequence[Article]) -> list[list[Article]]:
        """Part the articles into groups that tell one event each."""
        return compare_articles(self.snapshot, articles).part() if articles else []

    def rank(self, article: Article) -> list[tuple[Article, float]]:
        """Return the neighbours with the probability that they tell the same event, best first.

        Beside what the story model says, the headlines count: a row of reports, unlike a story, is
        read by its headlines.
        """
        circle = compare_articles(
            self.snapshot, [article, *find_neighbours(self.snapshot, [article])]
        )
        likely = circle.judge()[0, 1:].tolist()
        pairs = [
            (other, _count_headline(probability, article, other))
            for other, probability in zip(circle.articles[1:], likely, strict=True)
        ]
        return sorted(pairs, key=lambda pair: -pair[1])

    def _find(self, article: Article) -> Story:
        members, leader, found = self._gather(article)
        if leader != article:
            led, _, beside = self._gather(leader)
            members, found = (led, beside) if article in led else (members, found)
        if self.snapshot.undated:
            members = self._join_undated(members, list(dict.fromkeys([article, *found])))
        ordered = tuple(sort_by_time(members))
        return Story(ordered, group_copies(ordered))

    def _gather(self, seed: Article) -> tuple[list[Article], Article, Sequence[Article]]:
        """Return the event of an article, the report that says most of it, and all compared.

        An event of half of all that was compared is looked for once more, among what shares most
        with all of it.
        """
        found = [seed, *find_neighbours(self.snapshot, [seed])]
        circle = compare_articles(self.snapshot, found)
        members = next(group for group in circle.part() if seed in group)
        if seed.day and len(members) > WEIGHTS.candidates / 2:
            near = find_neighbours(self.snapshot, members, limit=WEIGHTS.crowd_candidates)
            circle = compare_articles(self.snapshot, list(dict.fromkeys([*members, *near])))
            members = next(group for group in circle.part() if seed in group)
        return members, circle.find_leader(members), circle.articles

    def _join_undated(self, members: list[Article], found: Sequence[Article]) -> list[Article]:
        """Bring a dated story and the reports without a day that belong to it together.

        A near copy belongs to it. So does a report that names an outlet of the story as its source,
        if it would but for its missing day.
        """
        seed = found[0]
        if seed.day is None:
            circle = compare_articles(self.snapshot, found)
            copied = circle.judge()[found.index(seed)] >= WEIGHTS.same_story
            sources = (a for a in found if a.day and names_as_source(seed, [a.outlet]))
            dated = dict.fromkeys(
                [
                    *(a for a, copy in zip(found, copied, strict=True) if copy and a.day),
                    *islice(sources, WEIGHTS.sources),
                ]
            )
            stories = (self.find(other).articles for other in dated)
            alone = [member for member in members if member.day is None]
            return next((list(told) for told in stories if seed in told), alone)
        undated = find_neighbours(self.snapshot, [seed], Filters(undated=True), WEIGHTS.undated)
        circle = compare_articles(self.snapshot, [*found, *undated])
        return members + _find_undated(circle, members)


def _find_undated(circle: Neighbourhood, members: Sequence[Article]) -> list[Article]:
    told = [circle.articles.index(member) for member in members]
    outlets = {member.outlet for member in members}
    copied = circle.judge()[:, told].max(axis=1) >= WEIGHTS.same_story
    believed = circle.judge(trusting=True)[:, told].mean(axis=1) >= WEIGHTS.same_story
    return [
        article
        for n, article in enumerate(circle.articles)
        if article.day is None
        and (copied[n] or (believed[n] and names_as_source(article, outlets)))
    ]


def _count_headline(probability: float, article: Article, other: Article) -> float:
    """Raise or lower the log-odds by how alike the headlines are."""
    sure = min(max(probability, WEIGHTS.least_sure), 1 - WEIGHTS.least_sure)
    alike = compare_headlines(article.title, other.title, article.language)
    odds = math.log(sure / (1 - sure)) + WEIGHTS.headline * (alike - WEIGHTS.headlines_alike)
    return 1 / (1 + math.exp(-odds))


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
    articles: Sequence[Article],
    filters: Filters | None = None,
    limit: int = WEIGHTS.candidates,
) -> list[Article]:
    """Return the articles that share most with the titles and leads of these, the nearest first.

    Those of the days around dated ones, unless filters say which.
    """
    days = [article.day for article in articles if article.day]
    if filters is None and days:
        around = timedelta(days=WEIGHTS.days_around)
        filters = Filters(window=Window(min(days) - around, max(days) + around))
    rarity = measure_rarity(snapshot)
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update(profile_article(article).counts)
    rarest = sorted(counts, key=lambda term: (-counts[term] * rarity(term), term))
    return snapshot.nearest(
        rarest[: WEIGHTS.query_terms],
        filters=filters or Filters(),
        limit=limit,
        exclude=frozenset(article.id for article in articles),
    )
