from __future__ import annotations

import pytest

from retrieval.text.analysis import analyse
from retrieval.text.synonyms import find_forms


def term(word: str) -> str:
    (only,) = analyse(word)
    return only


@pytest.mark.parametrize(
    ("asked", "reported"), [("bought", "buys"), ("bought", "acquires"), ("wrote", "written")]
)
def test_irregular_forms_and_near_synonyms_stand_for_one_another(asked: str, reported: str) -> None:
    assert term(reported) in find_forms(term(asked))
    assert term(asked) in find_forms(term(reported))


def test_a_word_stands_for_itself_without_being_listed() -> None:
    assert term("bought") not in find_forms(term("bought"))
    assert find_forms(term("ferry")) == frozenset()
