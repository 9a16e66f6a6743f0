"""A word that the coverage lacks, and the near one that it holds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.index.weights import SPELLING
from retrieval.text.analysis import analyse_all, analyse_with_offsets, stop_words
from retrieval.text.known_words import is_known_word

if TYPE_CHECKING:
    from retrieval.index.source import IndexSource

_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_PAIRS = 4  # of those that begin with a lone character, the commonest
_WIDEST = 4  # bytes of a character in UTF-8
# What a term ends in and what the word ends in on the other side of the Atlantic.
_ELSEWHERE = (("is", "ize"), ("iz", "ise"), ("our", "or"), ("or", "our"), ("ys", "yze"))


@dataclass(frozen=True, slots=True)
class SpelledQuery:
    """A query as it is searched: its terms in order, and its text with the near words put in.

    `corrections` pairs each word as it was typed with the one that stands for it.
    """

    terms: tuple[str, ...]
    text: str
    corrections: tuple[tuple[str, str], ...] = ()


def spell_query(text: str, language: str, source: IndexSource) -> SpelledQuery:
    """Analyse a query; where no article holds a term, a near one that some hold replaces it.

    A word whose term differs while its letters do not ("abrió" in a Spanish article, asked of
    English coverage) is searched by the article's term and is no correction.
    """
    terms: list[str] = []
    corrections: dict[str, str] = {}
    spelled, after = "", 0
    for term, start, end in analyse_with_offsets(text, language):
        known = bool(source.frequency(term))
        near = None if known else correct(term, source)
        terms += [near or term] if near or known else _find_pairs(term, source) or [term]
        typed = text[start:end]
        word = spell(near, typed, source) if near else typed
        if _letters(word) != _letters(typed):
            corrections[typed] = word
            if start >= after:  # a compound comes after its parts
                spelled, after = spelled + text[after:start] + word, end
    return SpelledQuery(tuple(terms), spelled + text[after:], tuple(corrections.items()))


def _find_pairs(term: str, source: IndexSource) -> list[str]:
    """The commonest pairs that begin with a lone Chinese or Japanese character.

    Only pairs of neighbouring characters are terms, so that one by itself is in no article.
    """
    if len(term) != 1 or not _IDEOGRAPH.match(term):
        return []
    pairs = [
        word
        for word in source.beginning_with(term)
        if len(word) == 2 and source.frequency(word)  # noqa: PLR2004  # a pair
    ]
    return sorted(pairs, key=lambda pair: (-source.frequency(pair), pair))[:_PAIRS]


def _letters(word: str) -> str:
    """A word by which to tell whether two are the same for a reader."""
    return unicodedata.normalize("NFKC", word).casefold()


def correct(term: str, source: IndexSource) -> str | None:
    """Give the term of the other English spelling, else the nearest common one, or none.

    A term with a digit, and one of fewer than five letters, is taken at its word. The first letter
    is taken to be right. A rare word is no likelier than the one that was typed: "legales" is not
    meant by "legalise".
    """
    if not count_slips(term):
        return None
    if elsewhere := next((t for t in _spelt_elsewhere(term) if source.frequency(t)), None):
        return elsewhere
    if is_known_word(term):
        return None
    least = 1 + source.articles // SPELLING.common
    near = {w: d for w, d in _near(term, source).items() if source.frequency(w) >= least}
    return min(near, key=lambda word: (near[word], source.idf(word), word), default=None)


def _spelt_elsewhere(term: str) -> list[str]:
    """British terms for American ones, and the other way round: colour, color."""
    return [
        other
        for ending, ending_there in _ELSEWHERE
        if term.endswith(ending)
        for other in analyse_all(term.removesuffix(ending) + ending_there)
    ]


def count_slips(word: str) -> int:
    """How many slips of the keyboard are forgiven in a word: 0, 1 or 2."""
    if len(word) < SPELLING.shortest or not word.isalpha():
        return 0
    return 1 if len(word) < SPELLING.long else 2


def _near(term: str, source: IndexSource) -> dict[str, float]:
    """The terms that are a slip away, with their distance; other lengths are not even read."""
    slips = count_slips(term)
    strange = slips if term.isascii() else len(term) + slips
    longest = len(term) + slips + (_WIDEST - 1) * strange
    empty = stop_words("en")  # nobody looks for "than"
    words = source.beginning_with(term[0], len(term) - slips, longest)
    found = process.extract(term, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return {word: distance for word, distance, _ in found if word not in empty}


def spell(term: str, typed: str, source: IndexSource) -> str:
    """Give a word as an article writes it whose term this is; the term itself where none is met.

    Of several such words it is the one most like what was `typed`: "criticise" is "criticized"
    rather than "critical".
    """
    words = sorted(_words_of(term, source))
    return min(words, key=lambda word: OSA.distance(typed.casefold(), word), default=term)


def _words_of(term: str, source: IndexSource) -> set[str]:
    """Words with this term in the first few articles that hold it."""
    beginning = term[: max(len(term) - 2, 3)]
    found: set[str] = set()
    for article in source.first_holding(term, SPELLING.looked_at):
        words = set(re.findall(r"[^\W\d_]+", f"{article.title} {article.text}".casefold()))
        found |= {
            word
            for word in words
            if word.startswith(beginning) and analyse_all(word, article.language) == [term]
        }
    return found
