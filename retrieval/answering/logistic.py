"""A logistic model in a JSON file: named features, their scaling and their weights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """Weights for features that were scaled to mean 0 and deviation 1 when they were learned."""

    features: tuple[str, ...]
    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float

    def log_odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The natural logarithm of p / (1 - p) for each row of features."""
        odds: NDArray[np.float64] = (rows - self.mean) / self.deviation @ self.weights + self.bias
        return odds


def to_probability(log_odds: float) -> float:
    """The logistic function; the ends are cut off where a float would overflow."""
    return float(1 / (1 + np.exp(-np.clip(log_odds, -30.0, 30.0))))


@cache
def read_model(name: str, features: Sequence[str]) -> LogisticModel:
    """Read a shipped model, `name` without ".json"; see `parse_model`."""
    text = files(__package__).joinpath(f"{name}.json").read_text("utf-8")
    return parse_model(json.loads(text), features)


def parse_model(record: dict[str, Any], features: Sequence[str]) -> LogisticModel:
    """Take a model from its record; ValueError where it was trained on other features."""
    if list(record["features"]) != list(features):
        raise ValueError("the model was trained on other features; run the training again")
    mean, deviation, weights = (
        np.array(record[part], dtype=np.float64) for part in ("mean", "deviation", "weights")
    )
    return LogisticModel(tuple(features), mean, deviation, weights, float(record["bias"]))


def model_record(
    features: Sequence[str],
    scaling: tuple[Sequence[float], Sequence[float]],
    weights: Sequence[float],
    bias: float,
) -> dict[str, Any]:
    """What a training script writes for `read_model`; six digits are enough."""
    mean, deviation = scaling
    return {
        "features": list(features),
        "mean": [round(float(x), 6) for x in mean],
        "deviation": [round(float(x), 6) or 1.0 for x in deviation],
        "weights": [round(float(x), 6) for x in weights],
        "bias": round(float(bias), 6),
    }
