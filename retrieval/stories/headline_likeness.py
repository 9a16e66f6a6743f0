"""How alike two headlines are, by their words and by their letters."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache

from retrieval.text.analysis import analyse_all

_LETTERS = 4
_WORD = re.compile(r"\w+")


def compare_headlines(one: str, other: str, language: str) -> float:
    """Return the mean of two cosines, 0 to 1: of the words, and of the runs of four letters."""
    words, other_words = _cut_words(one, language), _cut_words(other, language)
    return (_cosine(words, other_words) + _cosine(_cut_runs(one), _cut_runs(other))) / 2


@lru_cache(maxsize=256)
def _cut_words(headline: str, language: str) -> Counter[str]:
    return Counter(set(analyse_all(headline, language)))


@lru_cache(maxsize=256)
def _cut_runs(headline: str) -> Counter[str]:
    folded = " ".join(_WORD.findall(headline.lower()))
    return Counter(folded[n : n + _LETTERS] for n in range(len(folded) - _LETTERS + 1))


def _cosine(left: Counter[str], right: Counter[str]) -> float:
    shared = sum(count * right[of] for of, count in left.items())
    squares = (sum(count**2 for count in counts.values()) for counts in (left, right))
    return shared / math.sqrt(math.prod(squares)) if left and right else 0.0
