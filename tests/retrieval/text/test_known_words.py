from __future__ import annotations

import pytest

from retrieval.text.known_words import is_known_word


@pytest.mark.parametrize(
    "word", ["drones", "drone", "criticise", "Quand", "wann", "cuándo", "Norway", "ferries"]
)
def test_words_of_the_dictionary_and_little_words_of_any_language_are_known(word: str) -> None:
    assert is_known_word(word)


@pytest.mark.parametrize("word", ["brdige", "ferrry", "Corvidia", "parlament_"])
def test_slips_and_made_up_names_are_not(word: str) -> None:
    assert not is_known_word(word)
