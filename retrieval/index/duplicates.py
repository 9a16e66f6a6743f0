"""Many outlets print one wire text: a list of hits shows a few of them and then something else."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.index.reranking import RankFeatures
    from retrieval.index.weights import CopyWeights


def demote_copies(features: RankFeatures, order: Sequence[int], weights: CopyWeights) -> list[int]:
    """Put whatever is the fourth or later copy of one text behind all that is not.

    A copy has the same terms in the same order, whatever its title; texts of different segments are
    not compared.
    """
    seen: dict[int, int] = {}
    first: list[int] = []
    later: list[int] = []
    texts = _text_codes(features, weights)
    for candidate in order:
        code = texts.get(candidate)
        if code is not None:
            seen[code] = seen.get(code, 0) + 1
        too_many = code is not None and seen[code] > weights.in_a_row
        (later if too_many else first).append(candidate)
    return first + later


def _text_codes(features: RankFeatures, weights: CopyWeights) -> dict[int, int]:
    """Give candidates whose text is long enough, and no longer than others, a number for it."""
    codes = {}
    for text in features.texts:
        begins = text.unit_starts[text.unit_is_title.nonzero()[0] + 1]
        lengths = text.starts[1:] - begins
        _, of, alike = np.unique(lengths, return_inverse=True, return_counts=True)
        places = ((alike[of] > weights.in_a_row) & (lengths >= weights.fewest_terms)).nonzero()[0]
        for at in places.tolist():
            stream = text.stream[begins[at] : text.starts[at + 1]]
            codes[int(text.candidates[at])] = zlib.crc32(stream.tobytes())
    return codes
