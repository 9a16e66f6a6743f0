"""Which articles carry one text: reprints of one wire report count once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.model import CopyGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.model import Article

SHINGLE_WORDS = 4
FEWEST_SHINGLES = 6
CONTAINMENT = 0.8
COPIED_CHARACTERS = 3000
_WORD = re.compile(r"\w+")


def group_copies(articles: Sequence[Article]) -> tuple[CopyGroup, ...]:
    """Return the groups of two or more articles that carry one text, in the order given.

    Give the articles earliest first: the first of a group counts as the original. Texts are
    compared by their first COPIED_CHARACTERS.
    """
    if len(articles) < 2:  # noqa: PLR2004  # a copy needs an original
        return ()
    groups: list[list[Article]] = []
    shingles = {a.id: build_shingles(a.text[:COPIED_CHARACTERS]) for a in articles}
    for article in articles:
        own = shingles[article.id]
        home = next((g for g in groups if is_copy(own, shingles[g[0].id])), None)
        if home is None:
            groups.append([article])
        else:
            home.append(article)
    return tuple(CopyGroup(tuple(group)) for group in groups if len(group) > 1)


def build_shingles(text: str) -> frozenset[int]:
    """Return the hashes of the runs of SHINGLE_WORDS words (Broder 1997), without case and marks.

    They hold for this process only.
    """
    words = _WORD.findall(text.lower())
    return frozenset(map(hash, zip(*(words[i:] for i in range(SHINGLE_WORDS)), strict=False)))


def is_copy(left: frozenset[int], right: frozenset[int]) -> bool:
    """Whether the shorter text stands in the longer one (containment, Broder 1997)."""
    fewer = min(len(left), len(right))
    return fewer >= FEWEST_SHINGLES and len(left & right) >= CONTAINMENT * fewer
