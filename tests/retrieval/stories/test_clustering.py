"""All stories of some days at once are those that asking for each one finds."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.model import Window
from retrieval.stories.clustering import group_stories
from retrieval.stories.finding import StoryFinder
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


def test_the_stories_are_those_found_one_by_one(town: Snapshot) -> None:
    articles = town.articles_between(Window())
    at_once = {frozenset(a.id for a in story.articles) for story in group_stories(town, articles)}
    finder = StoryFinder(town)
    one_by_one = {frozenset(a.id for a in finder.find(one).articles) for one in articles}
    assert at_once == one_by_one


def test_a_story_names_its_copies(town: Snapshot) -> None:
    articles = town.articles_between(Window())
    largest = max(group_stories(town, articles), key=lambda story: len(story.articles))
    (group,) = largest.copies
    assert [a.outlet for a in group.articles] == ["Northern Wire", "Radio Fjord", "Evening Lantern"]


def test_one_text_a_month_later_is_another_story(tmp_path: Path) -> None:
    text = "The ferry to Vasa is late because of fog, the harbour office said."
    reports = [make_report("The Quay", hours, "Ferry late", text) for hours in (0, 24 * 30)]
    snapshot = index_articles(tmp_path, reports)
    assert len(group_stories(snapshot, reports)) == 2
    snapshot.close()


def test_no_articles_tell_no_story(town: Snapshot) -> None:
    assert group_stories(town, []) == []


@settings(deadline=None)  # the first example imports what compares so many
@given(picked=st.sets(st.integers(0, len(make_coverage()) - 1)))
def test_each_article_stands_in_one_story(town: Snapshot, picked: set[int]) -> None:
    dated = sorted(make_coverage(), key=lambda a: str(a.published))
    articles = [article for n, article in enumerate(dated) if n in picked]
    stories = group_stories(town, articles)
    told = list(chain.from_iterable(story.articles for story in stories))
    assert sorted(a.id for a in told) == sorted(a.id for a in articles)
    for story in stories:
        assert [str(a.published) for a in story.articles] == sorted(
            str(a.published) for a in story.articles
        )
