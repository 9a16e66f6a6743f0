"""Which other outlets a report names as its source."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.model import Article

_CUE = (
    r"\b(?:[Aa]ccording to|[Rr]eport(?:s|ed|ing)?|[Cc]it(?:es?|ed|ing)|[Tt]old|[Ss]a(?:id|ys?)"
    r"|[Ww]r(?:ote|ites)|[Rr]eveal(?:s|ed)|[Bb]roke|[Qq]uot(?:es?|ed|ing)|[Pp]er|[Vv]ia)\b"
)
_BETWEEN = r"[^.!?\n]{0,40}?"
_SHORTEST = 2  # capitals of "Financial Times"


def names_as_source(article: Article, outlets: Iterable[str]) -> bool:
    """Whether the text says that one of these outlets, not its own, reported what it tells.

    An outlet is known by its name, written as it is, or by the initials of a name of several words.
    """
    others = frozenset(name for name in outlets if name and name != article.outlet)
    return bool(others) and _naming(others).search(article.text) is not None


@lru_cache(maxsize=64)
def _naming(outlets: frozenset[str]) -> re.Pattern[str]:
    forms = sorted({form for name in outlets for form in (name, _initials(name)) if form})
    name = rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)"
    return re.compile(rf"{_CUE}{_BETWEEN}{name}|{name}{_BETWEEN}{_CUE}")


def _initials(name: str) -> str:
    capitals = "".join(word[0] for word in name.split() if word[0].isupper() and word != "The")
    return capitals if len(capitals) >= _SHORTEST else ""
