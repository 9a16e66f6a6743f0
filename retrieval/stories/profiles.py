"""What is read of an article to compare it: the terms, names and numbers of its title and lead."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from retrieval.stories.editions import find_editions
from retrieval.stories.headline_kinds import is_gathering
from retrieval.stories.weights import WEIGHTS
from retrieval.text.analysis import analyse_all, stop_words
from retrieval.text.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from numpy.typing import NDArray

    from retrieval.index import Snapshot
    from retrieval.model import Article

    Column = NDArray[np.float64]
    Marks = NDArray[np.bool_]

# A word that begins with a capital, or at least not with a small letter of ASCII.
# That a set of letters comes first lets the search skip all others.
_CAPITAL = re.compile(
    r"[^\W\d_a-z](?<![^\W_].)(?<![^\W_][.&'\u2019-].)[^\W_]*(?:[.&'\u2019-][^\W_]+)*", re.DOTALL
)
_HEADLINE_CAPITALS = 0.7
_WEEKDAYS = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n])[\s\"'\u201c\u2018(\[`]*$")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is read of an article's title and lead.

    `counts` says how often each term stands there. `weights` (one plus the logarithm of the count),
    `inside` and `lower` have a place for each term in that order: `inside` marks those with a
    capital amid a sentence, `lower` those written small. A capital at the start of a sentence, or
    in a headline that capitalises every word, says nothing. `editions` are what the headline
    numbers and the numbers, and one that `gathers` announces several stories.
    """

    counts: Mapping[str, int]
    weights: Column
    inside: Marks
    lower: Marks
    numbers: frozenset[float]
    counted: frozenset[tuple[str, float]]
    weekdays: frozenset[str]
    published: datetime | None
    outlet: str
    editions: frozenset[tuple[str, str]]
    gathers: bool


def profile_article(article: Article) -> Profile:
    """Read title and lead; the terms of the title count twice."""
    lead = article.text[: WEIGHTS.lead_characters]
    return _profile(article.title, lead, article.language, article.outlet, article.published)


@lru_cache(maxsize=4096)
def _profile(
    title: str, lead: str, language: str, outlet: str, published: datetime | None
) -> Profile:
    counts = _count_terms(title, lead, language)
    capital, inside = _find_capitals(title, lead, language)
    quantities = find_quantities(f"{title}\n{lead}")
    of_counts = np.fromiter(counts.values(), np.float64, len(counts))
    written = of_counts - np.fromiter((capital.get(t, 0) for t in counts), np.float64, len(counts))
    return Profile(
        counts,
        1 + np.log(of_counts),
        np.fromiter(map(inside.__contains__, counts), np.bool_, len(counts)),
        written > 0,
        frozenset(q.value for q in quantities),
        frozenset((unit, q.value) for q in quantities for unit in q.units),
        frozenset(_WEEKDAYS & counts.keys()),
        published,
        outlet,
        frozenset(find_editions(title, lead, outlet)),
        is_gathering(title, language),
    )


def _count_terms(title: str, lead: str, language: str) -> dict[str, int]:
    stops = stop_words(language)
    counts: dict[str, int] = {}
    for text, weight in ((title, WEIGHTS.title), (lead, 1)):
        for term in analyse_all(text, language):
            if term not in stops:
                counts[term] = counts.get(term, 0) + weight
    return counts


def _find_capitals(title: str, lead: str, language: str) -> tuple[dict[str, int], set[str]]:
    """Count the terms that begin with a capital as `_count_terms` does; give the telling ones."""
    capital: dict[str, int] = {}
    inside: set[str] = set()
    for text, weight in ((title, WEIGHTS.title), (lead, 1)):
        headline = text is title and _capitalises_all(text)
        for match in _CAPITAL.finditer(text):
            terms = _terms(match[0], language)
            for term in terms:
                capital[term] = capital.get(term, 0) + weight
            if terms and not headline and _is_inside(text, match.start()):
                inside.update(terms)
    return capital, inside


@lru_cache(maxsize=65536)
def _terms(word: str, language: str) -> tuple[str, ...]:
    return tuple(analyse_all(word, language)) if word[0].isupper() else ()


def measure_rarity(snapshot: Snapshot) -> Callable[[str], float]:
    """Return the idf of terms as if `background` more articles without them stood in the coverage.

    Where all of a small coverage is about one company, its name would tell nothing; it still does.
    """
    background = math.log1p(WEIGHTS.background / (len(snapshot) + 1))
    return lambda term: snapshot.idf(term) + background


def _capitalises_all(title: str) -> bool:
    words = [word for word in title.split()[1:] if len(word) > 3]  # noqa: PLR2004  # "of" and "the" stay small
    capitals = sum(word[0].isupper() for word in words)
    return capitals >= _HEADLINE_CAPITALS * len(words)


def _is_inside(text: str, start: int) -> bool:
    """Whether a word stands amid a sentence; mostly the letter before the blank says so."""
    if start > 1 and text[start - 1] == " " and text[start - 2].isalnum():
        return True
    return not _SENTENCE_START.search(text[max(0, start - 4) : start])
