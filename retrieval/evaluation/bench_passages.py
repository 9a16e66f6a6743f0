"""Made-up passages and queries whose words are as common and as rare as a language's."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TERMS_A_PASSAGE = 60
QUERIES_A_CLASS = 200
_VOCABULARY = 200_000
_COMMON = 50
_MIDDLE = (200, 5_000)
_SEED = 2023
_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Made:
    """`passages` and, by class, `queries` as lists of words."""

    passages: list[str]
    queries: dict[str, list[list[str]]]


def make_passages(count: int) -> Made:
    """Draw 60 words a passage from 200,000, the n-th commonest 1/n as often as the first.

    Zipf's law ("Human behavior and the principle of least effort", 1949). A query of the class
    `content` has three words of rank 200 to 5,000 and two rarer; `common` adds three of the 50
    commonest. The same count gives the same passages and queries.
    """
    random = np.random.default_rng(_SEED)
    words = np.array(list(islice(_words(), _VOCABULARY)))
    shares = np.cumsum(1.0 / np.arange(1, _VOCABULARY + 1))
    passages: list[str] = []
    seen = np.zeros(_VOCABULARY, np.int64)
    while len(passages) < count:
        size = min(_BATCH, count - len(passages))
        ranks = shares.searchsorted(random.random((size, TERMS_A_PASSAGE)) * shares[-1])
        seen += np.bincount(ranks.ravel(), minlength=_VOCABULARY)
        passages += [" ".join(row) for row in words[ranks].tolist()]
    return Made(passages, _make_queries(random, words, seen))


def _make_queries(
    random: np.random.Generator, words: NDArray[np.str_], seen: NDArray[np.int64]
) -> dict[str, list[list[str]]]:
    ranks = seen.nonzero()[0]
    middle = ranks[(ranks >= _MIDDLE[0]) & (ranks < _MIDDLE[1])]
    rare = ranks[ranks >= _MIDDLE[1]]
    queries: dict[str, list[list[str]]] = {"common": [], "content": []}
    for _ in range(QUERIES_A_CLASS):
        content = [*random.choice(middle, 3, replace=False), *random.choice(rare, 2, replace=False)]
        common = random.choice(_COMMON, 3, replace=False)
        queries["content"].append(words[content].tolist())
        queries["common"].append(words[[*common, *content]].tolist())
    return queries


def _words() -> Iterator[str]:
    """Spell words that no stemmer shortens and no stop list holds."""
    syllables = [a + b for a, b in product("bdfgklmnprtvz", "aiou")]
    return ("".join(part) + "k" for part in product(syllables, repeat=4))
