"""Stretches of an array, picked and laid end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def lay_out(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give where each stretch starts when they are laid end to end, and where the last one ends."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def pick_ranges(
    values: NDArray[Any], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[Any]:
    """Give `values[start:end]` of every pair, laid end to end."""
    lengths = ends - starts
    shifts = np.repeat(starts - lay_out(lengths)[:-1], lengths)
    return values[shifts + np.arange(len(shifts))]


def pick_few_ranges(
    values: NDArray[Any], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[Any]:
    """Do as `pick_ranges`; faster for up to some hundreds of long stretches."""
    pairs = zip(starts.tolist(), ends.tolist(), strict=True)
    return np.concatenate([values[:0], *[values[start:end] for start, end in pairs]])
