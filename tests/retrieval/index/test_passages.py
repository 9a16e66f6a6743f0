from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.passages import MOST_WORDS, cut_passages

SENTENCE = "The ferry left the quay at dawn with nine people and one goat. "


def test_a_short_text_is_one_passage() -> None:
    assert cut_passages("The ferry left.") == [(0, 15)]
    assert cut_passages("") == [(0, 0)]


def test_passages_end_where_sentences_do() -> None:
    text = SENTENCE * 30
    passages = cut_passages(text)
    assert len(passages) > 1
    assert all(text[start:end].endswith("goat.") for start, end in passages)
    assert all(len(text[start:end].split()) <= MOST_WORDS for start, end in passages)


def test_a_paragraph_that_is_long_enough_is_a_passage() -> None:
    paragraph = SENTENCE * 6
    text = "\n\n".join([paragraph.strip()] * 3)
    assert [text[start:end] for start, end in cut_passages(text)] == [paragraph.strip()] * 3


@given(st.text(alphabet="ab .\n。語", max_size=3000))
def test_passages_hold_all_that_is_not_blank(text: str) -> None:
    passages = cut_passages(text)
    kept = "".join(text[start:end] for start, end in passages)
    assert "".join(kept.split()) == "".join(text.split())
    assert passages == sorted(passages)
