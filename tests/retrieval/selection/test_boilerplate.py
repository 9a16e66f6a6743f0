from __future__ import annotations

import pytest

from retrieval.selection.boilerplate import is_boilerplate


@pytest.mark.parametrize(
    "sentence",
    [
        "Sign up for our morning letter.",
        "Read more: the dam in pictures.",
        "This site uses cookies to work.",
        "Anna Lind/Aldan Pictures",
        "Aldan (AC) —",
        "https://example.org/dam",
        "[1]: https://example.org",
        "Follow us on every network.",
        "* * *",
    ],
)
def test_page_furniture_is_no_answer(sentence: str) -> None:
    assert is_boilerplate(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor signed the treaty on Monday.",
        "More than 300 people followed the parade.",
        "She read the letter aloud — twice.",
        "The cookie factory will close.",
    ],
)
def test_a_sentence_of_a_report_is_kept(sentence: str) -> None:
    assert not is_boilerplate(sentence)
