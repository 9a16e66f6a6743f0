"""Words name a story where one of its reports is about them; else they name none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from retrieval.stories.finding import StoryFinder
from retrieval.stories.known_item import find_events, find_named, name_story
from tests.retrieval.town import index_articles, make_coverage, make_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from retrieval.index import Snapshot


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    snapshot = index_articles(tmp_path_factory.mktemp("town"), make_coverage())
    yield snapshot
    snapshot.close()


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("choir prize", "Choir"),
        ("Who heads the harbour school?", "school"),
        ("hering catch", "Herring"),  # as the search corrects it
        ('"loose railings"', "Bremholm"),
        ("Aldan harbour bridge to close after cracks found", "bridge"),
        ("library -school", "Library"),
    ],
)
def test_the_words_of_a_story_name_it(town: Snapshot, query: str, word: str) -> None:
    best = find_events(StoryFinder(town), query)[0]
    assert word in best.articles[0].title


@pytest.mark.parametrize(
    "query", ["harbour festival fireworks", "election of the mayor of Vasa", "zebra crossing"]
)
def test_words_of_which_most_stand_nowhere_name_none(town: Snapshot, query: str) -> None:
    assert town.search(query).hits or query == "zebra crossing"
    assert find_events(StoryFinder(town), query) == []


FESTIVAL = (
    ("Aldan Courier", "Kite festival draws thousands to Helm beach",
     "Thousands came to the Helm kite festival on the beach, and 300 kites flew at once."),
    ("Radio Fjord", "Thousands fly kites at Helm festival",
     "The Helm kite festival filled the beach with thousands of people and 300 kites."),
    ("The Quay", "Helm kite festival fills the beach",
     "The kite festival of Helm filled the beach; thousands watched 300 kites."),
)  # fmt: skip


@pytest.fixture(scope="module")
def coast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """A festival told by three outlets, and half a year later one guide that names it too."""
    reports = [
        make_report(outlet, n, title, text) for n, (outlet, title, text) in enumerate(FESTIVAL)
    ]
    guide = make_report(
        "Daily Mast",
        24 * 180,
        "Helm kite festival: how to build a kite",
        "Take paper and two sticks.",
    )
    snapshot = index_articles(tmp_path_factory.mktemp("coast"), [*reports, guide, *make_coverage()])
    yield snapshot
    snapshot.close()


@pytest.mark.parametrize(
    "query", ["helm kite festival", "kite festival", "Thousands at the kite festival on Helm beach"]
)
def test_any_words_of_an_event_name_it_however_old_it_is(coast: Snapshot, query: str) -> None:
    """A later guide has the words as well, but the event is what most outlets told."""
    events = find_events(StoryFinder(coast), query, date(2024, 11, 5))
    assert {a.outlet for a in events[0].articles} <= {outlet for outlet, *_ in FESTIVAL}
    assert len(events[0].articles) > 1


def test_the_days_that_a_query_names_choose_the_event(coast: Snapshot) -> None:
    events = find_events(StoryFinder(coast), "kite festival in October 2024", date(2024, 12, 1))
    assert events[0].articles[0].outlet == "Daily Mast"


def test_a_headline_names_its_own_article(coast: Snapshot) -> None:
    events = find_events(StoryFinder(coast), "Helm kite festival: how to build a kite")
    assert events[0].articles[0].outlet == "Daily Mast"


def test_words_that_only_ask_name_nothing(coast: Snapshot) -> None:
    assert name_story(coast, "history of the kite festival").words.keys() == {"kite", "festiv"}


def test_a_story_is_the_same_whatever_words_name_it(coast: Snapshot) -> None:
    stories = StoryFinder(coast)
    queries = ["kite festival", "helm beach 300 kites", "thousands fly kites in Helm"]
    found = {stories.find(find_events(stories, query)[0].articles[0]) for query in queries}
    assert len(found) == 1


def test_where_several_stories_fit_all_are_offered_newest_first(tmp_path: Path) -> None:
    reports = [
        make_report("The Quay", 24 * 40 * n, f"Petrel {what}", f"The Petrel, a ferry, {what}.")
        for n, what in enumerate(("ran aground", "has a captain", "was painted green"))
    ]
    snapshot = index_articles(tmp_path, [*make_coverage(), *reports])
    story = find_named(StoryFinder(snapshot), "petrel")
    one = find_named(StoryFinder(snapshot), "petrel painted green")
    snapshot.close()
    assert story is not None
    assert [choice.article.title for choice in story.choices] == [
        "Petrel was painted green", "Petrel has a captain", "Petrel ran aground",
    ]  # fmt: skip
    assert {(choice.reports, choice.outlets) for choice in story.choices} == {(1, 1)}
    assert one is not None
    assert one.choices == ()


def test_guides_and_round_ups_are_not_among_the_choices(tmp_path: Path) -> None:
    titles = ("Petrel ran aground", "Petrel: how to book a place", "Petrel has a captain",
              "Podcast: all about the Petrel")  # fmt: skip
    reports = [
        make_report("The Quay", 24 * 40 * n, title, "The Petrel is a ferry.")
        for n, title in enumerate(titles)
    ]
    snapshot = index_articles(tmp_path, [*make_coverage(), *reports])
    story = find_named(StoryFinder(snapshot), "petrel")
    asked = find_named(StoryFinder(snapshot), titles[1])
    snapshot.close()
    assert story is not None
    assert [choice.article.title for choice in story.choices] == [titles[2], titles[0]]
    assert asked is not None
    assert asked.articles[0].title == titles[1]
    assert asked.choices == ()
