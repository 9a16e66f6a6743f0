"""Two outlets that give different numbers or days for one thing are shown side by side."""

from __future__ import annotations

import pytest

from retrieval.model import Conflict, Story
from retrieval.stories.contradictions import find_conflicts
from retrieval.stories.near_duplicates import group_copies
from tests.retrieval.stories.contradiction_pairs import ALIKE, REAL, Pair
from tests.retrieval.town import make_report


def conflicts(*texts: str, hours: int = 3) -> tuple[Conflict, ...]:
    reports = tuple(
        make_report(f"Outlet {n}", n * hours, "The harbour bridge", text)
        for n, text in enumerate(texts)
    )
    return find_conflicts(Story(reports, group_copies(reports)))


def told(pair: Pair) -> tuple[Conflict, ...]:
    return conflicts(pair.left, pair.right, hours=pair.hours)


@pytest.mark.parametrize("pair", ALIKE, ids=[pair.why for pair in ALIKE])
def test_values_that_agree_or_count_other_things_are_none(pair: Pair) -> None:
    assert told(pair) == ()


def test_most_real_conflicts_are_found_and_hardly_anything_else() -> None:
    """Four of the real ones need more than words: a paraphrase, a name before the number."""
    found = [pair for pair in REAL if told(pair)]
    false = [pair for pair in ALIKE if told(pair)]
    precision, recall = len(found) / (len(found) + len(false)), len(found) / len(REAL)
    assert precision >= 0.95
    assert recall >= 0.88


def test_both_sentences_stand_side_by_side_the_earlier_one_left() -> None:
    (conflict,) = told(REAL[0])
    assert (conflict.left.text, conflict.right.text) == (REAL[0].left, REAL[0].right)
    assert (conflict.left_article.outlet, conflict.right_article.outlet) == ("Outlet 0", "Outlet 1")


def test_a_toll_differs_on_one_day_and_rises_from_day_to_day() -> None:
    early = "The mine collapse at Korrin killed 8 workers, the ministry said."
    late = "The mine collapse at Korrin killed 19 workers, the ministry said."
    assert conflicts(early, late, hours=2)
    assert not conflicts(early, late, hours=24)
    assert conflicts(late, early, hours=24)  # a toll does not fall


def test_the_value_is_highlighted_and_the_thing_is_named() -> None:
    (conflict,) = told(REAL[0])
    ((start, end),) = conflict.right.highlights
    assert conflict.right.text[start:end] == "55 million"
    assert conflict.about == "Repairs harbour bridge cost crowns"


def test_one_outlet_does_not_contradict_itself() -> None:
    first, second = (
        make_report("The Quay", n, "Bridge", t) for n, t in enumerate((REAL[0].left, REAL[0].right))
    )
    assert find_conflicts(Story((first, second))) == ()


def test_one_conflict_is_told_once_however_many_repeat_it() -> None:
    left, right = REAL[1].left, REAL[1].right
    assert len(conflicts(left, right, f"{right} The search goes on.")) == 1


def test_yesterday_may_be_the_day_before_elsewhere() -> None:
    """Two reports of one night, in two time zones, do not differ."""
    night = "The harbour bridge in Aldan was closed {} after the storm broke a pillar."
    assert conflicts(night.format("yesterday"), night.format("yesterday"), hours=20) == ()


def differ(*told: tuple[str, int, str]) -> list[tuple[str, str]]:
    """The two values of each difference between reports of outlets, so many hours apart."""
    reports = tuple(
        make_report(outlet, hours, "Petrel ferry sails", text) for outlet, hours, text in told
    )
    return [
        (c.left.text[slice(*c.left.highlights[0])], c.right.text[slice(*c.right.highlights[0])])
        for c in find_conflicts(Story(reports))
    ]


def test_one_act_on_two_days_is_a_difference_however_it_is_worded() -> None:
    assert differ(
        ("The Quay", 0, "Petrel is due to launch on June 2nd, after months in the dock."),
        ("Radio Fjord", 2, "Ahead of its June 6 release the ferry was painted green."),
    ) == [("June 2nd", "June 6")]


def test_a_later_day_that_is_told_days_later_is_news() -> None:
    assert not differ(
        ("The Quay", 0, "Petrel is due to launch on June 2nd, after months in the dock."),
        ("Radio Fjord", 72, "Ahead of its June 6 release the ferry was painted green."),
    )


def test_two_acts_on_two_days_are_no_difference() -> None:
    assert not differ(
        ("The Quay", 0, "Early access to the ferry Petrel runs from June 2nd."),
        ("Radio Fjord", 2, "The open beta of the ferry Petrel is on June 6."),
    )
