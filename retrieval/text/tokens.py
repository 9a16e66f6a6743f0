"""Words of a sentence, parsed once and remembered."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from retrieval.text.analysis import analyse_all, stop_words
from retrieval.text.lexicon import lexicon
from retrieval.text.names import NOT_NAMES

# What begins with a letter first: that is most.
_WORD = (
    r"[^\W\d_][^\W_]*(?:[.&'’-][^\W_]+)*|[$£€¥]?\d[\d.,]*(?<![.,])%?|[^\W_]+(?:[.&'’-][^\W_]+)*"
    r"|[“”\"‘]"
)
# Chinese and Japanese part no words: every two neighbouring characters are taken for one, as the
# index does, and numbers and Latin words stand for themselves.
_UNSPACED = frozenset(("zh", "ja", "th"))
_UNPARTED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CHARACTERS = re.compile(
    rf"(?=([{_UNPARTED}]{{2}}))[{_UNPARTED}]|(?<![{_UNPARTED}])([{_UNPARTED}])(?![{_UNPARTED}])"
    rf"|((?:(?![{_UNPARTED}])[^\W_])+(?:[.,&'’·-](?:(?![{_UNPARTED}])[^\W_])+)*%?|[$£€¥]|[“”\"‘])"
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


def cut_words(sentence: str, language: str) -> list[Word]:
    """The words of a sentence in order; quotation marks are among them.

    Where a language parts no words, each pair of neighbouring characters counts as one.
    """
    memo = _remembered(language)
    if language in _UNSPACED:
        return [memo[next(filter(None, found.groups()))] for found in _find_characters(sentence)]
    return list(map(memo.__getitem__, _token_pattern(language).findall(sentence)))


def _find_characters(sentence: str) -> list[re.Match[str]]:
    return [found for found in _CHARACTERS.finditer(sentence) if any(found.groups())]


def find_starts(sentence: str, language: str = "en") -> list[int]:
    """Where each word that `cut_words` gives starts."""
    if language in _UNSPACED:
        return [found.start() for found in _find_characters(sentence)]
    return [found.start() for found in _token_pattern(language).finditer(sentence)]


@cache
def _token_pattern(language: str) -> re.Pattern[str]:
    """How to find words; one that lost its last vowel to the next ("l'État") stands for itself."""
    elided = "|".join(sorted(lexicon(language).listed("elided")))
    return re.compile(rf"(?i:\b(?:{elided}))['’](?=[^\W_])|{_WORD}" if elided else _WORD)


class _Remembered(dict[str, Word]):
    """The words of a language, filled as they are met."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, text: str) -> Word:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        word = self[text] = _parse_word(text, self._language)
        return word


@cache
def _remembered(language: str) -> _Remembered:
    return _Remembered(language)


def _parse_word(text: str, language: str) -> Word:
    """Parse one word; hyphenated ones are known by their first term."""
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
