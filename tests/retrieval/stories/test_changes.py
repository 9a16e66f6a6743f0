"""What changed since a day: new stories and those that went on, the weightiest first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from retrieval.stories.changes import find_changes
from tests.retrieval.town import index_articles, make_coverage, make_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from retrieval.index import Snapshot


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Snapshot]:
    snapshot = index_articles(tmp_path, make_coverage())
    yield snapshot
    snapshot.close()


def test_changes_part_new_stories_from_those_that_went_on(town: Snapshot) -> None:
    changes = find_changes(town, date(2024, 5, 5))
    assert [[a.id for a in story.articles] for story in changes.new] == [
        ["evening-lantern-33"],
        ["daily-mast-20"],
    ]
    ((grown, entries),) = changes.grown
    assert grown.articles[0].id == "aldan-courier-0"
    assert [e.article.id for e in entries] == ["the-quay-26", "daily-mast-30"]


def test_the_story_of_most_outlets_comes_first_and_copies_of_one_text_count_once(
    tmp_path: Path,
) -> None:
    """Four papers print one text about a choir, two write their own about the herring."""
    choir = "The choir of Helm has won the great prize of the coast, its conductor said."
    reports = [
        *(make_report(f"Paper {n}", n, "Helm choir wins the prize", choir) for n in range(4)),
        make_report("The Quay", 1, "Herring quota halved off Vasa",
                    "The herring quota off Vasa was halved to 900 tonnes by the council."),
        make_report("Radio Fjord", 2, "Council halves herring quota off Vasa",
                    "Boats off Vasa may land 900 tonnes of herring: the council halved the quota."),
    ]  # fmt: skip
    snapshot = index_articles(tmp_path, reports)
    first, second = find_changes(snapshot, date(2024, 5, 1)).new
    snapshot.close()
    assert (len(first.articles), first.independent) == (2, ("The Quay", "Radio Fjord"))
    assert (len(second.articles), second.independent) == (4, ("Paper 0",))


def test_changes_until_a_day_know_nothing_of_later_reports(town: Snapshot) -> None:
    changes = find_changes(town, date(2024, 5, 4), date(2024, 5, 4))
    assert not changes.grown
    assert len(changes.new[0].articles) == 4
    assert all(a.day == date(2024, 5, 4) for s in changes.new for a in s.articles)


def test_no_article_stands_in_two_changed_stories(town: Snapshot) -> None:
    changes = find_changes(town, date(2020, 1, 1))
    ids = [a.id for s in changes.new for a in s.articles]
    assert sorted(ids) == sorted(a.id for a in town.articles())


def test_nothing_changed_after_the_last_report(town: Snapshot) -> None:
    changes = find_changes(town, date(2024, 6, 1))
    assert (changes.new, changes.grown) == ((), ())
