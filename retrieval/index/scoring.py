"""The formulas: what a term weighs in an article, in a query, and what a day weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Number = TypeVar("Number", float, "NDArray[np.float64]")

IMPACT_STEPS = 65_535  # an impact of 1.0
WEIGHT_STEPS = 32_768  # a query weight of 1.0
LARGEST_WEIGHT = 2**20 - 1  # with an impact below 2**16 it fills 36 bits (see maxscore.py)


def idf(articles: int, frequency: Number) -> Number:
    """Give ln(1 + (N - n + 0.5) / (n + 0.5)) for a term held by n of N articles; never below 0.

    Robertson and Spärck Jones, "Relevance weighting of search terms" (1976), with the 1 added
    under the logarithm as Lucene's BM25Similarity does.
    """
    odds: Number = (articles - frequency + 0.5) / (frequency + 0.5)
    weight: Number = np.log1p(odds)
    return weight


def saturate(tf: NDArray[np.float64], norm: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give tf / (tf + norm), 0 to 1: further occurrences count ever less.

    BM25's term frequency (Robertson and Zaragoza, "The probabilistic relevance framework: BM25
    and beyond", 2009, equation 3.15) without the constant factor k1 + 1.
    """
    return tf / (tf + norm)


def length_norm(
    length: NDArray[np.float64], average: float, k1: float, b: float
) -> NDArray[np.float64]:
    """Give BM25's k1 * (1 - b + b * length / average): a longer text needs more occurrences."""
    return k1 * (1.0 - b + b * length / average)


def quantise(impact: NDArray[np.float64]) -> NDArray[np.uint16]:
    """Store an impact of 0 to 1 as a whole number from 1 to 65,535."""
    return np.maximum(np.rint(impact * IMPACT_STEPS), 1).astype(np.uint16)


def whole_weight(weight: float) -> int:
    """Give a query term's weight in 1/32,768ths, so that sums of scores are sums of integers."""
    return min(round(weight * WEIGHT_STEPS), LARGEST_WEIGHT)


def query_weight(count: int) -> float:
    """Give what `count` occurrences in the query weigh: 1 once, below 2 ever after.

    BM25's query term frequency with k3 = 1 (Robertson et al., "Okapi at TREC-3", 1994).
    """
    return 2.0 * count / (count + 1.0)


def recency(
    age: NDArray[np.float64], gain: float, days: float, steepness: float, later: float
) -> NDArray[np.float64]:
    """Give the factor for articles of this age in days, nan (undated) and old ones giving 1.

    1 + gain / (1 + (age / days) ** steepness): flat for the first days, since people ask about
    what happened lately and not only today. The day after the one asked about gets 1 (a clock
    elsewhere), anything after that `later`, because it could not be known then.
    """
    boost = gain / (1.0 + (np.maximum(age, 0.0) / days) ** steepness)
    factor = np.where(age >= 0, 1.0 + boost, np.where(age >= -1, 1.0, later))
    return np.where(np.isnan(age), 1.0, factor)
