"""How likely it is that two articles report one event."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.index.analysis import analyse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from retrieval.model import Article

LEAD_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Profile:
    """Tf-idf weights of title and lead, of length 1; the terms of the title; the day."""

    weights: Mapping[str, float]
    title: frozenset[str]
    day: date | None


def profile_article(article: Article, idf: Callable[[str], float]) -> Profile:
    """Weigh the terms of title and lead, those of the title twice."""
    title = analyse(article.title, article.language)
    lead = analyse(article.text[:LEAD_CHARACTERS], article.language)
    counts: dict[str, int] = {}
    for term in (*title, *title, *lead):
        counts[term] = counts.get(term, 0) + 1
    weights = {t: (1 + math.log(n)) * idf(t) for t, n in counts.items()}
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return Profile({t: w / length for t, w in weights.items()}, frozenset(title), article.day)


def same_story_probability(left: Profile, right: Profile) -> float:
    """Return the probability, 0 to 1, that both report one event."""
    small, large = sorted((left.weights, right.weights), key=len)
    cosine = sum(w * large.get(t, 0.0) for t, w in small.items())
    return 1 / (1 + math.exp(-20 * (cosine - 0.3)))
