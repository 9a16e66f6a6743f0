"""Headlines are alike by their words, in any form, and by their letters."""

from __future__ import annotations

from retrieval.stories.headline_likeness import compare_headlines


def test_a_headline_is_its_own_likeness() -> None:
    assert round(compare_headlines("Bridge closes", "Bridge closes", "en"), 9) == 1


def test_other_words_are_not_alike_and_other_forms_are_in_part() -> None:
    assert compare_headlines("Bridge closes", "Herring catch", "en") == 0
    forms = compare_headlines("Bridge closes", "Bridges close", "en")
    assert 0.5 < forms < 1


def test_no_words_are_like_nothing() -> None:
    assert compare_headlines("", "Bridge closes", "en") == 0
    assert compare_headlines("?", "?", "en") == 0
