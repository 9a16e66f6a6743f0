"""A column of postings looked up, sparse and dense alike."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.index.postings import Column

HELD, IMPACTS = np.array([1, 4, 9], np.uint32), np.array([10, 40, 90], np.uint16)
DENSE = np.array([0, 10, 0, 0, 40, 0, 0, 0, 0, 90, 0], np.uint16)


@pytest.mark.parametrize("dense", [None, DENSE], ids=["sparse", "dense"])
def test_an_article_without_the_term_has_no_impact(dense: np.ndarray | None) -> None:
    column = Column(HELD, IMPACTS, 90, dense)
    asked = np.array([0, 1, 4, 5, 9, 10], np.uint32)
    assert column.look_up(asked).tolist() == [0, 10, 40, 0, 90, 0]
    assert column.size == 3


def test_a_place_is_given_with_whether_the_article_stands_there() -> None:
    at, stands = Column(HELD, IMPACTS, 90).find(np.array([4, 5, 11], np.uint32))
    assert at[0] == 1
    assert stands.tolist() == [True, False, False]
