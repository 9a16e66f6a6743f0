"""Which terms of the question stand in which sentence, and which around it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answering.prefilter import find_possible_terms
from retrieval.text.analysis import analyse, analyse_all, stop_words
from retrieval.text.synonyms import phrases_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.answering.sentences import Candidate
    from retrieval.model import Hit

    Held = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TermOverlap:
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


def find_overlap(
    query_terms: QuestionTerms, candidates: Sequence[Candidate], hits: Sequence[Hit]
) -> TermOverlap:
    """Look for the question's terms in every candidate and every headline."""
    held = _find_in_sentences(query_terms, candidates, hits)
    _add_phrases(held, query_terms, candidates)
    titles = _find([analyse(hit.article.title, hit.article.language) for hit in hits], query_terms)
    hit_of = np.array([candidate.hit for candidate in candidates], dtype=np.int64)
    scores = np.array([hit.score for hit in hits])
    return TermOverlap(held, titles[hit_of], hit_of, (scores / (scores.max() or 1.0))[hit_of])


def _find_in_sentences(
    query_terms: QuestionTerms, candidates: Sequence[Candidate], hits: Sequence[Hit]
) -> Held:
    """Look for the words that stand for a term of the question; English need not be analysed."""
    languages = {hit.article.language for hit in hits}
    if languages != {"en"} or not stop_words("en").isdisjoint(query_terms.columns):
        return _find([candidate.terms for candidate in candidates], query_terms)
    joined = "\n".join(candidate.text for candidate in candidates)
    starts = np.cumsum([0, *(len(candidate.text) + 1 for candidate in candidates)])
    possible = find_possible_terms(joined, query_terms.columns)
    rows = starts.searchsorted([start for start, _ in possible], "right") - 1
    found: list[tuple[int, int]] = []
    known: dict[str, list[int]] = {}
    for row, (start, end) in zip(rows.tolist(), possible, strict=True):
        word = joined[start:end]
        columns = known.get(word)
        if columns is None:
            terms = analyse_all(word)
            columns = known[word] = [
                query_terms.columns[t] for t in terms if t in query_terms.columns
            ]
        found += [(row, column) for column in columns]
    held = np.zeros((len(candidates), len(query_terms.idf)), dtype=np.bool_)
    held[*np.array(found, np.int64).reshape(-1, 2).T] = True  # one by one would take four times it
    return held


def _add_phrases(held: Held, query_terms: QuestionTerms, candidates: Sequence[Candidate]) -> None:
    """Mark the terms for which a phrase stands where the sentence holds something asked for.

    Only a sentence with all later words of such a phrase, whatever the first one's form, is read.
    """
    phrases = phrases_for(query_terms.columns, query_terms.language)
    later = {phrase.words[1:] for phrase in phrases}
    for row in np.flatnonzero(held.any(axis=1)).tolist() if later else ():
        text = candidates[row].text.lower()
        if not any(all(word in text for word in words) for words in later):
            continue
        for term in candidates[row].terms.phrased:
            if (column := query_terms.columns.get(term)) is not None:
                held[row, column] = True


def _find(texts: Sequence[Sequence[str]], query_terms: QuestionTerms) -> Held:
    held = np.zeros((len(texts), len(query_terms.idf)), dtype=np.bool_)
    for row, terms in enumerate(texts):
        for term in terms:
            if (column := query_terms.columns.get(term)) is not None:
                held[row, column] = True
    return held


def shortlist(
    query_terms: QuestionTerms, seen: TermOverlap, candidates: Sequence[Candidate], most: int
) -> NDArray[np.int64]:
    """The rows of the quotable candidates that a cheap score puts first, in reading order."""
    cheap = (
        share(seen.held, query_terms.idf)
        + 0.5 * share(seen.held, query_terms.clause_idf)
        + 0.5 * share(seen.widened(-1, 1) | seen.titled, query_terms.idf)
        + 0.5 * seen.score
    )
    order = np.argsort(-cheap, kind="stable")
    rows = islice((row for row in order if candidates[row].quotable), most)
    return np.sort(np.fromiter(rows, dtype=np.int64))
