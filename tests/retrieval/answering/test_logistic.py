from __future__ import annotations

import numpy as np
import pytest

from retrieval.answering.confidence import CONFIDENCE
from retrieval.answering.features import FEATURES
from retrieval.answering.logistic import model_record, parse_model, read_model, to_probability


def test_log_odds_are_the_scaled_features_times_their_weights() -> None:
    model = parse_model(
        model_record(["a", "b"], ([1.0, 0.0], [2.0, 1.0]), [3.0, -1.0], 0.5), ["a", "b"]
    )
    assert model.log_odds(np.array([[3.0, 2.0]])) == pytest.approx([3.0 * 1.0 - 2.0 + 0.5])


def test_a_model_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="run the training again"):
        parse_model(model_record(["a"], ([0.0], [1.0]), [1.0], 0.0), ["b"])


def test_the_shipped_models_fit_the_features_that_are_computed() -> None:
    assert read_model("sentence_model", FEATURES).weights.shape == (len(FEATURES),)
    assert read_model("confidence_model", CONFIDENCE).weights.shape == (len(CONFIDENCE),)


def test_a_probability_lies_between_0_and_1_whatever_the_odds() -> None:
    assert to_probability(0.0) == 0.5
    assert 0.0 < to_probability(-1e9) < to_probability(1e9) < 1.0
