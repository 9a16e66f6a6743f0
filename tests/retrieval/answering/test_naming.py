"""Sentences that say what someone is, and those that give a thing its name."""

from __future__ import annotations

import pytest

from retrieval.answering.naming import names_what_is_asked, says_what_it_is


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The ferry was sold to the shipbuilder Orla Venn.", True),
        ("Orla Venn, 51, the owner of the yard, said no.", True),
        ("Orla Venn is a builder of boats.", True),
        ("Orla Venn: the builder who came back", True),
        ("Rita Quay and Orla Venn are said to agree.", False),
        ("Anna Helm, known in the yard as Orla Venn, left.", True),
        ("On Monday Orla Venn left.", False),
    ],
)
def test_a_noun_beside_the_name_says_what_it_is(text: str, says: bool) -> None:  # noqa: FBT001  # a row of the table
    assert says_what_it_is(text, ["orla venn"]) is says


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The county bought the ferry Ulla.", True),
        ("A ferry called Ulla sails.", True),
        ("The county bought a new ferry.", False),
    ],
)
def test_a_name_behind_the_noun_is_what_is_asked(text: str, named: bool) -> None:  # noqa: FBT001  # a row of the table
    assert names_what_is_asked(text, "ferry") is named
