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


def test_a_correction_leaves_the_other_words_alone(tmp_path: Path) -> None:
    town = index(tmp_path, [make_article("1", "Islands", "An island among many islands.")])
    ranking = town.search('"which islan" of the islanders, or of the islan -ferry')
    assert ranking.corrections == (("islan", "island"),)
    assert ranking.corrected == "which island  of the islanders, or of the island"
    assert town.search("which island").corrected == ""


@pytest.mark.parametrize("typed", ["abri\u00f3", "abrio\u0301", "Abri\u00f3"])
def test_a_word_is_not_said_to_be_searched_instead_of_itself(tmp_path: Path, typed: str) -> None:
    """Its Spanish term is not the one that the English analysis of the question gives."""
    english = [make_article(str(n), "Vote", "The council voted.") for n in range(3)]
    spanish = make_article("es", "El puente", "El puente se abri\u00f3 el lunes.", language="es")
    town = index(tmp_path, [*english, spanish])
    assert town.search(typed).corrections == ()
    assert found_ids(town, typed) == ["es"]


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


def test_a_rightly_spelt_word_that_nobody_wrote_is_searched_as_it_is(tmp_path: Path) -> None:
    town = index(
        tmp_path, [make_article("1", "Work", "The work is done and the crew has done it.")]
    )
    assert town.search("drones").corrections == ()
    assert town.search("Quand").corrections == ()


def test_a_lone_chinese_character_finds_the_words_that_begin_with_it(tmp_path: Path) -> None:
    town = index(tmp_path, [make_article("1", "大桥", "大桥星期一开通。", language="zh")])
    assert found_ids(town, "桥") == ["1"]
    assert town.search("桥").corrections == ()


def test_a_version_is_found_however_it_is_written(tmp_path: Path) -> None:
    town = index(
        tmp_path,
        [
            make_article("short", "Quill 7.14", "Out now."),
            make_article("long", "Quill 8.0.0", "Out now."),
            make_article("other", "Quill 7.1.4", "Out now."),
        ],
    )
    assert found_ids(town, "7.14.0") == ["short"]
    assert found_ids(town, "v8.0.0") == ["long"]
