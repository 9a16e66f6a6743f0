"""Logistic regressions, fitted, cross-validated by group, and told about."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.answering.logistic import model_record, parse_model
from retrieval.evaluation.abstain_auroc import abstain_auroc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Rows = NDArray[np.float64]
    Labels = NDArray[np.bool_]

FOLDS = 5


def fit(features: Sequence[str], rows: Rows, labels: Labels) -> dict[str, Any]:
    """The record of a model; `rows` has a column for each feature."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # seconds to import
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415  # seconds to import

    scaler = StandardScaler().fit(rows)
    fitted = LogisticRegression(C=0.1, max_iter=500).fit(scaler.transform(rows), labels)
    scaling = (scaler.mean_, scaler.scale_)
    return model_record(features, scaling, fitted.coef_[0], fitted.intercept_[0])


def cross_validate(rows: Rows, labels: Labels, groups: NDArray[np.str_]) -> Rows:
    """Log odds of each row from a model that never saw its group."""
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415  # seconds to import

    scores = np.zeros(len(rows))
    for seen, unseen in GroupKFold(FOLDS).split(rows, labels, groups):
        names = [str(at) for at in range(rows.shape[1])]
        model = parse_model(fit(names, rows[seen], labels[seen]), names)
        scores[unseen] = model.log_odds(rows[unseen])
    return scores


def report(what: str, scores: Rows, labels: Labels) -> None:
    """Write one line on how well scores tell apart what is so from what is not."""
    auroc = abstain_auroc(list(scores[labels]), list(scores[~labels]))
    sys.stdout.write(
        f"{what}: {labels.sum()} of {len(labels)}, cross-validated AUROC {auroc:.4f}\n"
    )
