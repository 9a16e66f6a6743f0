"""Reports are linked for their likeness to all of a group, and the odd one is left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.stories.linkage import leave_out_odd, link_on_average, sort_by_time
from tests.retrieval.town import make_report


def test_articles_sort_by_time_then_by_id_undated_last() -> None:
    late, early = make_report("A", 5, "", ""), make_report("B", 1, "", "")
    undated = replace(make_report("C", 0, "", ""), published=None)
    assert sort_by_time([undated, late, early]) == [early, late, undated]


def test_average_linkage_does_not_chain() -> None:
    """Each is near the next, the ends are far apart: one odd pair does not make one story."""
    near, far = 0.9, 0.0
    chain = np.array(
        [
            [1, near, far, far],
            [near, 1, near, far],
            [far, near, 1, near],
            [far, far, near, 1],
        ]
    )
    groups = sorted(sorted(g) for g in link_on_average(chain, 0.5))
    assert groups == [[0, 1], [2, 3]]


def test_a_report_far_less_akin_than_the_others_is_left_out() -> None:
    kinship = np.full((4, 4), 0.6)
    kinship[3] = kinship[:, 3] = 0.3
    assert leave_out_odd([0, 1, 2, 3], kinship) == [0, 1, 2]
    kinship[3] = kinship[:, 3] = 0.4
    assert leave_out_odd([0, 1, 2, 3], kinship) == [0, 1, 2, 3]


def test_two_copies_do_not_make_a_third_report_look_odd() -> None:
    kinship = np.array([[1, 0.98, 0.5], [0.98, 1, 0.5], [0.5, 0.5, 1]])
    assert leave_out_odd([0, 1, 2], kinship) == [0, 1, 2]
    assert leave_out_odd([0, 2], kinship) == [0, 2]


@given(st.integers(1, 7).flatmap(lambda n: st.lists(
    st.lists(st.floats(0, 1), min_size=n, max_size=n), min_size=n, max_size=n)))  # fmt: skip
def test_linkage_puts_every_row_in_one_group(rows: list[list[float]]) -> None:
    matrix = np.array(rows)
    groups = link_on_average((matrix + matrix.T) / 2, 0.5)
    assert sorted(n for group in groups for n in group) == list(range(len(rows)))
