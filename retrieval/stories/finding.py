"""Which articles tell one story, who had it first, and who copied whom."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from retrieval.model import Filters, Story, StorySummary, Window
from retrieval.stories.attribution import names_as_source
from retrieval.stories.headline_likeness import compare_headlines
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
    find_doubted,
    judge_pairs,
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
    from retrieval.stories.pair_model import Pairs
    from retrieval.stories.profiles import Profile


@dataclass(frozen=True, slots=True)
class _Circle:
    """Articles with what is known of every pair of them."""

    articles: Sequence[Article]
    profiles: Sequence[Profile]
    pairs: Pairs
    features: Mapping[str, Floats]
    dated_coverage: bool

    def judge(self, *, trusting: bool = False) -> Matrix:
        """The probability of each pair to report one event, as a square matrix.

        `trusting` takes an article without a day as one of the days of the others.
        """
        doubted = (
            None
            if trusting
            else find_doubted(self.profiles, self.pairs, dated_coverage=self.dated_coverage)
        )
        return self.pairs.to_square(judge_pairs(self.profiles, self.pairs, self.features, doubted))

    def part(self) -> list[list[Article]]:
        """Part the articles into groups that tell one event each."""
        kinship = self.pairs.to_square(self.features["kinship"])
        parts: list[list[int]] = []
        probabilities = self.judge()
        for group in link_on_average(probabilities, WEIGHTS.same_story):
            kept = leave_out_odd(group, kinship)
            parts += [kept, *([odd] for odd in group if odd not in kept)]
        return [[self.articles[n] for n in sorted(group)] for group in self._join(parts)]

    def find_leader(self, members: Sequence[Article]) -> Article:
        """The report that has most in common with the others of its event; of a tie, by id."""
        cosine = self.pairs.to_square(self.pairs.cosine)
        places = [self.articles.index(member) for member in members]
        shared = cosine[np.ix_(places, places)].sum(axis=1).round(9).tolist()
        return min(zip(shared, members, strict=True), key=lambda pair: (-pair[0], pair[1].id))[1]

    def _join(self, parts: Sequence[list[int]]) -> list[list[int]]:
        member = np.zeros((len(self.articles), len(parts)))
        for n, part in enumerate(parts):
            member[part, n] = 1
        cosine = self.pairs.to_square(self.pairs.cosine)
        barred = self.pairs.to_square(
            find_barred(self.profiles, self.pairs).astype(np.float64), own=0
        )
        days = count_days(self.profiles)
        bounds = [
            bound_group(days[part].tolist(), [self.profiles[n].outlet for n in part])
            for part in parts
        ]
        joined = join_groups(member.T @ cosine @ member, member.T @ barred @ member, bounds)
        return [[n for part in group for n in parts[part]] for group in joined]


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

    def part(self, articles: Sequence[Article]) -> list[list[Article]]:
        """Part the articles into groups that tell one event each."""
        return self._compare(articles).part() if articles else []

    def rank(self, article: Article) -> list[tuple[Article, float]]:
        """Return the neighbours with the probability that they tell the same event, best first.

        Beside what the story model says, the headlines count: a row of reports, unlike a story, is
        read by its headlines.
        """
        circle = self._compare([article, *find_neighbours(self.snapshot, [article])])
        likely = circle.judge()[0, 1:].tolist()
        pairs = [
            (other, _count_headline(probability, article, other))
            for other, probability in zip(circle.articles[1:], likely, strict=True)
        ]
        return sorted(pairs, key=lambda pair: -pair[1])

    def _find(self, article: Article) -> Story:
        members, leader, found = self._gather(article)
        if leader is not article:
            led, _, found = self._gather(leader)
            members = led if article in led else members
        if self.snapshot.undated:
            members = self._join_undated(members, [article, *found])
        ordered = tuple(sort_by_time(members))
        return Story(ordered, group_copies(ordered))

    def _gather(self, seed: Article) -> tuple[list[Article], Article, Sequence[Article]]:
        """Return the event of an article, the report that says most of it, and all compared.

        An event of half of all that was compared is looked for once more, among what shares most
        with all of it.
        """
        found = [seed, *find_neighbours(self.snapshot, [seed])]
        circle = self._compare(found)
        members = next(group for group in circle.part() if seed in group)
        if seed.day and len(members) > WEIGHTS.candidates / 2:
            near = find_neighbours(self.snapshot, members, limit=WEIGHTS.crowd_candidates)
            circle = self._compare(list(dict.fromkeys([*members, *near])))
            members = next(group for group in circle.part() if seed in group)
        return members, circle.find_leader(members), circle.articles

    def _compare(self, articles: Sequence[Article]) -> _Circle:
        profiles = [profile_article(article) for article in articles]
        pairs = pair_all(weigh_terms(profiles, measure_rarity(self.snapshot)))
        dated = self.snapshot.undated < len(self.snapshot)
        return _Circle(articles, profiles, pairs, measure_pairs(profiles, pairs), dated)

    def _join_undated(self, members: list[Article], found: Sequence[Article]) -> list[Article]:
        """Bring a dated story and the reports without a day that belong to it together.

        A near copy belongs to it. So does a report that names an outlet of the story as its source,
        if it would but for its missing day.
        """
        seed = found[0]
        if seed.day is None:
            circle = self._compare(found)
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
        circle = self._compare([*found, *undated])
        return members + _find_undated(circle, members)


def _find_undated(circle: _Circle, members: Sequence[Article]) -> list[Article]:
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
