"""Copies of one text in a list: a few of them, and then something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.retrieval.index.library import found_ids, index, make_article

if TYPE_CHECKING:
    from pathlib import Path

WIRE = "The night ferry sank off the lighthouse and forty people were saved by a fishing boat. " * 3
OTHER = "A choir sang of the ferry in the harbour while the mayor spoke of budgets and drains. " * 3


def test_the_fourth_copy_comes_after_all_that_is_none(tmp_path: Path) -> None:
    copies = [make_article(f"copy{n}", f"Ferry {n}", WIRE) for n in range(6)]
    town = index(tmp_path, [*copies, make_article("other", "Choir", OTHER)])
    ids = found_ids(town, "night ferry lighthouse")
    assert ids.index("other") == 3
    assert len(ids) == 7


def test_short_texts_may_be_alike_by_chance(tmp_path: Path) -> None:
    notes = [make_article(f"note{n}", f"Ferry {n}", "The night ferry is late.") for n in range(6)]
    town = index(tmp_path, [*notes, make_article("other", "Choir", OTHER)])
    assert found_ids(town, "night ferry").index("other") == 6
