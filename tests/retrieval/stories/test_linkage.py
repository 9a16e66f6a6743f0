"""Reports are linked for their likeness to all of a group, and the odd one is left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.stories.linkage import (
    GroupBounds,
    bound_group,
    join_groups,
    leave_out_odd,
    link_on_average,
    sort_by_time,
    subtract_background,
)
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


SEVERAL = GroupBounds(0, 1, 6, "")


def join(bounds: list[GroupBounds], cosine: float, barred: float = 0) -> list[list[int]]:
    """Join groups of which each says one thing, with this cosine and so many barred pairs."""
    count = len(bounds)
    products, bars = np.full((count, count), cosine), np.full((count, count), barred)
    np.fill_diagonal(products, 1)
    sizes = [each.size for each in bounds]
    products *= np.outer(sizes, sizes)
    return sorted(sorted(group) for group in join_groups(products, bars, bounds))


def test_groups_that_say_the_same_on_the_whole_are_one_event() -> None:
    bounds = [SEVERAL, GroupBounds(2, 3, 2, ""), GroupBounds(3, 3, 1, "Radio Fjord")]
    assert join(bounds, 0.6) == [[0, 1, 2]]
    assert join(bounds, 0.3) == [[0], [1], [2]]


def test_what_all_groups_say_does_not_join_them() -> None:
    """Six large groups that share a name are as many events, however alike that makes them."""
    assert join([SEVERAL] * 6, 0.5) == [[n] for n in range(6)]


@given(st.integers(1, 6), st.floats(0, 1))
def test_without_a_background_the_products_stay(count: int, cosine: float) -> None:
    """Groups that say nothing alike have next to no background; each keeps most of its length."""
    products = np.full((count, count), cosine)
    np.fill_diagonal(products, 1)
    rest = subtract_background(products, [1] * count)
    assert np.allclose(rest, rest.T)
    assert (rest.diagonal() <= 1 + 1e-9).all()
    assert (rest.diagonal() > 0).all()


def test_a_single_report_must_be_likelier_than_a_group() -> None:
    assert join([SEVERAL, GroupBounds(1, 1, 1, "Radio Fjord")], 0.47) == [[0], [1]]
    assert join([SEVERAL, GroupBounds(1, 1, 2, "")], 0.47) == [[0, 1]]


@pytest.mark.parametrize(
    "other",
    [
        GroupBounds(5, 6, 6, ""),  # days after
        GroupBounds(float("nan"), float("nan"), 6, ""),  # nobody knows when
    ],
)
def test_groups_of_other_days_are_other_events(other: GroupBounds) -> None:
    assert join([SEVERAL, other], 0.9) == [[0], [1]]


def test_two_small_groups_say_too_little_to_be_joined() -> None:
    assert join([GroupBounds(0, 0, 2, ""), GroupBounds(0, 0, 2, "")], 0.9) == [[0], [1]]


def test_one_outlet_does_not_split_its_event() -> None:
    bounds = [GroupBounds(0, 0, 6, "The Quay"), GroupBounds(0, 0, 2, "The Quay")]
    assert join(bounds, 0.9) == [[0], [1]]


def test_editions_of_a_series_are_not_joined() -> None:
    assert join([SEVERAL, SEVERAL], 0.9, barred=30) == [[0], [1]]


def test_bounds_hold_the_days_and_the_one_outlet() -> None:
    bounds = bound_group([2.0, 1.0], ["The Quay", "The Quay"])
    assert bounds == GroupBounds(1, 2, 2, "The Quay")
    assert bounds.join(SEVERAL) == GroupBounds(0, 2, 8, "")


def test_no_groups_stay_none() -> None:
    assert join([], 0.9) == []
