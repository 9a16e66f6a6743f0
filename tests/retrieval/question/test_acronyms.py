"""Short forms that the coverage spells out."""

from __future__ import annotations

import pytest

from retrieval.question.acronyms import expand_acronyms

TITLES = ("Quay Ferry 2 sails", "A new deck for Quay Ferry 2", "Board of the Coast meets", "Sails")


@pytest.mark.parametrize(
    ("query", "expanded"),
    [
        ("how many cars does qf2 carry", "how many cars does quay ferry 2 carry"),
        ("what did the BOTC say", "what did the BOTC say"),  # one text alone spells it out
        ("qf3 price", "qf3 price"),
        ("who is the cat", "who is the cat"),
    ],
)
def test_a_short_form_is_spelt_as_two_texts_spell_it(query: str, expanded: str) -> None:
    assert expand_acronyms(query, TITLES) == expanded
