"""A question may name an event for a day: the event's own story gives it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from retrieval.model import Window
from retrieval.stories.event_days import find_event_window
from retrieval.stories.finding import StoryFinder
from tests.retrieval.town import index_articles, make_coverage, make_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from retrieval.index import Snapshot

AS_OF = date(2024, 6, 1)
EVENTS = (
    ("Aldan Courier", 50, "Seagull 2 ferry launched in Aldan", "The yard launched the Seagull 2."),
    (
        "Daily Mast",
        60,
        "Launch of the Seagull 2 ferry draws a crowd",
        "Thousands came to the yard.",
    ),
    ("The Quay", 24 * 20, "Who is on the Seagull 2 now", "The Seagull 2 carries commuters."),
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Snapshot]:
    articles = [*make_coverage(), *(make_report(*event) for event in EVENTS)]
    snapshot = index_articles(tmp_path, articles)
    yield snapshot
    snapshot.close()


@pytest.mark.parametrize(
    ("question", "window"),
    [
        ("What was said before the Seagull 2 launch?", Window(None, date(2024, 5, 5))),
        ("What was said after the launch of the Seagull 2?", Window(date(2024, 5, 7), None)),
        ("What was said since the Seagull 2 launch?", Window(date(2024, 5, 6), None)),
        ("What was said until the Seagull 2 launch?", Window(None, date(2024, 5, 6))),
    ],
)
def test_the_story_of_the_event_gives_the_day(
    town: Snapshot, question: str, window: Window
) -> None:
    resolved = find_event_window(question, AS_OF, StoryFinder(town))
    assert resolved is not None
    assert resolved.window == window
    assert question[resolved.start : resolved.end] == resolved.phrase


@pytest.mark.parametrize(
    "question",
    [
        "What did the mayor say?",
        "What was said before the launch?",
        "What was said before the Seagull 3 launch?",
        "What was said before the Albatross launch?",
        "What did Seagull 2 cost after all?",
    ],
)
def test_an_event_that_the_coverage_does_not_know_gives_none(town: Snapshot, question: str) -> None:
    assert find_event_window(question, AS_OF, StoryFinder(town)) is None


def test_an_event_after_the_day_of_asking_gives_none(town: Snapshot) -> None:
    assert (
        find_event_window("before the Seagull 2 launch", date(2024, 5, 5), StoryFinder(town))
        is None
    )
