"""Words of a sentence, read once and remembered."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from retrieval.index.analysis import analyse_all, stop_words
from retrieval.selection.naming import NOT_NAMES

# What begins with a letter first: that is most.
_TOKEN = re.compile(
    r"[^\W\d_][^\W_]*(?:[.&'’-][^\W_]+)*|[$£€¥]?\d[\d.,]*(?<![.,])%?|[^\W_]+(?:[.&'’-][^\W_]+)*"
    r"|[“”\"‘]"
)
_MARKS = frozenset('“”"‘')


class Word(NamedTuple):
    """A word, and what can be told from it alone; `term` is "" for stop words and marks."""

    text: str
    lower: str
    term: str
    capital: bool
    number: bool


Token = tuple[Word, int]  # the word and where it starts


def read_tokens(sentence: str, language: str) -> list[Token]:
    """The words of a sentence in order, with their offsets; quotation marks are among them."""
    return [(read_word(m.group(), language), m.start()) for m in _TOKEN.finditer(sentence)]


@lru_cache(maxsize=200_000)
def read_word(text: str, language: str) -> Word:
    """Read one word; hyphenated ones are known by their first term."""
    lower = text.lower()
    if text in _MARKS:
        return Word(text, lower, "", capital=False, number=False)
    terms = [term for term in analyse_all(text, language) if term not in stop_words(language)]
    return Word(
        text,
        lower,
        terms[0] if terms else "",
        capital=text[0].isupper() and lower not in NOT_NAMES,
        number=text[-1].isdigit() or text[0] in "$£€¥" or text[-1] == "%",
    )
