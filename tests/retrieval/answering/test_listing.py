"""Rows of things in a sentence."""

from __future__ import annotations

import pytest

from retrieval.answering.listing import count_enumerated


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Five boats sail: the Ulla, the Kite, the Marten, the Old Swan and the Heron.", 5),
        ("The boards quay-9, pier2 and dock_a (any of them) are gone.", 3),
        ("The ferry, which nobody takes, is late, he said.", 0),
        ("In Helm and Vell they agree.", 2),
    ],
)
def test_names_in_a_row_are_counted(text: str, count: int) -> None:
    assert count_enumerated(text) == count
