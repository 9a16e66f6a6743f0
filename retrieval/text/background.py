"""What a term is worth, also where the coverage is too small to tell."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from retrieval.text.analysis import analyse_all

if TYPE_CHECKING:
    from collections.abc import Callable

    Idf = Callable[[str], float]

# How many articles of general English every coverage is taken to hold besides its own.
_BACKGROUND_ARTICLES = 500
_TEN_THOUSAND = 10_000


def smooth_idf(idf: Idf, articles: int) -> Idf:
    """An idf that knows how common words are in general English.

    In a dozen articles "chosen" may be as rare as a name. So each term's document frequency, got
    back from `idf` = ln((N + 1) / (df + 0.5)), is joined with that of a background collection
    (Dirichlet smoothing, Zhai and Lafferty 2004); in thousands of articles that changes little.
    """
    joined = articles + _BACKGROUND_ARTICLES
    common = _read_background()

    def smoothed(term: str) -> float:
        own = (articles + 1) / math.exp(idf(term))
        general = common.get(term, 0) * _BACKGROUND_ARTICLES / _TEN_THOUSAND
        return math.log((joined + 1) / (own + general))

    return smoothed


def is_common_word(word: str, language: str = "en") -> bool:
    """Whether a word is one of everyday English, which names nothing; in other tongues any is."""
    if language != "en":
        return True
    return all(term in _read_background() for term in analyse_all(word))


@cache
def _read_background() -> dict[str, int]:
    """In how many of ten thousand texts each common term stands; written by the training."""
    read: dict[str, int] = json.loads(
        files(__package__).joinpath("background.json").read_text("utf-8")
    )
    return read
