from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.retrieval.index.library import found_ids, index, make_article

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index import Snapshot


@pytest.fixture
def town(tmp_path: Path) -> Snapshot:
    return index(
        tmp_path,
        [
            make_article(
                "1", "Lighthouse", "The lighthouse keeper retired later than most, in 1987."
            ),
            make_article("2", "Lanterns", "Lanterns lit the harbour."),
            make_article("3", "Harbours", "Two harbours."),
        ],
    )


@pytest.mark.parametrize(
    ("query", "corrections", "expected"),
    [
        ("lighthuose", (("lighthuose", "lighthouse"),), ["1"]),
        ("harbuor", (("harbuor", "harbour"),), ["2", "3"]),
        ("harbour", (), ["2", "3"]),
        ("1986", (), []),  # a number is taken at its word
        ("cat", (), []),
        ("zeppelin", (), []),
        ("thanks", (), []),  # not "than", which nobody looks for
    ],
)
def test_a_slip_of_the_keyboard_is_forgiven(
    town: Snapshot, query: str, corrections: tuple[tuple[str, str], ...], expected: list[str]
) -> None:
    assert town.search(query).corrections == corrections
    assert sorted(found_ids(town, query)) == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("legalise", (("legalise", "legalize"),)),  # the other spelling, not the near "legales"
        ("parlor", (("parlor", "parlour"),)),
        ("analyse", (("analyse", "analyze"),)),
    ],
)
def test_the_spelling_across_the_ocean_comes_first(
    tmp_path: Path, typed: str, meant: tuple[tuple[str, str], ...]
) -> None:
    town = index(
        tmp_path,
        [
            make_article("1", "Vote", "They legalize it, analyze it, and sit in the parlour."),
            make_article("2", "Aviso", "Documentos legales."),
        ],
    )
    assert town.search(typed).corrections == meant


def test_the_word_shown_is_the_one_most_like_what_was_typed(tmp_path: Path) -> None:
    town = index(
        tmp_path, [make_article("1", "Vote", "A critical report. Critics criticized the mayor.")]
    )
    assert town.search("criticise").corrections == (("criticise", "criticized"),)


def test_a_rare_neighbour_is_no_correction_in_a_large_coverage(tmp_path: Path) -> None:
    crowd = [make_article(str(n), f"Note {n}", "Lanterns lit it.") for n in range(2000)]
    town = index(tmp_path, [*crowd, make_article("rare", "Rare", "A zeppelyn came.")])
    assert town.search("zeppelin").corrections == ()
    assert town.search("lantirns").corrections == (("lantirns", "lanterns"),)
