"""Stretches of an array laid end to end, by two ways that agree."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.ranges import lay_out, pick_few_ranges, pick_ranges

PAIRS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), max_size=8)


def test_stretches_are_laid_end_to_end() -> None:
    assert lay_out(np.array([2, 0, 3], np.int64)).tolist() == [0, 2, 2, 5]


@given(PAIRS)
def test_both_ways_pick_what_slices_pick(pairs: list[list[int]]) -> None:
    values = np.arange(30) * 7
    starts = np.array([start for start, _ in pairs], np.int64)
    ends = np.array([end for _, end in pairs], np.int64)
    expected = [value for start, end in pairs for value in values[start:end].tolist()]
    assert pick_ranges(values, starts, ends).tolist() == expected
    assert pick_few_ranges(values, starts, ends).tolist() == expected
