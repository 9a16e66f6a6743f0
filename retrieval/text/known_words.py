"""Whether a word is rightly spelt, so that nobody means another by it."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

from retrieval.text.analysis import analyse_all, list_stop_words, stop_word_languages
from retrieval.text.lexicon import lexicon, list_languages


def is_known_word(word: str) -> bool:
    """Whether a dictionary knows a word or its stem, or it is a little word of any language.

    The dictionary is English, WordNet's, with the names it has; the little words are those of every
    language that has stop words or tables here.
    """
    lower = word.casefold()
    if lower in _little_words():
        return True
    stems = _read_stems()
    return lower in stems or any(term in stems for term in analyse_all(lower))


@cache
def _little_words() -> frozenset[str]:
    stops = (list_stop_words(language) for language in stop_word_languages())
    asking = (lexicon(language).listed("words") for language in list_languages())
    empty = (lexicon(language).listed("empty") for language in list_languages())
    return frozenset().union(*stops, *asking, *empty)


@cache
def _read_stems() -> frozenset[str]:
    """Stems in lower case; written by retrieval.evaluation.wordnet_building."""
    packed = files(__package__).joinpath("known_words.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("utf-8").split("\n"))
