"""Who reported a story, and who may be called silent: nobody with an article near it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from retrieval.model import Story, Window
from retrieval.stories.comparison import compare_outlets, find_telling_terms
from retrieval.stories.finding import StoryFinder
from tests.retrieval.town import BRIDGE, index_articles, make_coverage, make_report

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.model import Article, Comparison


def compare_with(folder: Path, *others: Article) -> Comparison:
    """Compare the story of the bridge in a coverage with these articles too."""
    snapshot = index_articles(folder, [*make_coverage(), *others])
    comparison = compare_outlets(
        snapshot, StoryFinder(snapshot).find(snapshot.article("aldan-courier-0"))
    )
    snapshot.close()
    return comparison


def test_silent_is_who_published_in_those_days_and_told_nothing_near(tmp_path: Path) -> None:
    busy = [make_report("Zenith", hours, f"Day {hours}", "Rain fell.") for hours in (20, 40)]
    quiet = make_report("aurora", 30, "Snow", "Snow fell on the hills above Helm.")
    gone = make_report("Far Post", 24 * 90, "Harvest", "The harvest was good in Helm.")
    comparison = compare_with(tmp_path, *busy, quiet, gone)
    assert comparison.covered == tuple(outlet for outlet, *_ in BRIDGE)
    assert comparison.not_covered == (
        "Zenith",
        "aurora",
    )  # nothing came from Far Post in those days
    assert comparison.window == Window(date(2024, 5, 4), date(2024, 5, 7))


def test_who_has_an_article_near_the_story_is_not_called_silent(tmp_path: Path) -> None:
    """It is no report of the closure, but it has a word that tells the story, on another day."""
    about = make_report("Zenith", 24 * 9, "A walk in Aldan", "Old pillars stand on the beach.")
    other = make_report("Zenith", 20, "Rain", "Rain fell.")
    assert compare_with(tmp_path, about, other).not_covered == ()


def test_of_a_story_without_a_day_nobody_is_silent(tmp_path: Path) -> None:
    undated = replace(make_report("The Quay", 0, "Bridge", "The bridge is shut."), published=None)
    snapshot = index_articles(tmp_path, [*make_coverage(), undated])
    comparison = compare_outlets(snapshot, Story((undated,)))
    snapshot.close()
    assert (comparison.not_covered, comparison.window) == ((), None)


def test_words_that_half_of_the_coverage_has_tell_no_story(tmp_path: Path) -> None:
    reports = [
        make_report("The Quay", n, f"Aldan {word}", f"In Aldan {word} is new.")
        for n, word in enumerate(("herring", "choirs", "ferries", "fog", "snow", "trams"))
    ]
    snapshot = index_articles(tmp_path, reports)
    assert "aldan" not in find_telling_terms(snapshot, (reports[0],))
    snapshot.close()
