"""Headlines of a series are told apart by version, number and day; round-ups by their words."""

from __future__ import annotations

import pytest

from retrieval.stories.editions import find_editions


@pytest.mark.parametrize(
    ("title", "lead", "editions"),
    [
        ("Rudder 2.0 released", "", {("rudder", "2.0")}),
        ("Rudder v2.1.3 is out", "", {("rudder", "2.1.3")}),
        ("Harbour talk, episode 12", "", {("episode", "12")}),
        ("Letters from the quay #7", "", {("#", "7")}),
        ("Petrel 3 sails", "The Petrel 3 left port.", {("petrel", "3")}),
        ("Petrel III sails", "The Petrel III left port.", {("petrel", "3")}),
        ("The week of 3 May", "", {("day in The Quay", "3 may")}),
        ("Storm kills 40 in Helm", "In all 40 died.", set()),
        ("Bridge costs $2.5 billion", "", set()),
        ("Prices rise 2.5%", "", set()),
        ("May 4 was wet", "On May 4 it rained.", {("day in The Quay", "may 4")}),
    ],
)
def test_a_headline_numbers_what_comes_in_series(
    title: str, lead: str, editions: set[tuple[str, str]]
) -> None:
    assert set(find_editions(title, lead, "The Quay")) == editions
