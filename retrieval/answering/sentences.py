"""The sentences among which an answer is chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, overload

from retrieval.text.analysis import analyse
from retrieval.text.boilerplate import is_boilerplate
from retrieval.text.sentences import split_sentences
from retrieval.text.synonyms import find_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.model import Hit

    _Sentence = tuple[int, int, str, "Terms"]

# Read further only where a passage matched: an answer seldom stands deep in a long page.
_READ_CHARACTERS = 9_000
_SHORTEST = 12
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # a sign says what two letters do
_LONGEST = 600
_STRETCHES_KEPT = 512
_MARKS = ".,;:!?\"'()\u201c\u201d\u2018\u2019"
HEADLINE = -1  # the place of a headline, before all sentences


class Candidate(NamedTuple):
    """One sentence of one hit: `article.text[start:end]`, the `place`-th sentence of its article.

    `hit` counts from 0.
    """

    hit: int
    place: int
    start: int
    end: int
    text: str
    terms: Terms

    @property
    def quotable(self) -> bool:
        """Whether it may be shown; the others only serve as neighbours."""
        shortest = (
            _SHORTEST if self.text.isascii() or not _DENSE.search(self.text) else _SHORTEST // 2
        )
        return shortest <= len(self.text) <= _LONGEST and not is_boilerplate(self.text)


def find_candidates(hits: Sequence[Hit]) -> list[Candidate]:
    """Every sentence of the hits' texts, in order."""
    return [
        candidate
        for number, hit in enumerate(hits)
        for candidate in (
            *_headline(number, hit),
            *(Candidate(number, place, *read) for place, read in enumerate(_sentences(hit))),
        )
    ]


def _headline(number: int, hit: Hit) -> list[Candidate]:
    title, language = hit.article.title, hit.article.language
    return (
        [Candidate(number, HEADLINE, 0, len(title), title, Terms(title, language))] if title else []
    )


def _sentences(hit: Hit) -> list[_Sentence]:
    """Sentences of the beginning, and of the paragraphs further down in which a passage matched."""
    text, language = hit.article.text, hit.article.language
    if len(text) <= _READ_CHARACTERS:
        return list(_read(text, language))
    sentences = list(_read(text[:_READ_CHARACTERS], language)[:-1])
    for passage in sorted(hit.passages, key=lambda p: p.start):
        read = sentences[-1][1] if sentences else 0
        start = max(read, text.rfind("\n", 0, passage.start) + 1)
        end = text.find("\n", passage.end)
        stretch = text[start : end if end > 0 else len(text)]
        sentences += [(start + s, start + e, t, w) for s, e, t, w in _read(stretch, language)]
    return sentences


@lru_cache(maxsize=_STRETCHES_KEPT)
def _read(stretch: str, language: str) -> tuple[_Sentence, ...]:
    """The sentences of a stretch with their offsets; the same reports answer many questions."""
    return tuple(
        (start, end, sentence := stretch[start:end], Terms(sentence, language))
        for start, end in split_sentences(stretch, language)
    )


class Terms(Sequence[str]):
    """The terms of a sentence, analysed once they are needed: those of most never are."""

    def __init__(self, sentence: str, language: str) -> None:
        self._sentence, self._language = sentence, language

    @cached_property
    def _terms(self) -> list[str]:
        return analyse(self._sentence, self._language)

    @cached_property
    def phrased(self) -> frozenset[str]:
        """The terms for which the phrases of the sentence stand: "came out" for "launch"."""
        words = [word.strip(_MARKS) for word in self._sentence.lower().split()]
        return frozenset(
            term for _, phrase in find_phrases(words, self._language) for term in phrase.terms
        )

    def __len__(self) -> int:
        return len(self._terms)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        return self._terms[at]

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)
