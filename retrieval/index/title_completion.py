"""Headlines that go with what was typed so far: by the beginning of any of their words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.index.spelling import count_slips
from retrieval.index.weights import COMPLETION
from retrieval.text.analysis import analyse_with_offsets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.segment import Segment
    from retrieval.model import Article

    Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word of what was typed: its term, and its letters, where more of them may follow."""

    term: str
    beginning: str = ""


def complete_titles(
    segments: Sequence[Segment], typed: str, language: str, limit: int
) -> list[Article]:
    """Find the articles whose titles hold most of the typed words, the last one as a beginning.

    Titles that begin with what was typed come first, then the newest. A word that no title holds
    is taken for a slip of near ones.
    """
    marks = [_mark_titles(segments, word) for word in cut_typed(typed, language)]
    if not marks:
        return []
    found: list[tuple[int, int, int, int]] = []  # words held, published, segment, number
    for at, segment in enumerate(segments):
        counts = np.array([mark[at] for mark in marks]).sum(axis=0)
        best = (counts == counts.max(initial=1)).nonzero()[0]
        published = segment.arrays["published"][best].tolist()
        found += zip(counts[best].tolist(), published, [at] * len(best), best.tolist(), strict=True)
    most = max(found, default=(0,))[0]
    newest = sorted((one for one in found if one[0] == most), reverse=True)
    articles = [
        segments[at].article(n) for _, _, at, n in newest[: COMPLETION.read_per_shown * limit]
    ]
    start = _fold(" ".join(typed.split()))
    return sorted(articles, key=lambda a: not _fold(a.title).startswith(start))[:limit]


def cut_typed(typed: str, language: str) -> list[TypedWord]:
    """Cut what was typed into words; the last one is a beginning unless a blank follows it."""
    return [
        TypedWord(term, _fold(typed[start:end]) if end == len(typed) else "")
        for term, start, end in analyse_with_offsets(typed, language)
    ]


def _mark_titles(segments: Sequence[Segment], word: TypedWord) -> list[Mask]:
    """Mark in each segment the living articles whose title holds the word, or else a near one."""
    marks = [_holding(segment, _find_terms(segment, word)) for segment in segments]
    if any(mark.any() for mark in marks):
        return marks
    return [_holding(segment, _find_near(segment, word)) for segment in segments]


def _find_terms(segment: Segment, word: TypedWord) -> Mask:
    """Mark the term itself, and those that begin as the word does."""
    marked = np.zeros(len(segment.terms), bool)
    if word.beginning:
        marked[slice(*segment.terms.range_of(word.beginning))] = True
    number = segment.terms.find(word.term)
    if number is not None:
        marked[number] = True
    return marked


def _find_near(segment: Segment, word: TypedWord) -> Mask:
    """Mark the terms that begin nearly as the word does, or whose ending it has begun."""
    marked = np.zeros(len(segment.terms), bool)
    letters = word.beginning or word.term
    stems = [letters[:-cut] for cut in range(1, COMPLETION.longest_ending + 1)]
    numbers = [segment.terms.find(stem) for stem in stems if len(stem) >= COMPLETION.shortest_stem]
    marked[[number for number in numbers if number is not None]] = True
    slips = count_slips(letters)
    if not slips:
        return marked
    near = segment.terms.starting_with(letters[0], len(word.term) - slips)
    compared: list[tuple[str, int | None]] = [
        (word.term, None)
    ]  # a stem against stems, then beginnings of like length
    if word.beginning:
        compared += [(letters, len(letters)), (letters, len(letters) + 1)]
    for typed, length in compared:
        cut = [term[:length] for _, term in near]
        found = process.extract(typed, cut, scorer=OSA.distance, score_cutoff=slips, limit=None)
        marked[[near[place][0] for _, _, place in found]] = True
    return marked


def _holding(segment: Segment, marked: Mask) -> Mask:
    """Mark the living articles whose title holds one of the marked terms."""
    titles = segment.titles
    mask = np.zeros(len(segment), bool)
    mask[titles.owners[marked[titles.terms]]] = True
    return mask if segment.live is None else mask & segment.live


def _fold(text: str) -> str:
    """Letters as terms have them: in lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
