"""Fit weights so that of all sentences of one question the answering ones come first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.answering.logistic import model_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Rows = NDArray[np.float64]

PENALTY = 0.5  # on the square of what moves a weight away from its prior


@dataclass(frozen=True, slots=True)
class Ranked:
    """The rows of one question, which of them answer, and what the question counts.

    `offset` is added to each row's score: what is set by hand and not learned.
    """

    rows: Rows
    answers: NDArray[np.bool_]
    offset: Rows
    weight: float = 1.0


def fit_listwise(
    features: Sequence[str], questions: Sequence[Ranked], prior: Mapping[str, float]
) -> dict[str, Any]:
    """The record of a linear model that maximises the share of the answering sentences.

    That share is the softmax over the sentences of a question (ListNet, Cao et al. 2007, with one
    relevant class); questions of which all or no sentences answer teach nothing. `prior` gives the
    weights for unscaled features from which the fitted ones are kept near, 0 where it has none.
    """
    from scipy.optimize import minimize  # noqa: PLC0415  # seconds to import

    telling = [one for one in questions if one.answers.any() and not one.answers.all()]
    every = np.concatenate([one.rows for one in telling])
    mean, deviation = every.mean(axis=0), every.std(axis=0) + 1e-6
    start = np.array([prior.get(name, 0.0) for name in features]) * deviation
    loss = _Loss(telling, (every - mean) / deviation, start)
    found = minimize(loss, start, jac=True, method="L-BFGS-B")
    return model_record(features, (mean, deviation), found.x, 0.0)


class _Loss:
    """The negative logarithm of the share, with its gradient."""

    def __init__(self, questions: Sequence[Ranked], rows: Rows, prior: Rows) -> None:
        self._rows, self._prior = rows, prior
        self._lengths = np.array([len(one.answers) for one in questions])
        self._starts = np.r_[0, np.cumsum(self._lengths)[:-1]]
        self._answers = np.concatenate([one.answers for one in questions])
        self._offset = np.concatenate([one.offset for one in questions])
        weights = np.array([one.weight for one in questions])
        self._weights = weights / weights.sum()

    def __call__(self, model: Rows) -> tuple[float, Rows]:
        scores = self._rows @ model + self._offset
        highest = np.repeat(np.maximum.reduceat(scores, self._starts), self._lengths)
        odds = np.exp(scores - highest)
        whole = np.add.reduceat(odds, self._starts)
        answering = np.maximum(np.add.reduceat(odds * self._answers, self._starts), 1e-12)
        loss = -float((self._weights * np.log(answering / whole)).sum())
        gain = odds * self._answers / np.repeat(answering, self._lengths)
        gain -= odds / np.repeat(whole, self._lengths)
        gradient = -(self._rows.T @ (gain * np.repeat(self._weights, self._lengths)))
        moved = model - self._prior
        return loss + PENALTY * float(moved @ moved), gradient + 2 * PENALTY * moved
