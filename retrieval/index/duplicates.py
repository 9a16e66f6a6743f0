"""Many outlets print one wire text: a list of hits shows a few of them and then something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.positions import Texts
    from retrieval.index.reranking import RankFeatures
    from retrieval.index.weights import CopyWeights


def demote_copies(features: RankFeatures, order: Sequence[int], weights: CopyWeights) -> list[int]:
    """Put whatever is the fourth or later copy of one text behind all that is not.

    A copy has the same terms in the same order, whatever its title.
    """
    seen: dict[bytes, int] = {}
    first: list[int] = []
    later: list[int] = []
    bodies = _find_bodies(features.texts, weights)
    for candidate in order:
        body = bodies.get(candidate)
        if body is not None:
            seen[body] = seen.get(body, 0) + 1
        too_many = body is not None and seen[body] > weights.in_a_row
        (later if too_many else first).append(candidate)
    return first + later


def _find_bodies(texts: Sequence[Texts], weights: CopyWeights) -> dict[int, bytes]:
    """Give the terms of each candidate whose text is long enough, and no longer than others."""
    begins = [text.unit_starts[text.unit_is_title.nonzero()[0] + 1] for text in texts]
    lengths = np.concatenate(
        [text.starts[1:] - begin for text, begin in zip(texts, begins, strict=True)]
    )
    _, of, alike = np.unique(lengths, return_inverse=True, return_counts=True)
    likely = (alike[of] > weights.in_a_row) & (lengths >= weights.fewest_terms)
    found: dict[int, bytes] = {}
    before = 0
    for text, begin in zip(texts, begins, strict=True):
        for at in likely[before : before + len(begin)].nonzero()[0].tolist():
            stream = text.stream[begin[at] : text.starts[at + 1]]
            body = _join_terms(text, stream) if len(texts) > 1 else stream.tobytes()
            found[int(text.candidates[at])] = body
        before += len(begin)
    return found


def _join_terms(text: Texts, stream: NDArray[np.uint32]) -> bytes:
    """What is the same in whatever part: the terms themselves."""
    names = [text.part.terms[number] for number in stream.tolist()]
    return "\0".join(names).encode("utf-8", "surrogatepass")
