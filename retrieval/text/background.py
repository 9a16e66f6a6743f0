"""What a term is worth, also where the coverage is too small to tell."""

from __future__ import annotations

import gzip
import json
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from retrieval.text.analysis import analyse_all

if TYPE_CHECKING:
    from collections.abc import Callable

    Idf = Callable[[str], float]

# How many articles of the general language every coverage is taken to hold besides its own.
_BACKGROUND_ARTICLES = 500
_TEN_THOUSAND = 10_000
_PLACE = files(__package__)


def smooth_idf(idf: Idf, articles: int, language: str = "en") -> Idf:
    """An idf that knows how common words are in a language; any other words are taken as rare.

    In a dozen articles "chosen" may be as rare as a name. So each term's document frequency, got
    back from `idf` = ln((N + 1) / (df + 0.5)), is joined with that of a background collection
    (Dirichlet smoothing, Zhai and Lafferty 2004); in thousands of articles that changes little.
    """
    joined = articles + _BACKGROUND_ARTICLES
    common = _read_background(_base_of(language))

    def smoothed(term: str) -> float:
        own = (articles + 1) / math.exp(idf(term))
        general = common.get(term, 0) * _BACKGROUND_ARTICLES / _TEN_THOUSAND
        return math.log((joined + 1) / (own + general))

    return smoothed


def is_common_word(word: str, language: str = "en") -> bool:
    """Whether a word is one of everyday English, which names nothing; in other tongues any is."""
    if language != "en":
        return True
    return all(term in _read_background("en") for term in analyse_all(word))


def _base_of(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].casefold()


@cache
def _read_background(language: str) -> dict[str, int]:
    """In how many of ten thousand texts each common term stands; none for other languages.

    English was counted by the training, the others by retrieval.evaluation.background_building.
    """
    if language == "en":
        read: dict[str, int] = json.loads(_PLACE.joinpath("background.json").read_text("utf-8"))
        return read
    place = _PLACE.joinpath("background_of_others.json.gz")
    return _read_others(gzip.decompress(place.read_bytes())).get(language, {})


@cache
def _read_others(packed: bytes) -> dict[str, dict[str, int]]:
    read: dict[str, dict[str, int]] = json.loads(packed)
    return read
