from __future__ import annotations

import pytest

from retrieval.selection.boilerplate import is_boilerplate, is_heading, names_nothing


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


@pytest.mark.parametrize("line", ["What the council says", "The new boat", "At a glance:"])
def test_a_short_line_without_an_ending_mark_is_a_heading(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize("line", ["It sank.", "“We stay.”", "Who pays?"])
def test_a_short_sentence_is_no_heading(line: str) -> None:
    assert not is_heading(line)


def test_a_short_sentence_without_name_or_number_tells_nothing_by_itself() -> None:
    assert names_nothing("This should be fun.")
    assert not names_nothing("It was Okoro.")
    assert not names_nothing("It took 3 days.")
