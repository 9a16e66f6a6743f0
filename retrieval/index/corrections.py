"""A word that the coverage lacks, and the near one that it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.index.analysis import analyse_all

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.index.segment import Segment

_SHORTEST = 5  # letters; shorter words have too many neighbours
_LOOKED_AT = 3  # articles
_LONG = 9  # letters; from here on two slips are forgiven


def correct(term: str, segments: Sequence[Segment], idf_of: Callable[[str], float]) -> str | None:
    """Give the nearest term that the coverage holds, the commonest of equals, or none.

    A term with a digit, and one of fewer than five letters, is taken at its word. The first letter
    is taken to be right.
    """
    if len(term) < _SHORTEST or not term.isalpha():
        return None
    slips = 1 if len(term) < _LONG else 2
    near: dict[str, float] = {}
    for segment in segments:
        words = [word for _, word in segment.terms.starting_with(term[0])]
        found = process.extract(term, words, scorer=OSA.distance, score_cutoff=slips, limit=20)
        near |= {word: distance for word, distance, _ in found}
    if not near:
        return None
    return min(near, key=lambda word: (near[word], idf_of(word), word))


def spell(term: str, segments: Sequence[Segment]) -> str:
    """Give a word as an article writes it whose term this is; the term itself where none is met."""
    beginning = term[: max(len(term) - 2, 3)]
    for segment in segments:
        column = segment.column_of(term)
        for number in [] if column is None else column.articles[:_LOOKED_AT].tolist():
            article = segment.article(number)
            for word in re.findall(r"[^\W\d_]+", f"{article.title} {article.text}".casefold()):
                if word.startswith(beginning) and analyse_all(word, article.language) == [term]:
                    return str(word)
    return term
