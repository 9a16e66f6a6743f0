"""Two outlets that give different numbers or days for one thing are shown side by side."""

from __future__ import annotations

import pytest

from retrieval.conflicts import find_conflicts
from retrieval.copies import group_copies
from retrieval.model import Conflict, Story
from tests.retrieval.town import make_report


def conflicts(*texts: str, hours: int = 3) -> tuple[Conflict, ...]:
    reports = tuple(
        make_report(f"Outlet {n}", n * hours, "The harbour bridge", text)
        for n, text in enumerate(texts)
    )
    return find_conflicts(Story(reports, group_copies(reports)))


DIFFERENT = [
    (
        "Repairs of the harbour bridge will cost 40 million crowns.",
        "The council said that repairs of the harbour bridge will cost 55 million crowns.",
    ),
    (
        "The ferry sank off Aldan and 12 sailors drowned, the coast guard said.",
        "The coast guard said 15 sailors drowned when the ferry sank off Aldan.",
    ),
    (
        "The harbour bridge in Aldan will close on 3 June for a year.",
        "The harbour bridge in Aldan will close on 10 June for a year, the mayor said.",
    ),
    (
        "The new ferry model costs $4.5 billion to build in Aldan, the yard said.",
        "In Aldan, the yard said, the new ferry model costs $6 billion to build.",
    ),
    (
        "Fares on the harbour ferries will rise by 5% next year.",
        "Fares on the harbour ferries will rise by 8 per cent next year.",
    ),
]

SAME = [
    # rounded
    (
        "Repairs of the harbour bridge will cost 40 million crowns.",
        "Repairs of the harbour bridge will cost 40.4 million crowns.",
    ),
    # written in another way
    (
        "Repairs of the harbour bridge will cost 1,400 million crowns.",
        "Repairs of the harbour bridge will cost 1.4 billion crowns.",
    ),
    # hedged
    (
        "The coast guard said 15 sailors drowned when the ferry sank off Aldan.",
        "The coast guard said more than 10 sailors drowned when the ferry sank off Aldan.",
    ),
    # another thing is counted
    (
        "The coast guard said 15 sailors drowned when the ferry sank off Aldan.",
        "The coast guard said 3 boats searched when the ferry sank off Aldan.",
    ),
    # about something else
    (
        "The choir of Aldan sang for 200 people in the old church on the hill.",
        "Rain kept 90 people from the market by the river in Helm.",
    ),
    # one of them gives both
    (
        (
            "First 12 sailors drowned off Aldan, the coast guard said. Now the coast guard said 15"
            " sailors drowned off Aldan when the ferry sank."
        ),
        "The coast guard said 12 sailors drowned when the ferry sank off Aldan.",
    ),
    # a day within a month
    (
        "The harbour bridge in Aldan will close in June for a year.",
        "The harbour bridge in Aldan will close on 10 June for a year.",
    ),
    # the names of models
    (
        "The council ordered Ferry 4 from the yard in Aldan for the harbour.",
        "The council ordered Ferry 5 from the yard in Aldan for the harbour.",
    ),
]


@pytest.mark.parametrize("texts", DIFFERENT)
def test_different_values_for_one_thing_are_a_conflict(texts: tuple[str, str]) -> None:
    (conflict,) = conflicts(*texts)
    assert (conflict.left.text, conflict.right.text) == texts
    assert (conflict.left_article.outlet, conflict.right_article.outlet) == ("Outlet 0", "Outlet 1")


@pytest.mark.parametrize("texts", SAME)
def test_values_that_agree_or_count_other_things_are_none(texts: tuple[str, str]) -> None:
    assert conflicts(*texts) == ()


def test_the_value_is_highlighted_and_the_thing_is_named() -> None:
    (conflict,) = conflicts(*DIFFERENT[0])
    ((start, end),) = conflict.right.highlights
    assert conflict.right.text[start:end] == "55 million"
    assert conflict.about == "Repairs harbour bridge cost crowns"


def test_one_outlet_does_not_contradict_itself() -> None:
    first, second = (make_report("The Quay", n, "Bridge", t) for n, t in enumerate(DIFFERENT[0]))
    assert find_conflicts(Story((first, second))) == ()


def test_one_conflict_is_told_once_however_many_repeat_it() -> None:
    left, right = DIFFERENT[1]
    assert len(conflicts(left, right, f"{right} The search goes on.")) == 1


def test_yesterday_may_be_the_day_before_elsewhere() -> None:
    """Two reports of one night, in two time zones, do not differ."""
    told = "The harbour bridge in Aldan was closed {} after the storm broke a pillar."
    assert conflicts(told.format("yesterday"), told.format("yesterday"), hours=20) == ()
