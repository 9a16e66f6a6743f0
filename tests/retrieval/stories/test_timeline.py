"""A story in time order, what each report added, what changed since a day, and who covered it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from retrieval.model import Story, Window
from retrieval.stories.finding import StoryFinder
from retrieval.stories.timeline import build_timeline, compare_outlets, find_changes
from tests.retrieval.town import BRIDGE, index_articles, make_coverage, make_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from retrieval.index import Snapshot


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Snapshot]:
    snapshot = index_articles(tmp_path, make_coverage())
    yield snapshot
    snapshot.close()


@pytest.fixture
def story(town: Snapshot) -> Story:
    return StoryFinder(town).find(town.article("aldan-courier-0"))


def test_each_report_gives_the_sentence_it_added(story: Story) -> None:
    added = {
        e.article.outlet: e.added.text if e.added else "" for e in build_timeline(story).entries
    }
    assert added == {
        "Aldan Courier": "The Aldan harbour bridge will close in June for a year after engineers"
        " found cracks in two pillars.",
        "Northern Wire": "Repairs will cost 40 million crowns.",
        "Radio Fjord": "",
        "Evening Lantern": "",
        "The Quay": "About 9,000 commuters cross the Aldan harbour bridge every day.",
        "Daily Mast": "Repairs of the Aldan harbour bridge will cost 55 million crowns, the"
        " builders said.",
    }


def test_entries_stand_in_order_of_time(story: Story) -> None:
    times = [e.article.published for e in build_timeline(story).entries]
    assert times == sorted(times, key=str)


def test_what_was_added_is_cut_from_the_article(story: Story) -> None:
    for entry in build_timeline(story).entries:
        if quote := entry.added:
            assert entry.article.text[quote.start :].startswith(quote.text)


def test_a_call_to_subscribe_adds_nothing() -> None:
    first = make_report(*BRIDGE[0])
    second = make_report(
        "The Quay", 2, "Bridge", f"{first.body} Sign up for our evening newsletter."
    )
    entries = build_timeline(Story((first, second))).entries
    assert entries[1].added is None


def test_a_comparison_names_who_covered_the_story_and_who_did_not(
    tmp_path: Path, story: Story
) -> None:
    busy = [make_report("Zenith", hours, f"Day {hours}", "Rain fell.") for hours in (40, 60)]
    quiet = [make_report("aurora", 50, "Snow", "Snow fell on the hills above Helm.")]
    silent = [make_report("Far Post", 24 * 90, "Harvest", "The harvest was good in Helm.")]
    snapshot = index_articles(tmp_path, [*make_coverage(), *busy, *quiet, *silent])
    comparison = compare_outlets(snapshot, story)
    snapshot.close()
    assert comparison.covered == tuple(outlet for outlet, *_ in BRIDGE)
    assert comparison.not_covered == (
        "Zenith",
        "aurora",
    )  # nothing came from Far Post in those days
    assert comparison.window == Window(date(2024, 4, 27), date(2024, 5, 12))


def test_of_a_story_without_a_day_every_outlet_may_have_told(town: Snapshot) -> None:
    undated = replace(make_report("The Quay", 0, "Bridge", "The bridge is shut."), published=None)
    comparison = compare_outlets(town, Story((undated,)))
    assert set(comparison.not_covered) == set(town.outlets) - {"The Quay"}
    assert comparison.window is None


def test_changes_part_new_stories_from_grown_ones(town: Snapshot) -> None:
    changes = find_changes(town, date(2024, 5, 5))
    assert {tuple(a.id for a in s.articles) for s in changes.new} == {
        ("daily-mast-20",),
        ("evening-lantern-33",),
    }
    ((grown, entries),) = changes.grown
    assert grown.articles[0].id == "aldan-courier-0"
    assert [e.article.id for e in entries] == ["the-quay-26", "daily-mast-30"]


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
