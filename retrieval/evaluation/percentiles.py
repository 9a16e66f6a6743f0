"""Percentiles of a figure over many answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def spread(values: Sequence[float], *percents: int) -> dict[str, float | None]:
    """Percentiles as {"p50": …}, linear between neighbours; none where there are no values."""
    if not values:
        return {f"p{percent}": None for percent in percents}
    return {f"p{percent}": round(float(np.percentile(values, percent)), 3) for percent in percents}
