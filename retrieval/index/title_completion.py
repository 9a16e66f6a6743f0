"""Headlines that go with what was typed so far: by the beginning of any of their words."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.index.source import TypedWord
from retrieval.index.spelling import count_slips
from retrieval.index.weights import COMPLETION
from retrieval.text.analysis import analyse_with_offsets

if TYPE_CHECKING:
    from retrieval.index.source import IndexSource
    from retrieval.model import Article


def complete_titles(source: IndexSource, typed: str, language: str, limit: int) -> list[Article]:
    """Find the articles whose titles hold most of the typed words, the last one as a beginning.

    Titles that begin with what was typed come first, then the newest. A word that no title holds
    is taken for a slip of near ones.
    """
    words = cut_typed(typed, language)
    if not words:
        return []
    articles = source.find_titled(
        words, partial(find_near, source), COMPLETION.read_per_shown * limit
    )
    start = _fold(" ".join(typed.split()))
    return sorted(articles, key=lambda a: not _fold(a.title).startswith(start))[:limit]


def cut_typed(typed: str, language: str) -> list[TypedWord]:
    """Cut what was typed into words; the last one is a beginning unless a blank follows it."""
    return [
        TypedWord(term, _fold(typed[start:end]) if end == len(typed) else "")
        for term, start, end in analyse_with_offsets(typed, language)
    ]


def find_near(source: IndexSource, word: TypedWord) -> list[str]:
    """List the terms that begin nearly as the word does, or whose ending it has begun."""
    letters = word.beginning or word.term
    stems = [letters[:-cut] for cut in range(1, COMPLETION.longest_ending + 1)]
    found = {stem for stem in stems if len(stem) >= COMPLETION.shortest_stem}
    slips = count_slips(letters)
    if not slips:
        return sorted(found)
    near = source.beginning_with(letters[0], len(word.term) - slips)
    compared: list[tuple[str, int | None]] = [
        (word.term, None)
    ]  # a stem against stems, then beginnings of like length
    if word.beginning:
        compared += [(letters, len(letters)), (letters, len(letters) + 1)]
    for typed, length in compared:
        cut = [term[:length] for term in near]
        alike = process.extract(typed, cut, scorer=OSA.distance, score_cutoff=slips, limit=None)
        found |= {near[place] for _, _, place in alike}
    return sorted(found)


def _fold(text: str) -> str:
    """Letters as terms have them: in lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
