"""Text is cut where a reader would stop, and what remains stands in the original."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.replies.cutting import cut_line, shorten

SENTENCES = "The mill closed in May. Nobody was told. The owner has left the island for good."


def test_a_short_text_stays_whole() -> None:
    assert shorten("The mill closed.", 40) == ("The mill closed.", True)


def test_a_text_is_cut_at_the_end_of_a_sentence() -> None:
    assert shorten(SENTENCES, 50) == ("The mill closed in May. Nobody was told.", True)


def test_a_sentence_too_long_is_cut_between_words() -> None:
    assert shorten(SENTENCES, 20) == ("The mill closed in", False)


def test_a_title_is_cut_with_dots_on_one_line() -> None:
    assert cut_line("Harbour bridge\nto close  for a year", 20) == "Harbour bridge to…"


def test_a_word_without_end_is_cut_but_no_accent_or_emoji_is_parted() -> None:
    assert shorten("e\u0301" * 10, 5)[0] == "e\u0301" * 2
    assert shorten("a👩\u200d🚀b", 3)[0] == "a"


@given(st.text(), st.integers(min_value=1, max_value=80))
def test_what_remains_is_the_beginning_and_fits(text: str, limit: int) -> None:
    cut, whole = shorten(text, limit)
    assert text.startswith(cut)
    assert len(cut) <= limit
    assert whole or cut != text


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_a_line_fits_and_is_one_line(text: str, limit: int) -> None:
    line = cut_line(text, limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1
