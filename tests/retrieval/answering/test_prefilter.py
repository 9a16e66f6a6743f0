# ruff: noqa: RUF001  # odd letters and marks are what is tested

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.prefilter import find_possible_terms
from retrieval.text.analysis import analyse_all

PIECES = st.sampled_from(
    ["ferry", "Ferries", "using", "abilities,", "lying", "LYING", "U.S.", "e-mail", "1,000",
     "$1.5bn", "naïve", "Ａldan", "“Aldan’s”", "x", "tie-up", "don't", "(ferry)",
     "2024", "Łódź", "…", "-", "ma\u0301s"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(min_size=1, max_size=8)), max_size=12).map(" ".join)
ASKED = [
    sorted({*analyse_all(text)})
    for text in ("ferry lie us", "1000 billion mail", "x nai", "use ability")
]


@given(text=TEXTS, asked=st.sampled_from(ASKED))
def test_no_word_that_stands_for_a_term_is_missed(text: str, asked: list[str]) -> None:
    possible = {text[start:end] for start, end in find_possible_terms(text, asked)}
    assert {word for word in text.split() if not set(asked).isdisjoint(analyse_all(word))} <= {
        *possible
    }


def test_words_that_begin_otherwise_are_not_looked_at() -> None:
    text = "The ferry left the old harbour, and few feel the fee"
    assert [text[start:end] for start, end in find_possible_terms(text, ["ferri"])] == ["ferry"]
