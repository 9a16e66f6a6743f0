"""How often each term stands in each text: the vocabulary and the counts of a segment."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FEW_TEXTS = 500  # below this, importing scikit-learn costs more than it saves


class Counts(NamedTuple):
    """Sorted terms, and the counts by column: of term t from `starts[t]` to `starts[t + 1]`."""

    terms: list[str]
    numbers: dict[str, int]
    starts: NDArray[np.int64]
    texts: NDArray[np.uint32]
    counts: NDArray[np.int32]


def count_terms(texts: Sequence[list[str]]) -> Counts:
    """Count the terms of texts that are analysed already."""
    return _count_few(texts) if len(texts) < FEW_TEXTS else _count_many(texts)


def _count_many(texts: Sequence[list[str]]) -> Counts:
    from sklearn.feature_extraction.text import (  # noqa: PLC0415  # takes a second; only a build needs it
        CountVectorizer,
    )

    vectorizer = CountVectorizer(analyzer=_same, dtype=np.int32)
    try:
        by_column = vectorizer.fit_transform(texts).tocsc()
    except ValueError:  # an empty vocabulary
        return _count_few(texts)
    return Counts(
        sorted(vectorizer.vocabulary_),
        vectorizer.vocabulary_,
        by_column.indptr.astype(np.int64),
        by_column.indices.astype(np.uint32),
        by_column.data,
    )


def _same(terms: list[str]) -> list[str]:
    return terms


def _count_few(texts: Sequence[list[str]]) -> Counts:
    terms = sorted(set(chain.from_iterable(texts)))
    columns: list[list[tuple[int, int]]] = [[] for _ in terms]
    numbers = {term: number for number, term in enumerate(terms)}
    for text, content in enumerate(texts):
        for term, count in Counter(content).items():
            columns[numbers[term]].append((text, count))
    starts = np.zeros(len(terms) + 1, np.int64)
    np.cumsum([len(column) for column in columns], out=starts[1:])
    pairs = np.array(list(chain.from_iterable(columns)), np.int64).reshape(-1, 2)
    return Counts(
        terms, numbers, starts, pairs[:, 0].astype(np.uint32), pairs[:, 1].astype(np.int32)
    )
