"""The words around a number say how sure it is, as what it is meant, and who gave it."""

from __future__ import annotations

import pytest

from retrieval.stories.hedges import find_hedge, find_meaning, find_sources


def place(sentence: str, number: str) -> tuple[int, int]:
    start = sentence.index(number)
    return start, start + len(number)


@pytest.mark.parametrize(
    ("sentence", "number", "hedge"),
    [
        ("The bridge carries 9,000 people.", "9,000", ""),
        ("The bridge carries more than 9,000 people.", "9,000", "above"),
        ("The bridge carries 9,000 people a day or more.", "9,000", "above"),
        ("The bridge carries about 9,000 people.", "9,000", "about"),
        ("Repairs cost roughly $40 million.", "40 million", "about"),
        ("It carries up to 9,000 people.", "9,000", "loose"),
        ("It takes 12 to 18 months.", "12", "loose"),
        ("It takes 12 to 18 months.", "18", "loose"),
        ("Between 6 to more than 25 inches fell.", "25", "loose"),
        ("It is for those of 6 months to 5 years.", "5", "loose"),
        ("An average 40 trains stop here.", "40", "loose"),
        ("Two clerks earned 40 crowns each.", "40", "loose"),
    ],
)
def test_a_number_is_bounded_guessed_or_exact(sentence: str, number: str, hedge: str) -> None:
    assert find_hedge(sentence, *place(sentence, number)) == hedge


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("The bridge has 40 lamps.", set()),
        ("The council hopes for 40 lamps.", {"hoped"}),
        ("The bridge will get 40 lamps.", {"ahead"}),
        ("The crew has fixed 40 lamps so far.", {"running"}),
        ("The bridge had 40 lamps in all.", {"whole"}),
        ("The crew fixes 40 lamps a day.", {"rate"}),
        ("The council initially bought 40 lamps.", {"earlier"}),
        ("The second bridge has 40 lamps.", {"order"}),
    ],
)
def test_a_value_is_meant_as_something(sentence: str, meant: set[str]) -> None:
    assert find_meaning(sentence, *place(sentence, "40")) == meant


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The coast guard said that 15 sailors drowned.", "The coast guard said that"),
        (
            "15 sailors drowned, the coast guard said on Monday.",
            ", the coast guard said on Monday.",
        ),
        ("According to the mayor, 15 sailors drowned.", "According to the mayor"),
        ("Tolland Motors said it sold 15 cars.", ""),
        ("15 sailors drowned.", ""),
    ],
)
def test_who_says_so_is_no_part_of_what_is_said(sentence: str, source: str) -> None:
    found = [sentence[start:end] for start, end in find_sources(sentence)]
    assert found == ([source] if source else [])
