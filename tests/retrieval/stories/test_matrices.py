"""Sparse matrices of a few rows multiply as those of many do."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.stories.matrices import (
    FewRows,
    build_rows,
    find_products,
    multiply_pairs,
    sum_powers,
)

FEW, NONE = 100, 0  # up to how many rows are a few
VALUES, ROW, COLUMN = np.array([2.0, 3.0, 5.0]), np.array([0, 1, 1]), np.array([1, 0, 1])
PLAIN = np.array([[0, 2], [3, 5]])


@pytest.mark.parametrize("few", [FEW, NONE])
def test_rows_multiply_as_in_the_textbook(few: int) -> None:
    rows = build_rows(VALUES, ROW, COLUMN, (2, 2), few)
    assert multiply_pairs(rows, np.array([0, 1]), np.array([1, 1])).tolist() == [10, 34]
    found = zip(*(part.tolist() for part in find_products(rows, 0, 2, 2)), strict=True)
    assert sorted(found) == [(0, 0, 4), (0, 1, 10), (1, 0, 10), (1, 1, 34)]
    assert [part.tolist() for part in find_products(rows, 1, 2, 2)] == [[1], [1], [34]]


@pytest.mark.parametrize("few", [FEW, NONE])
def test_powers_add_up(few: int) -> None:
    rows = build_rows(VALUES, ROW, COLUMN, (2, 2), few)
    once = 0.5 * np.eye(2) + 0.5 * PLAIN
    twice = 0.5 * np.eye(2) + 0.5 * PLAIN @ once
    summed = sum_powers(rows, 0.5, 2)
    left = right = np.array([0, 1])
    assert multiply_pairs(summed, left, right) == pytest.approx((twice**2).sum(axis=1))


def test_a_dense_matrix_is_multiplied_from_the_left() -> None:
    rows = FewRows(VALUES, ROW, COLUMN, (2, 2))
    assert np.array_equal(rows.multiply(PLAIN.astype(float)), PLAIN @ PLAIN)


def test_no_rows_have_no_products() -> None:
    rows = build_rows(np.empty(0), np.empty(0, int), np.empty(0, int), (0, 0))
    assert all(len(part) == 0 for part in find_products(rows, 0, 0, 0))
