"""What came out is read as one of two opposed outcomes; guesses and questions say neither."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.model import Story
from retrieval.stories.contradictions import find_conflicts
from retrieval.stories.outcome_claims import parse_outcomes
from tests.retrieval.town import make_report

TITLE = "Council votes on the harbour budget"


def read(text: str, language: str = "en") -> set[tuple[str, bool]]:
    report = replace(make_report("The Quay", 0, TITLE, text), language=language)
    return {(claim.act, claim.holds) for claim in parse_outcomes(report)}


@pytest.mark.parametrize(
    ("text", "language", "act", "holds"),
    [
        ("The council approved the harbour budget.", "en", "approval", True),
        ("The council rejected the harbour budget.", "en", "approval", False),
        ("The council has not approved the harbour budget.", "en", "approval", False),
        ("The ferry will close in June.", "en", "will close", True),
        ("The ferry will not close in June.", "en", "will close", False),
        ("The ferry didn't sail on Monday.", "en", "did sail", False),
        ("Der Rat hat den Haushalt abgelehnt.", "de", "approval", False),
        ("El consejo aprobó el presupuesto.", "es", "approval", True),
        ("Le conseil a rejeté le budget.", "fr", "approval", False),
    ],
)
def test_an_outcome_is_read(text: str, language: str, act: str, holds: bool) -> None:  # noqa: FBT001  # a column of the table
    assert (act, holds) in read(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "The council may have approved the budget.",
        "It is unclear whether the council approved the budget.",
        "Was the budget approved?",
        "The council approved the budget. Last year it rejected the budget.",
    ],
)
def test_guesses_questions_and_both_at_once_say_nothing(text: str) -> None:
    assert not {act for act, _ in read(text) if act == "approval"}


def test_a_language_without_a_table_says_nothing() -> None:
    assert read("The council approved the harbour budget.", "xx") == set()


def conflicts(hours: int, one: str, other: str) -> list[str]:
    story = Story(
        (make_report("The Quay", 0, TITLE, one), make_report("Helm", hours, TITLE, other))
    )
    return [conflict.about for conflict in find_conflicts(story)]


def test_opposed_outcomes_of_one_thing_differ_and_later_ones_are_news() -> None:
    one = "The council of Aldan approved the harbour budget on Friday night."
    other = "The council of Aldan rejected the harbour budget after a long night."
    assert conflicts(3, one, other) == ["approval"]
    assert conflicts(3, one, one.replace("on Friday night", "after a debate")) == []
    assert conflicts(72, one, other) == []


def test_a_denied_verb_differs_from_the_same_verb() -> None:
    one = "The harbour ferry to Helm will sail on Sundays in winter, the company said."
    other = "The harbour ferry to Helm will not sail on Sundays in winter."
    assert conflicts(3, one, other) == ["will sail"]


def test_opposed_outcomes_of_two_things_do_not_differ() -> None:
    one = "The council approved the harbour budget of Aldan."
    other = "A court in Bremholm rejected the complaint of two fishers about nets."
    assert conflicts(3, one, other) == []
