"""A story over time: its own event, and the events about the same thing, each a chapter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from retrieval.model import Story
from retrieval.stories.chapters import build_timeline, find_chapters, summarise_over_time
from retrieval.stories.finding import StoryFinder
from tests.retrieval.town import BRIDGE, index_articles, make_coverage, make_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from retrieval.model import Article

DAY = 24
TUNNEL = (
    ("Aldan Courier", -200 * DAY, "Vasa harbour tunnel contract goes to Halcyon",
     "The council gave the contract for the Vasa harbour tunnel to Halcyon."),
    ("Northern Wire", -100 * DAY, "Nereid sues over the Vasa harbour tunnel contract",
     "Nereid has sued the council over the Vasa harbour tunnel contract of its rival Halcyon."),
    ("Radio Fjord", -100 * DAY + 2, "Vasa harbour tunnel: Nereid sues over Halcyon's contract",
     "Nereid sued over the contract for the Vasa harbour tunnel, which Halcyon holds."),
    ("The Quay", 0, "Council cancels the Vasa harbour tunnel contract of Halcyon",
     "The council has cancelled the Vasa harbour tunnel contract of Halcyon after the suit."),
)  # fmt: skip


@pytest.fixture
def stories(tmp_path: Path) -> Iterator[StoryFinder]:
    reports = [make_report(*report) for report in TUNNEL]
    snapshot = index_articles(tmp_path, [*reports, *make_coverage()])
    yield StoryFinder(snapshot)
    snapshot.close()


@pytest.fixture
def suit(stories: StoryFinder) -> Story:
    return stories.find(make_report(*TUNNEL[1]))


def test_events_that_follow_one_another_are_linked_and_not_merged(
    stories: StoryFinder, suit: Story
) -> None:
    timeline = build_timeline(stories, suit)
    assert [[a.outlet for a in chapter.story.articles] for chapter in timeline.chapters] == [
        ["Aldan Courier"],
        ["Northern Wire", "Radio Fjord"],
        ["The Quay"],
    ]
    assert timeline.story == suit


def test_a_timeline_walks_its_chapters_in_order_of_time(stories: StoryFinder, suit: Story) -> None:
    entries = build_timeline(stories, suit).entries
    times = [str(entry.article.published) for entry in entries]
    assert times == sorted(times)
    assert [entry.article.outlet for entry in entries][0::2] == ["Aldan Courier", "The Quay"]


def test_each_line_is_a_sentence_of_its_article_and_none_is_empty(
    stories: StoryFinder, suit: Story
) -> None:
    for entry in build_timeline(stories, suit, "Vasa tunnel").entries:
        assert entry.added is not None
        assert entry.article.text[entry.added.start :].startswith(entry.added.text)


def test_what_only_a_word_of_the_query_names_is_no_chapter(
    stories: StoryFinder, suit: Story
) -> None:
    told = [story.articles[0].outlet for story in find_chapters(stories, suit, "tunnel school", 9)]
    assert sorted(told) == ["Aldan Courier", "The Quay"]


def test_each_report_gives_the_sentence_it_added(stories: StoryFinder) -> None:
    story = stories.find(make_report(*BRIDGE[0]))
    added = {
        e.article.outlet: e.added.text for e in build_timeline(stories, story).entries if e.added
    }
    assert added == {
        "Aldan Courier": "The Aldan harbour bridge will close in June for a year after engineers"
        " found cracks in two pillars.",
        "Northern Wire": "Repairs will cost 40 million crowns.",
        "The Quay": "About 9,000 commuters cross the Aldan harbour bridge every day.",
        "Daily Mast": "Repairs of the Aldan harbour bridge will cost 55 million crowns, the"
        " builders said.",
    }


def test_a_report_of_a_headline_alone_gives_the_headline(tmp_path: Path) -> None:
    bare = make_report("The Quay", 0, "Ferry to Vasa runs aground", "")
    snapshot = index_articles(tmp_path, [bare])
    (entry,) = build_timeline(StoryFinder(snapshot), Story((bare,))).entries
    snapshot.close()
    assert entry.added is not None
    assert (entry.added.headline, entry.added.text) == (True, bare.title)


def test_a_summary_has_so_many_lines_and_no_more(stories: StoryFinder, suit: Story) -> None:
    lines = summarise_over_time(stories, suit, lines=4)
    assert [line.article.outlet for line in lines] == [
        "Aldan Courier", "Northern Wire", "The Quay",
    ]  # fmt: skip
    assert len(summarise_over_time(stories, suit, lines=2)) == 1


def test_a_report_without_a_day_has_no_line_among_those_with_one(stories: StoryFinder) -> None:
    story = stories.find(make_report(*BRIDGE[0]))
    late = replace(make_report("Blog", 40, "Bridge", "The bridge has 7 arches."), published=None)
    told = build_timeline(stories, replace(story, articles=(*story.articles, late))).entries
    assert late not in [entry.article for entry in told]


def test_a_story_without_a_day_has_no_chapters(stories: StoryFinder) -> None:
    articles: tuple[Article, ...] = ()
    assert find_chapters(stories, Story(articles), "", 5) == []


def test_guides_and_headlines_with_one_word_of_the_query_are_no_chapters(tmp_path: Path) -> None:
    others = (
        ("Radio Fjord", -50 * DAY, "How to visit the Vasa harbour tunnel contract office",
         "The office of the Vasa harbour tunnel contract of Halcyon is open to Nereid."),
        ("Daily Mast", -40 * DAY, "Tunnel of love reopens at the Helm fair",
         "The old tunnel of love at the fair in Helm has new boats."),
    )  # fmt: skip
    reports = [make_report(*report) for report in (*TUNNEL, *others)]
    snapshot = index_articles(tmp_path, [*reports, *make_coverage()])
    stories = StoryFinder(snapshot)
    timeline = build_timeline(stories, stories.find(reports[1]), "vasa tunnel")
    snapshot.close()
    told = [chapter.story.articles[0].title for chapter in timeline.chapters]
    assert [title for title in told if title in (others[0][2], others[1][2])] == []
    assert TUNNEL[3][2] in told
