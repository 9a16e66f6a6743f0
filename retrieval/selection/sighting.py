"""Which terms of the question stand in which sentence, and which around it."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index.analysis import analyse, analyse_all, stop_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from retrieval.model import Hit
    from retrieval.selection.candidates import Candidate
    from retrieval.selection.wanted import Wanted

    Held = NDArray[np.bool_]

_MARKS = ".,;:!?()\"'“”‘’"
_SHORT = 3  # letters; a stem of such a word may be one letter


@dataclass(frozen=True, slots=True)
class Sighting:
    """One row a candidate, one column a question term: held by it, or by the headline above it.

    `hit` gives each row's hit and `score` that hit's score as a share of the best one's.
    """

    held: Held
    titled: Held
    hit: NDArray[np.int64]
    score: NDArray[np.float64]

    def widened(self, *steps: int) -> Held:
        """Each row joined with the rows that many sentences further on in the same article."""
        wide = self.held.copy()
        count = len(self.held)
        for step in steps:
            here = np.arange(max(0, -step), min(count, count - step))
            same = self.hit[here] == self.hit[here + step]
            wide[here] |= self.held[here + step] & same[:, None]
        return wide

    def above(self) -> Held:
        """Each row joined with the headline and everything before it in its article."""
        seen = self.titled.copy()
        for hit in range(int(self.hit.max(initial=-1)) + 1):
            rows = self.hit == hit
            seen[rows] |= np.logical_or.accumulate(self.held[rows], axis=0)
        return seen

    def by_hit(self) -> Held:
        """One row a hit: what its headline and its sentences hold together."""
        starts = np.flatnonzero(np.r_[True, np.diff(self.hit) > 0]) if len(self.hit) else self.hit
        joined: Held = np.logical_or.reduceat(self.held | self.titled, starts, axis=0)
        return joined


def share(held: Held, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The part of the weights that each row holds, 0 to 1; 0 where there is no weight at all."""
    shares: NDArray[np.float64] = (held @ weights) / (weights.sum() or 1.0)
    return shares


def sight_terms(wanted: Wanted, candidates: Sequence[Candidate], hits: Sequence[Hit]) -> Sighting:
    """Look for the question's terms in every candidate and every headline."""
    held = _find_in_sentences(wanted, candidates, hits)
    titles = _find([analyse(hit.article.title, hit.article.language) for hit in hits], wanted)
    hit_of = np.array([candidate.hit for candidate in candidates], dtype=np.int64)
    scores = np.array([hit.score for hit in hits])
    return Sighting(held, titles[hit_of], hit_of, (scores / (scores.max() or 1.0))[hit_of])


def _find_in_sentences(
    wanted: Wanted, candidates: Sequence[Candidate], hits: Sequence[Hit]
) -> Held:
    """Look for the words that stand for a term of the question, before any sentence is analysed."""
    languages = {hit.article.language for hit in hits}
    if any(not stop_words(language).isdisjoint(wanted.columns) for language in languages):
        return _find([candidate.terms for candidate in candidates], wanted)
    words = [candidate.text.split() for candidate in candidates]
    vocabulary = set(chain.from_iterable(words))
    telling = {language: _telling_words(vocabulary, language, wanted) for language in languages}
    held = np.zeros((len(words), len(wanted.columns)), dtype=np.bool_)
    for row, (candidate, own) in enumerate(zip(candidates, words, strict=True)):
        by_word = telling[hits[candidate.hit].article.language]
        for word in by_word.keys() & own:
            held[row, by_word[word]] = True
    return held


def _telling_words(words: Collection[str], language: str, wanted: Wanted) -> dict[str, list[int]]:
    """The words that stand for terms of the question, with their columns."""
    asked = wanted.columns
    openings = {opening for term in asked for opening in _openings(term)}
    telling = {}
    for word in words:
        bare = word if word.isalpha() else word.strip(_MARKS)
        plain = len(bare) > _SHORT and bare.isascii() and bare.isalpha()
        if plain and bare[:2] not in openings and language == "en":
            continue
        if columns := [asked[term] for term in analyse_all(word, language) if term in asked]:
            telling[word] = columns
    return telling


def _openings(term: str) -> Iterator[str]:
    """How the words of an English stem may begin: with its letters, but "lying" is "lie"."""
    second = "iy" if term[1:2] in ("i", "y") else term[1:2]
    for opening in (term[:1] + letter for letter in second):
        yield from (opening, opening.title(), opening.upper(), opening[0] + opening[1:].upper())


def _find(texts: Sequence[Sequence[str]], wanted: Wanted) -> Held:
    held = np.zeros((len(texts), len(wanted.columns)), dtype=np.bool_)
    for row, terms in enumerate(texts):
        for term in terms:
            if (column := wanted.columns.get(term)) is not None:
                held[row, column] = True
    return held


def closer_look(
    wanted: Wanted, seen: Sighting, candidates: Sequence[Candidate], most: int
) -> NDArray[np.int64]:
    """The rows of the quotable candidates that a cheap score puts first, in reading order."""
    cheap = (
        share(seen.held, wanted.idf)
        + 0.5 * share(seen.held, wanted.clause_idf)
        + 0.5 * share(seen.widened(-1, 1) | seen.titled, wanted.idf)
        + 0.5 * seen.score
    )
    order = np.argsort(-cheap, kind="stable")
    rows = islice((row for row in order if candidates[row].quotable), most)
    return np.sort(np.fromiter(rows, dtype=np.int64))
