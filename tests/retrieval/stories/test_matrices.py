"""Dense and sparse matrices multiply alike."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.stories.matrices import (
    build_rows,
    find_values,
    multiply,
    multiply_by_rows,
    multiply_pairs,
)

DENSE, SPARSE = 100, 0
VALUES, ROW, COLUMN = np.array([2.0, 3.0, 5.0]), np.array([0, 1, 1]), np.array([1, 0, 1])


@pytest.mark.parametrize("few", [DENSE, SPARSE])
def test_values_stand_where_they_were_placed(few: int) -> None:
    rows = build_rows(VALUES, ROW, COLUMN, (2, 2), few)
    assert sorted(zip(*(part.tolist() for part in find_values(rows)), strict=True)) == [
        (0, 1, 2.0), (1, 0, 3.0), (1, 1, 5.0),
    ]  # fmt: skip


@pytest.mark.parametrize("few", [DENSE, SPARSE])
def test_products_are_those_of_the_textbook(few: int) -> None:
    rows = build_rows(VALUES, ROW, COLUMN, (2, 2), few)
    plain = np.array([[0, 2], [3, 5]])
    assert np.array_equal(as_dense(multiply(rows, rows)), plain @ plain)
    assert np.array_equal(as_dense(multiply_by_rows(rows, rows)), plain @ plain.T)
    assert multiply_pairs(rows, np.array([0, 1]), np.array([1, 1])).tolist() == [10, 34]


def as_dense(rows: object) -> np.ndarray:
    return rows if isinstance(rows, np.ndarray) else rows.toarray()  # type: ignore[attr-defined]  # a sparse one
