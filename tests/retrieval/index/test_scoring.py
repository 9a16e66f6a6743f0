from __future__ import annotations

import math

import numpy as np
import pytest

from retrieval.index import scoring


def test_idf_by_hand() -> None:
    assert scoring.idf(10, 2.0) == pytest.approx(math.log(1 + 8.5 / 2.5))
    assert scoring.idf(1, 1.0) > 0


def test_saturation_by_hand() -> None:
    norm = scoring.length_norm(np.array([50.0, 100.0]), 100.0, k1=1.2, b=0.75)
    assert norm.tolist() == pytest.approx([1.2 * (0.25 + 0.375), 1.2])
    assert scoring.saturate(np.array([2.0, 2.0]), norm).tolist() == pytest.approx(
        [2 / 2.75, 2 / 3.2]
    )


def test_an_impact_is_stored_to_five_digits_and_never_lost() -> None:
    assert scoring.quantise(np.array([0.0, 0.5, 1.0])).tolist() == [1, 32_768, 65_535]


def test_a_word_said_often_weighs_less_than_twice() -> None:
    assert [scoring.query_weight(n) for n in (1, 2, 10_000)] == pytest.approx([1, 4 / 3, 2], 1e-3)


def test_recency_is_flat_at_first_and_neutral_in_the_end() -> None:
    ages = np.array([0.0, 3.0, 14.0, 1000.0, -1.0, -2.0, np.nan])
    factor = scoring.recency(ages, gain=1.0, days=14.0, steepness=2.0, later=0.25)
    assert factor.tolist() == pytest.approx([2.0, 1.956, 1.5, 1.0, 1.0, 0.25, 1.0], abs=1e-3)
