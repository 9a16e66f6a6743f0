from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.errors import EvaluationError
from retrieval.evaluation.wordnet_building import build_known_words, build_synonyms
from retrieval.text.synonyms import WEIGHTS

if TYPE_CHECKING:
    from pathlib import Path

# Three synsets in WordNet's layout: (ferryboat, ferry, tug), (sail), (sailor); the last two are of
# one family, and "tug" is used more often in another sense.
SENSES = """ferry%1:06:00:: 00000001 1 9
ferryboat%1:06:00:: 00000001 1 4
tug%1:06:00:: 00000001 2 1
tug%2:38:00:: 00000009 1 8
sail%2:38:00:: 00000002 1 7
sailor%1:04:00:: 00000003 1 3
"""
NOUNS = """  a line of the licence
00000001 06 n 03 ferryboat 0 ferry 0 tug 0 000 | a boat
00000003 04 n 01 sailor 0 001 + 00000002 v 0101 | one who sails
"""
VERBS = "00000002 38 v 01 sail 0 001 + 00000003 n 0101 01 + 02 00 | to go by boat\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("index.sense", SENSES), ("data.noun", NOUNS), ("data.verb", VERBS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "data.adj").write_text("", encoding="utf-8")
    return tmp_path


def test_words_of_one_main_sense_are_synonyms(folder: Path) -> None:
    assert build_synonyms(folder)["ferri"] == {"ferryboat": WEIGHTS.synset}
    assert "tug" not in build_synonyms(folder)


def test_words_of_one_family_stand_for_one_another(folder: Path) -> None:
    table = build_synonyms(folder)
    assert table["sail"] == {"sailor": WEIGHTS.derived}
    assert table["sailor"] == {"sail": WEIGHTS.derived}


def test_every_word_is_known(folder: Path) -> None:
    assert build_known_words(folder) == ["ferri", "ferryboat", "sail", "sailor", "tug"]


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"index\.sense: cannot be read"):
        build_synonyms(tmp_path)
