"""Words of a sentence, read once and remembered."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from retrieval.text.analysis import analyse_all, stop_words
from retrieval.text.names import NOT_NAMES

# What begins with a letter first: that is most.
_TOKEN = re.compile(
    r"[^\W\d_][^\W_]*(?:[.&'’-][^\W_]+)*|[$£€¥]?\d[\d.,]*(?<![.,])%?|[^\W_]+(?:[.&'’-][^\W_]+)*"
    r"|[“”\"‘]"
)
_MARKS = frozenset('“”"‘')
_MOST_REMEMBERED = 200_000


class Word(NamedTuple):
    """A word, and what can be told from it alone; `term` is "" for stop words and marks."""

    text: str
    lower: str
    term: str
    capital: bool
    number: bool


def read_words(sentence: str, language: str) -> list[Word]:
    """The words of a sentence in order; quotation marks are among them."""
    return list(map(_remembered(language).__getitem__, _TOKEN.findall(sentence)))


def find_starts(sentence: str) -> list[int]:
    """Where each word that `read_words` gives starts."""
    return [found.start() for found in _TOKEN.finditer(sentence)]


class _Remembered(dict[str, Word]):
    """The words of a language, filled as they are met."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, text: str) -> Word:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        word = self[text] = _read_word(text, self._language)
        return word


@cache
def _remembered(language: str) -> _Remembered:
    return _Remembered(language)


def _read_word(text: str, language: str) -> Word:
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
