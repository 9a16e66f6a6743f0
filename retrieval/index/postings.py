"""Postings by column: for one term, the articles that hold it and how much it weighs in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Column(NamedTuple):
    """One term: article numbers in order, and their impacts (see scoring.py), 1 to 65,535.

    `dense` holds an impact for every article, 0 where the term is absent; common terms have it.
    `largest` is the largest impact.
    """

    articles: NDArray[np.uint32]
    impacts: NDArray[np.uint16]
    largest: int
    dense: NDArray[np.uint16] | None = None

    @property
    def size(self) -> int:
        """How many articles hold the term."""
        return len(self.articles)

    def look_up(self, articles: NDArray[np.uint32]) -> NDArray[np.uint16]:
        """Give the impact in each of these articles, 0 where the term is absent."""
        if self.dense is not None:
            return self.dense.take(articles)
        at, found = self.find(articles)
        return self.impacts[at] * found

    def find(self, articles: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Give a place in the column for each article, and whether the article stands there."""
        at = self.articles.searchsorted(articles)
        np.minimum(at, len(self.articles) - 1, out=at)
        return at, self.articles[at] == articles
