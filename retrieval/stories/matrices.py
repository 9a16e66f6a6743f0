"""Sparse matrices: with NumPy alone for a few rows, with SciPy, slow to import, for many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]
    Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

Rows: TypeAlias = "FewRows | csr_array"

FEW = 512  # rows


@dataclass(frozen=True, slots=True)
class FewRows:
    """The values of a sparse matrix with their places; no two share a place."""

    values: Floats
    row: Places
    column: Places
    shape: tuple[int, int]

    def multiply_all(self) -> Matrix:
        """The inner product of every row with every other one."""
        order = np.argsort(self.column, kind="stable")
        row, value = self.row[order], self.values[order]
        held = np.bincount(self.column, minlength=self.shape[1])
        starts = np.repeat(np.cumsum(held) - held, held)
        many = np.repeat(held, held)  # each value meets all those of its column
        left = np.repeat(np.arange(len(row)), many)
        right = np.arange(len(left)) - np.repeat(np.cumsum(many) - many, many)
        right += np.repeat(starts, many)
        count = self.shape[0]
        places = row[left] * count + row[right]
        products = np.bincount(places, value[left] * value[right], count**2)
        return products.astype(np.float64).reshape(count, count)

    def multiply(self, dense: Matrix) -> Matrix:
        """The product with a dense matrix; fast where each row has a few values."""
        order = np.argsort(self.row, kind="stable")
        row, column, value = self.row[order], self.column[order], self.values[order]
        held = np.bincount(row, minlength=self.shape[0])
        rank = np.arange(len(row)) - np.repeat(np.cumsum(held) - held, held)
        product: Matrix = np.zeros((self.shape[0], dense.shape[1]))
        for place in range(int(held.max(initial=0))):
            at = rank == place
            product[row[at]] += value[at, None] * dense[column[at]]
        return product


def build_rows(
    values: Floats, row: Places, column: Places, shape: tuple[int, int], few: int = FEW
) -> Rows:
    """Place values in a matrix of zeros; no two may share a place."""
    if shape[0] <= few:
        return FewRows(values, row, column, shape)
    from scipy.sparse import csr_array  # noqa: PLC0415  # slow to import, and not for a question

    return csr_array((values, (row, column)), shape)


def multiply_pairs(rows: Rows, left: Places, right: Places) -> Floats:
    """The inner product of each row of `left` with that of the same place in `right`."""
    if isinstance(rows, FewRows):
        return rows.multiply_all()[left, right]
    sparse: Floats = rows[left].multiply(rows[right]).sum(axis=1)
    return sparse


def sum_powers(rows: Rows, share: float, steps: int) -> Rows:
    """Return S after some steps of S = (1 - share) I + share * rows S, from S = I."""
    count = rows.shape[0]
    if isinstance(rows, FewRows):
        reached: Matrix = np.eye(count)
        for _ in range(steps):
            reached = (1 - share) * np.eye(count) + share * rows.multiply(reached)
        row, column = reached.nonzero()
        return FewRows(reached[row, column], row, column, (count, count))
    from scipy.sparse import eye_array  # noqa: PLC0415  # as above

    home = summed = eye_array(count, format="csr")
    for _ in range(steps):
        summed = (1 - share) * home + share * (rows @ summed)
    return summed


def find_products(rows: Rows, start: int, end: int, last: int) -> tuple[Places, Places, Floats]:
    """The products that are not zero of rows `start` to `end` with those from `start` to `last`.

    Given are the places of both rows and the product.
    """
    if isinstance(rows, FewRows):
        products = rows.multiply_all()[start:end, start:last]
        row, column = products.nonzero()
        return row + start, column + start, products[row, column]
    stored = (rows[start:end] @ rows[start:last].T).tocoo()
    return stored.row + start, stored.col + start, stored.data
