"""Matrices given by their values and places: dense for a few rows, sparse for many."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]
    Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

Rows: TypeAlias = "Matrix | csr_array"

FEW = 512  # rows; SciPy, which is sparse and takes long to import, pays off beyond


def build_rows(
    values: Floats, row: Places, column: Places, shape: tuple[int, int], few: int = FEW
) -> Rows:
    """Place values in a matrix of zeros; no two may share a place."""
    if shape[0] <= few:
        dense: Matrix = np.zeros(shape)
        dense[row, column] = values
        return dense
    from scipy.sparse import csr_array  # noqa: PLC0415  # slow to import, and not for a question

    return csr_array((values, (row, column)), shape)


def multiply(left: Rows, right: Rows) -> Rows:
    """The matrix product of two of a kind."""
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        # BLAS would wake its threads for so small a matrix
        product: Matrix = np.einsum("ik,kj->ij", left, right)
        return product
    return left @ right


def multiply_by_rows(left: Rows, right: Rows) -> Rows:
    """The inner product of each row of the one with each of the other."""
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        product: Matrix = np.einsum("ik,jk->ij", left, right)
        return product
    return left @ right.T


def multiply_pairs(rows: Rows, left: Places, right: Places) -> Floats:
    """The inner product of each row of `left` with that of the same place in `right`."""
    if isinstance(rows, np.ndarray):
        dense: Floats = np.einsum("ik,jk->ij", rows, rows)[left, right]
        return dense
    sparse: Floats = rows[left].multiply(rows[right]).sum(axis=1)
    return sparse


def find_values(rows: Rows) -> tuple[Places, Places, Floats]:
    """The rows, columns and values of all that is not zero."""
    if isinstance(rows, np.ndarray):
        row, column = rows.nonzero()
        return row, column, rows[row, column]
    stored = rows.tocoo()
    return stored.row, stored.col, stored.data
