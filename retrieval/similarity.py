"""How likely it is that two articles report one event, judged among the articles around them."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index.analysis import analyse_with_offsets
from retrieval.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from retrieval.model import Article

    Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

LEAD_CHARACTERS = 500
TITLE_WEIGHT = 2
NEIGHBOURS = 6
WALK_ON = 0.7
STEPS = 6
FEATURES = (
    "walk",
    "cosine",
    "shared_names",
    "name_containment",
    "name_cosine",
    "containment",
    "shared_numbers",
    "differing_quantities",
    "differing_weekdays",
)
_HEADLINE_CAPITALS = 0.7
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n])[\s\"'\u201c\u2018(\[`]*$")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is read of an article's title and lead.

    `weights` are the tf-idf weights of its terms, `idf` their rarity. A term is in `inside` where a
    capital stands amid a sentence, in `lower` where it is written small, and in `opening` where the
    capital says nothing: at the start of a sentence or in a headline that capitalises every word.
    """

    weights: Mapping[str, float]
    idf: Mapping[str, float]
    inside: frozenset[str]
    opening: frozenset[str]
    lower: frozenset[str]
    numbers: frozenset[float]
    counted: Mapping[str, frozenset[float]]
    weekdays: frozenset[str]
    published: datetime | None


def profile_article(article: Article, idf: Callable[[str], float]) -> Profile:
    """Read title and lead; the terms of the title count twice."""
    counts: Counter[str] = Counter()
    cases: dict[str, set[str]] = {"inside": set(), "opening": set(), "lower": set()}
    lead = article.text[:LEAD_CHARACTERS]
    for text, weight in ((article.title, TITLE_WEIGHT), (lead, 1)):
        headline = text is article.title and _capitalises_all(text)
        for term, start, end in analyse_with_offsets(text, article.language):
            counts[term] += weight
            cases[_case(text, start, end, headline=headline)].add(term)
    rarity = {term: idf(term) for term in counts}
    both = f"{article.title}\n{lead}"
    counted: dict[str, set[float]] = {}
    for quantity in find_quantities(both):
        for unit in quantity.units:
            counted.setdefault(unit, set()).add(quantity.value)
    return Profile(
        {term: (1 + math.log(n)) * rarity[term] for term, n in counts.items()},
        rarity,
        frozenset(cases["inside"]),
        frozenset(cases["opening"]),
        frozenset(cases["lower"]),
        frozenset(value for values in counted.values() for value in values),
        {unit: frozenset(values) for unit, values in counted.items()},
        frozenset(day.lower() for day in _WEEKDAY.findall(both)),
        article.published,
    )


def _capitalises_all(title: str) -> bool:
    words = [word for word in title.split()[1:] if len(word) > 3]  # noqa: PLR2004  # "of" and "the" stay small
    capitals = sum(word[0].isupper() for word in words)
    return capitals >= _HEADLINE_CAPITALS * len(words)


def _case(text: str, start: int, end: int, *, headline: bool) -> str:
    first = text[start:end][:1]
    if not first.isupper():
        return "lower"
    return (
        "opening"
        if headline or _SENTENCE_START.search(text[max(0, start - 4) : start])
        else "inside"
    )


def compare_all(profiles: Sequence[Profile]) -> Mapping[str, Matrix]:
    """Return one square matrix a feature, a row and a column for each profile."""
    terms = {t: n for n, t in enumerate(dict.fromkeys(t for p in profiles for t in p.weights))}
    weights = _fill(profiles, terms, "weights")
    rarity = _fill(profiles, terms, "idf")
    named = _names(profiles, terms)
    cosine = _cosine(weights)
    return {
        "walk": walk_similarity(cosine),
        "cosine": cosine,
        "shared_names": (rarity * named) @ named.T,
        "name_containment": _containment(rarity * named),
        "name_cosine": _cosine(weights * named),
        "containment": _containment(rarity),
        **_compare_numbers(profiles),
    }


def _fill(profiles: Sequence[Profile], terms: Mapping[str, int], field: str) -> Matrix:
    matrix = np.zeros((len(profiles), len(terms)))
    for row, profile in enumerate(profiles):
        values: Mapping[str, float] = getattr(profile, field)
        matrix[row, [terms[t] for t in values]] = list(values.values())
    return matrix


def _names(profiles: Sequence[Profile], terms: Mapping[str, int]) -> Matrix:
    """Mark the terms that are names: here they are written with a capital more often than small."""
    capital = Counter(t for p in profiles for t in p.inside)
    capital.subtract(t for p in profiles for t in p.lower)
    matrix = np.zeros((len(profiles), len(terms)))
    for row, profile in enumerate(profiles):
        names = [terms[t] for t in profile.inside | profile.opening if capital[t] > 0]
        matrix[row, names] = 1
    return matrix


def _cosine(weights: Matrix) -> Matrix:
    lengths = np.sqrt((weights**2).sum(axis=1, keepdims=True))
    unit = weights / np.maximum(lengths, 1e-9)
    return unit @ unit.T


def _containment(rarity: Matrix) -> Matrix:
    """Return the share of the rarity of the poorer one's terms that the other one has too."""
    shared = rarity @ (rarity > 0).T
    total = rarity.sum(axis=1)
    return shared / np.maximum(np.minimum.outer(total, total), 1e-9)


def walk_similarity(cosine: Matrix) -> Matrix:
    """Compare where random walks with restart from two articles lead (Tong et al. 2006).

    A walk goes on to one of the NEIGHBOURS nearest articles with probability WALK_ON, else back to
    its start; so two short texts with few words in common are near when their neighbours are one
    circle, and sister stories with much in common are not.
    """
    n = len(cosine)
    near = cosine.copy()
    np.fill_diagonal(near, 0)
    if n > NEIGHBOURS:
        near[near < np.sort(near, axis=1)[:, [-NEIGHBOURS]]] = 0
    near /= np.maximum(near.sum(axis=1, keepdims=True), 1e-9)
    reached = np.eye(n)
    for _ in range(STEPS):
        reached = (1 - WALK_ON) * np.eye(n) + WALK_ON * reached @ near
    return _cosine(reached)


def _compare_numbers(profiles: Sequence[Profile]) -> Mapping[str, Matrix]:
    n = len(profiles)
    shared, quantities, weekdays = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    for i, left in enumerate(profiles):
        for j, right in enumerate(profiles[:i]):
            shared[i, j] = shared[j, i] = min(3, len(left.numbers & right.numbers))
            differ = sum(
                not (left.counted[unit] & right.counted[unit])
                for unit in left.counted.keys() & right.counted.keys()
            )
            quantities[i, j] = quantities[j, i] = min(3, differ)
            apart = left.weekdays and right.weekdays and not left.weekdays & right.weekdays
            weekdays[i, j] = weekdays[j, i] = float(bool(apart))
    return {
        "shared_numbers": shared,
        "differing_quantities": quantities,
        "differing_weekdays": weekdays,
    }


@dataclass(frozen=True, slots=True)
class StoryModel:
    """A logistic model over FEATURES; `near` and `per_day` weigh the distance of dated articles."""

    weights: Mapping[str, float]
    intercept: float
    near: float
    per_day: float


@cache
def load_model() -> StoryModel:
    """Read the shipped weights; retrieval/evaluation/stories_training.py makes them."""
    return StoryModel(
        **json.loads(files(__package__).joinpath("story_model.json").read_text("utf-8"))
    )


def same_story_probabilities(profiles: Sequence[Profile], model: StoryModel) -> Matrix:
    """Return for each pair the probability, 0 to 1, that both report one event."""
    features = compare_all(profiles)
    logit = sum(w * features[name] for name, w in model.weights.items()) + model.intercept
    logit = logit + day_evidence(profiles, model)
    probabilities: Matrix = 1 / (1 + np.exp(-logit))
    np.fill_diagonal(probabilities, 1)
    return probabilities


def day_evidence(profiles: Sequence[Profile], model: StoryModel) -> Matrix:
    """Return the log-odds that the days add: none where a day is unknown."""
    days = np.array([p.published.timestamp() / 86400 if p.published else np.nan for p in profiles])
    evidence = model.near + model.per_day * np.abs(days[:, None] - days[None, :])
    return np.where(np.isnan(evidence), 0.0, evidence)
