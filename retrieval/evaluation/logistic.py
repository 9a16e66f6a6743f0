"""Logistic regressions with a prior: fitted, cross-validated by group, and told about."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.answering.logistic import model_record, parse_model
from retrieval.evaluation.abstain_auroc import abstain_auroc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Rows = NDArray[np.float64]
    Labels = NDArray[np.bool_]

FOLDS = 5
PENALTY = 0.02  # on the square of what moves a weight away from its prior


def fit(
    features: Sequence[str], rows: Rows, labels: Labels, prior: Mapping[str, float]
) -> dict[str, Any]:
    """The record of a model; `rows` has a column for each feature, `prior` as in `fit_listwise`."""
    from scipy.optimize import minimize  # noqa: PLC0415  # seconds to import

    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    start = np.r_[np.array([prior.get(name, 0.0) for name in features]) * deviation, 0.0]
    scaled = np.c_[(rows - mean) / deviation, np.ones(len(rows))]
    free = np.r_[np.ones(len(features)), 0.0]  # the bias is not held back

    def loss(model: Rows) -> tuple[float, Rows]:
        scores = scaled @ model
        moved = (model - start) * free
        cost = np.logaddexp(0.0, np.where(labels, -scores, scores)).mean()
        gradient = scaled.T @ (1 / (1 + np.exp(-scores)) - labels) / len(rows)
        return float(cost) + PENALTY * float(moved @ moved), gradient + 2 * PENALTY * moved

    found = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return model_record(features, (mean, deviation), found[:-1], float(found[-1]))


def cross_validate(
    features: Sequence[str],
    rows: Rows,
    labels: Labels,
    groups: NDArray[np.str_],
    prior: Mapping[str, float],
) -> Rows:
    """Log odds of each row from a model that never saw its group."""
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415  # seconds to import

    scores = np.zeros(len(rows))
    for seen, unseen in GroupKFold(FOLDS).split(rows, labels, groups):
        model = parse_model(fit(features, rows[seen], labels[seen], prior), features)
        scores[unseen] = model.log_odds(rows[unseen])
    return scores


def report(what: str, scores: Rows, labels: Labels) -> None:
    """Write one line on how well scores tell apart what is so from what is not."""
    auroc = abstain_auroc(list(scores[labels]), list(scores[~labels]))
    sys.stdout.write(
        f"{what}: {labels.sum()} of {len(labels)}, cross-validated AUROC {auroc:.4f}\n"
    )
