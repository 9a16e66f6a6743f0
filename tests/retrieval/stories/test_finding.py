"""Reports of one event are one story; its sister, other news and other years are not."""

from __future__ import annotations

import weakref
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from retrieval import Coverage
from retrieval.index import SegmentSnapshot, Snapshot
from retrieval.model import Filters
from retrieval.stories.finding import StoryFinder, summarise_story
from tests.retrieval.town import (
    BRIDGE,
    OTHER,
    SISTER,
    index_articles,
    make_coverage,
    make_report,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from retrieval.model import Article


ALL = Filters()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Snapshot]:
    snapshot = index_articles(tmp_path, make_coverage())
    yield snapshot
    snapshot.close()


@pytest.mark.parametrize("seed", ["aldan-courier-0", "radio-fjord-5", "the-quay-26"])
def test_a_story_is_the_same_from_any_of_its_reports(town: Snapshot, seed: str) -> None:
    story = StoryFinder(town).find(town.article(seed))
    assert list(story.outlets) == [outlet for outlet, *_ in BRIDGE]


def test_a_story_is_told_again_without_another_search(town: Snapshot) -> None:
    stories = StoryFinder(town)
    story = stories.find(town.article("the-quay-26"))
    assert stories.find(town.article("the-quay-26")) is story


class CountingSnapshot(SegmentSnapshot):
    """Counts how often neighbours are looked for, which is most of what a story costs."""

    looked: int = 0

    def nearest(
        self,
        terms: Sequence[str],
        *,
        filters: Filters = ALL,
        limit: int = 10,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Article]:
        self.looked += 1
        return super().nearest(terms, filters=filters, limit=limit, exclude=exclude)


def test_within_an_answer_the_story_of_all_its_sources_is_found_once(
    town: SegmentSnapshot,
) -> None:
    """Once for the first source, and once for the report that says most of its event."""
    counting = CountingSnapshot(town.segments, town.version, town.bytes)
    stories = StoryFinder(counting).within_answer()
    found = {stories.find(make_report(*report)) for report in BRIDGE}
    assert (len(found), counting.looked) == (1, 2)


def test_a_story_never_hangs_on_what_was_asked_before(town: Snapshot) -> None:
    warm = StoryFinder(town)
    for article in make_coverage():
        warm.find(article)
    for article in make_coverage():
        assert warm.find(article) == StoryFinder(town).find(article)


def test_a_sister_story_of_another_year_stays_apart(town: Snapshot) -> None:
    story = StoryFinder(town).find(town.article("northern-wire--9597"))
    assert list(story.outlets) == [outlet for outlet, *_ in SISTER]


@pytest.mark.parametrize("report", OTHER, ids=lambda report: report[2])
def test_other_news_is_a_story_of_its_own(
    town: Snapshot, report: tuple[str, int, str, str]
) -> None:
    own = make_report(*report)
    assert StoryFinder(town).find(town.article(own.id)).articles == (own,)


def test_a_story_names_copies_and_who_had_it_first(town: Snapshot) -> None:
    article = town.article("the-quay-26")
    summary = summarise_story(StoryFinder(town).find(article), article)
    assert summary.first == "Aldan Courier"
    assert summary.copies == 2
    assert summary.outlets == (
        "Aldan Courier", "Northern Wire", "Radio Fjord", "Evening Lantern", "Daily Mast",
    )  # fmt: skip


@pytest.mark.parametrize("seed", ["aldan-courier-0", "undated"])
def test_an_undated_copy_belongs_to_the_story_and_stands_last(tmp_path: Path, seed: str) -> None:
    undated = replace(make_report(*BRIDGE[0]), id="undated", outlet="Aldan Archive", published=None)
    snapshot = index_articles(tmp_path, [*make_coverage(), undated])
    story = StoryFinder(snapshot).find(snapshot.article(seed))
    assert story.articles[-1].id == "undated"
    assert len(story.articles) == len(BRIDGE) + 1
    snapshot.close()


LATER = (
    "A year without the harbour bridge: according to the Aldan Courier, engineers found cracks in"
    " two pillars of the Aldan harbour bridge, and it closes in June."
)


@pytest.mark.parametrize("seed", ["aldan-courier-0", "harbour-blog-99"])
def test_an_undated_report_belongs_to_the_dated_story_it_names_as_its_source(
    tmp_path: Path, seed: str
) -> None:
    blog = replace(make_report("Harbour Blog", 99, "No bridge for a year", LATER), published=None)
    snapshot = index_articles(tmp_path, [*make_coverage(), blog])
    story = StoryFinder(snapshot).find(snapshot.article(seed))
    snapshot.close()
    assert story.articles[0].id == "aldan-courier-0"
    assert story.articles[-1].id == "harbour-blog-99"
    assert len(story.articles) == len(BRIDGE) + 1


@pytest.mark.parametrize(
    "text",
    [
        "A year without it: engineers saw cracks, so the harbour bridge closes.",  # no source
        "According to the Aldan Courier, divers found a chest of silver coins off Vasa.",
    ],
)
def test_an_undated_report_of_no_source_or_of_other_news_stays_apart(
    tmp_path: Path, text: str
) -> None:
    blog = replace(make_report("Harbour Blog", 99, "Without a day", text), published=None)
    snapshot = index_articles(tmp_path, [*make_coverage(), blog])
    assert StoryFinder(snapshot).find(snapshot.article(blog.id)).articles == (blog,)
    assert len(StoryFinder(snapshot).find(snapshot.article("aldan-courier-0")).articles) == len(
        BRIDGE
    )
    snapshot.close()


def test_reports_of_the_story_rank_before_all_others(town: Snapshot) -> None:
    ranked = [a.id for a, _ in StoryFinder(town).rank(town.article("aldan-courier-0"))]
    story = {make_report(*report).id for report in BRIDGE} - {"aldan-courier-0"}
    assert set(ranked[: len(story)]) == story


def test_an_article_alone_in_its_coverage_is_a_story(tmp_path: Path) -> None:
    only = make_report(*BRIDGE[0])
    snapshot = index_articles(tmp_path, [only])
    assert StoryFinder(snapshot).find(only).articles == (only,)
    snapshot.close()


def test_an_article_without_words_is_a_story(tmp_path: Path) -> None:
    empty = make_report("The Quay", 1, "", "")
    snapshot = index_articles(tmp_path, [empty, make_report(*BRIDGE[0])])
    assert StoryFinder(snapshot).find(empty).articles == (empty,)
    snapshot.close()


def test_a_snapshot_that_nobody_uses_any_more_dies_with_its_stories(tmp_path: Path) -> None:
    coverage = Coverage.of_articles(make_coverage(), tmp_path)
    assert coverage.story("aldan-courier-0")
    old = weakref.ref(coverage.stories)
    coverage.snapshot = index_articles(tmp_path / "next", make_coverage())
    assert old() is None


QUARREL = (
    ("Aldan Courier", 0, "Ferry line Nereid protests against the Vasa harbour contract",
     "Ferry line Nereid has protested against the award of the Vasa harbour contract to Halcyon."),
    ("Northern Wire", 2, "Nereid files protest over Vasa harbour contract",
     "Nereid filed a protest over the Vasa harbour contract, which went to its rival Halcyon."),
    ("Radio Fjord", 3, "Nereid protests Halcyon's Vasa harbour contract",
     "The ferry line Nereid filed a protest: the Vasa harbour contract should not go to Halcyon."),
    ("Evening Lantern", 5, "Vasa harbour contract: Nereid files a protest",
     "A protest of Nereid holds up the Vasa harbour contract of Halcyon, its rival."),
    ("Daily Mast", 6, "Nereid's protest delays the Vasa harbour contract",
     "The Vasa harbour contract of Halcyon is delayed by a protest that Nereid filed."),
    ("The Quay", 20, "Halcyon tells Nereid to stop its fight over Vasa",
     "Halcyon's head Olga Brandt said Nereid should stand down and let work at Vasa begin."),
    ("Harbour Blog", 24, "Halcyon's Brandt hits back at Nereid over the Vasa contract",
     "Olga Brandt of Halcyon called on Nereid to stand down over the Vasa harbour contract."),
)  # fmt: skip


def test_a_quarrel_is_one_event_though_its_reports_dwell_on_two_sides(tmp_path: Path) -> None:
    reports = [make_report(*report) for report in QUARREL]
    snapshot = index_articles(tmp_path, [*make_coverage(), *reports])
    stories = [StoryFinder(snapshot).find(report) for report in reports]
    snapshot.close()
    assert {tuple(a.id for a in story.articles) for story in stories} == {
        tuple(report.id for report in reports)
    }


def test_releases_without_a_day_are_stories_of_their_own(tmp_path: Path) -> None:
    posts = [
        replace(
            make_report(
                "", n, f"Rudder {version} is out",
                f"The Rudder team is glad to release Rudder {version}. Thanks to all who helped:"
                " get it with the usual command.",
            ),
            published=None,
        )
        for n, version in enumerate(("2.0", "3.1", "3.2"))
    ]  # fmt: skip
    snapshot = index_articles(tmp_path, posts)
    stories = [StoryFinder(snapshot).find(post).articles for post in posts]
    snapshot.close()
    assert stories == [(post,) for post in posts]


def test_posts_of_one_outlet_without_a_day_are_not_one_event(tmp_path: Path) -> None:
    """They share the product and the manner; nothing says that they tell one thing."""
    told = (
        ("Maps of the coast", "The Rudder team has drawn maps for all who sail with Rudder."),
        ("Tides, fog and you", "For those who sail with Rudder: the Rudder team lists the tides."),
    )
    posts = [
        replace(make_report("Rudder Blog", n, title, text), published=None)
        for n, (title, text) in enumerate(told)
    ]
    snapshot = index_articles(tmp_path, [*posts, *make_coverage()])
    assert StoryFinder(snapshot).find(posts[0]).articles == (posts[0],)
    snapshot.close()


def test_a_round_up_belongs_to_no_event(tmp_path: Path) -> None:
    recap = make_report(
        "Harbour Blog", 10, "This week in Aldan: the harbour bridge closes",
        "Cracks close the Aldan harbour bridge in June for a year. The choir won its prize in Helm,"
        " and it will rain.",
    )  # fmt: skip
    snapshot = index_articles(tmp_path, [*make_coverage(), recap])
    assert StoryFinder(snapshot).find(recap).articles == (recap,)
    snapshot.close()
