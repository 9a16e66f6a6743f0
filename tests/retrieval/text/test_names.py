from __future__ import annotations

import pytest

from retrieval.text.background import is_common_word
from retrieval.text.names import find_names
from retrieval.text.places import is_place


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Senate met Anna Lind's aides in Aldan.", ("Senate", "Anna Lind", "Aldan")),
        ("When did Quill 4 ship?", ("Quill 4",)),
        ("who sailed on Monday", ()),
        ('She said "the dam holds" twice.', ("the dam holds",)),
    ],
)
def test_names_are_runs_of_capitals_and_quoted_words(text: str, names: tuple[str, ...]) -> None:
    assert find_names(text) == names


def test_countries_and_their_people_are_places() -> None:
    assert is_place("Italy")
    assert is_place("new zealand")
    assert not is_place("Corvid")


def test_everyday_words_name_nothing() -> None:
    assert is_common_word("training")
    assert not is_common_word("corvid")
    assert is_common_word("Mühle", "de")  # of other languages nothing is known
