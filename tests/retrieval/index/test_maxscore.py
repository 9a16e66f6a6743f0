from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.index.maxscore import WeightedColumn, find_top_k
from retrieval.index.postings import Column

if TYPE_CHECKING:
    from numpy.typing import NDArray


def make_column(impacts: NDArray[np.uint16], *, dense: bool) -> Column:
    articles = impacts.nonzero()[0].astype(np.uint32)
    largest = int(impacts.max(initial=0))
    return Column(articles, impacts[articles], largest, impacts if dense else None)


def add_all_up(
    terms: list[WeightedColumn], k: int, allowed: NDArray[np.bool_]
) -> list[tuple[int, int]]:
    scores = np.zeros(len(allowed), np.int64)
    for term in terms:
        scores[term.column.articles] += term.column.impacts.astype(np.int64) * term.weight
    scores[~allowed] = 0
    best = np.lexsort((np.arange(len(scores)), -scores))[:k]
    return [(int(at), int(scores[at])) for at in best if scores[at]]


@settings(max_examples=300, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    articles=st.integers(1, 400),
    terms=st.integers(0, 7),
    k=st.integers(1, 30),
    steps=st.sampled_from([1, 3, 65_535]),
)
def test_pruning_finds_what_adding_all_up_finds(
    seed: int, articles: int, terms: int, k: int, steps: int
) -> None:
    random = np.random.default_rng(seed)
    columns = []
    for _ in range(terms):
        held = random.random(articles) < random.choice([0.01, 0.2, 0.9])
        impacts = (random.integers(1, steps + 1, articles) * held).astype(np.uint16)
        column = make_column(impacts, dense=bool(random.random() < 0.3))
        columns.append(WeightedColumn(column, int(random.integers(1, 2**20))))
    allowed = random.random(articles) < random.choice([0.1, 1.0])
    found = find_top_k(columns, k, allowed)
    pairs = list(zip(found.articles.tolist(), found.scores.tolist(), strict=True))
    assert pairs == add_all_up(columns, k, allowed)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("share_allowed", [1.0, 0.1])
def test_long_columns_bring_articles_in_which_they_weigh_enough(
    seed: int, share_allowed: float
) -> None:
    random = np.random.default_rng(seed)
    articles = 120_000
    columns = []
    for share in (0.0005, 0.01, 0.3, 0.4, 0.9):
        held = random.random(articles) < share
        impacts = (random.integers(1, 60_000, articles) * held).astype(np.uint16)
        weight = 1 + round(float(random.uniform(1000, 3000)) / share ** ((seed - 3) / 3))
        columns.append(WeightedColumn(make_column(impacts, dense=share > 0.8), weight))
    allowed = random.random(articles) < share_allowed
    found = find_top_k(columns, 10, None if share_allowed == 1.0 else allowed)
    pairs = list(zip(found.articles.tolist(), found.scores.tolist(), strict=True))
    assert pairs == add_all_up(columns, 10, allowed)


def test_equal_scores_come_in_the_order_of_articles() -> None:
    column = make_column(np.full(50, 7, np.uint16), dense=False)
    assert find_top_k([WeightedColumn(column, 3)], 4).articles.tolist() == [0, 1, 2, 3]


def test_nothing_below_the_floor_is_found() -> None:
    column = make_column(np.arange(50, dtype=np.uint16), dense=False)
    assert find_top_k([WeightedColumn(column, 1)], 40, floor=48).articles.tolist() == [49, 48]
