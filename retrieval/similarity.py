"""How likely it is that two articles report one event, judged among the articles around them."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index.analysis import analyse_all, stop_words
from retrieval.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
    from datetime import datetime

    from retrieval.index import Snapshot
    from retrieval.model import Article

    Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

BACKGROUND = 1000
LEAD_CHARACTERS = 500
TITLE_WEIGHT = 2
NAME_WEIGHT = 1.5
DISCORD = 0.4
MOST_NUMBERS = 3
NEIGHBOURS = 6
WALK_ON = 0.7
FAINT = 0.1
COMPANY = 0.8
STEPS = 6
FEATURES = (
    "kinship",
    "shared_numbers",
    "differing_quantities",
    "differing_weekdays",
)
_WORD = re.compile(r"[^\W_]+(?:[.&'\u2019-][^\W_]+)*")
_HEADLINE_CAPITALS = 0.7
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n])[\s\"'\u201c\u2018(\[`]*$")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is read of an article's title and lead.

    `words` gives for each term the first word that stands for it, `counts` how often it stands
    there. A term is in `inside` where a capital stands amid a sentence, in `lower` where it is
    written small, and in `opening` where the capital says nothing: at the start of a sentence or in
    a headline that capitalises every word.
    """

    words: Mapping[str, str]
    counts: Mapping[str, int]
    inside: frozenset[str]
    opening: frozenset[str]
    lower: frozenset[str]
    numbers: frozenset[float]
    counted: frozenset[tuple[str, float]]
    weekdays: frozenset[str]
    published: datetime | None


@lru_cache(maxsize=4096)
def profile_article(article: Article) -> Profile:
    """Read title and lead; the terms of the title count twice."""
    words: dict[str, str] = {}
    counts: Counter[str] = Counter()
    cases: dict[str, set[str]] = {"inside": set(), "opening": set(), "lower": set()}
    lead = article.text[:LEAD_CHARACTERS]
    for text, weight in ((article.title, TITLE_WEIGHT), (lead, 1)):
        headline = text is article.title and _capitalises_all(text)
        for word in _WORD.finditer(text):
            case = _case(text, word.start(), headline=headline)
            for term in _terms(word[0], article.language):
                words.setdefault(term, word[0])
                counts[term] += weight
                cases[case].add(term)
    both = f"{article.title}\n{lead}"
    quantities = find_quantities(both)
    return Profile(
        words,
        counts,
        frozenset(cases["inside"]),
        frozenset(cases["opening"]),
        frozenset(cases["lower"]),
        frozenset(q.value for q in quantities),
        frozenset((unit, q.value) for q in quantities for unit in q.units),
        frozenset(day.lower() for day in _WEEKDAY.findall(both)),
        article.published,
    )


@lru_cache(maxsize=65536)
def _terms(word: str, language: str) -> tuple[str, ...]:
    stops = stop_words(language)
    return tuple(term for term in analyse_all(word, language) if term not in stops)


def measure_rarity(snapshot: Snapshot) -> Callable[[str], float]:
    """Return the idf of terms as if BACKGROUND more articles without them stood in the coverage.

    Where all of a small coverage is about one company, its name would tell nothing; it still does.
    """
    background = math.log1p(BACKGROUND / (len(snapshot) + 1))
    return lambda term: snapshot.idf(term) + background


def _capitalises_all(title: str) -> bool:
    words = [word for word in title.split()[1:] if len(word) > 3]  # noqa: PLR2004  # "of" and "the" stay small
    capitals = sum(word[0].isupper() for word in words)
    return capitals >= _HEADLINE_CAPITALS * len(words)


def _case(text: str, start: int, *, headline: bool) -> str:
    if not text[start].isupper():
        return "lower"
    first = headline or _SENTENCE_START.search(text[max(0, start - 4) : start])
    return "opening" if first else "inside"


def compare_all(
    profiles: Sequence[Profile], rarity: Callable[[str], float]
) -> Mapping[str, Matrix]:
    """Return one square matrix a feature of FEATURES, a row and a column for each profile.

    Kinship is the geometric mean of what two articles say alike and of whom they stand among: an
    odd article has its nearest neighbours too, and a sister story has the words. Among neighbours
    every quantity that differs takes the factor exp(-DISCORD) off the cosine.
    """
    held = Counter(term for profile in profiles for term in profile.counts)
    columns = {term: n for n, term in enumerate(t for t, n in held.items() if n > 1)}
    rare = {term: rarity(term) for term in held}
    names = _names(profiles)
    unit = np.zeros((len(profiles), len(columns)))
    for row, profile in enumerate(profiles):
        weights = _weigh(profile, rare, names)
        length = math.hypot(*weights.values()) or 1.0
        for term in columns.keys() & weights.keys():
            unit[row, columns[term]] = weights[term] / length
    cosine = _products(unit, unit).clip(0, 1)
    numbers = _compare_numbers(profiles)
    walk = walk_similarity(cosine * np.exp(-DISCORD * numbers["differing_quantities"]))
    return {
        "kinship": np.sqrt(cosine * walk),
        **numbers,
    }


def _weigh(profile: Profile, rare: Mapping[str, float], names: Collection[str]) -> dict[str, float]:
    """Return the tf-idf weights of an article's terms, those of names NAME_WEIGHT times as much."""
    return {
        term: (1 + math.log(count))
        * rare[term]
        * (NAME_WEIGHT if term in names and term not in profile.lower else 1)
        for term, count in profile.counts.items()
    }


def _names(profiles: Sequence[Profile]) -> frozenset[str]:
    """Return the terms that are names: more often written with a capital than small, here."""
    capital = Counter(t for p in profiles for t in p.inside)
    capital.subtract(t for p in profiles for t in p.lower)
    return frozenset(term for term, n in capital.items() if n > 0)


def _products(left: Matrix, right: Matrix) -> Matrix:
    """Multiply every row by every row; BLAS would wake its threads for so small a matrix."""
    products: Matrix = np.einsum("ik,jk->ij", left, right)
    return products


def _cosine(rows: Matrix) -> Matrix:
    lengths = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    unit = rows / np.maximum(lengths, 1e-9)
    return _products(unit, unit).clip(0, 1)


def walk_similarity(cosine: Matrix) -> Matrix:
    """Compare where random walks with restart from two articles lead (Tong et al. 2006).

    A walk goes on to one of the NEIGHBOURS nearest articles with probability WALK_ON, else back to
    its start; so two short texts with few words in common are near when their neighbours are one
    circle, and sister stories with much in common are not. It stays more often where all the
    neighbours are FAINT: an article that stands alone has nearest neighbours too.
    """
    n = len(cosine)
    near = np.maximum(cosine - FAINT, 0)
    np.fill_diagonal(near, 0)
    if n > NEIGHBOURS:
        near[near < np.sort(near, axis=1)[:, [-NEIGHBOURS]]] = 0
    near /= np.maximum(near.sum(axis=1, keepdims=True), COMPANY)
    reached = np.eye(n)
    for _ in range(STEPS):
        reached = (1 - WALK_ON) * np.eye(n) + WALK_ON * reached @ near
    return _cosine(reached)


def _compare_numbers(profiles: Sequence[Profile]) -> Mapping[str, Matrix]:
    numbers = _mark([profile.numbers for profile in profiles])
    counts = _mark([profile.counted for profile in profiles])
    units = _mark([{unit for unit, _ in profile.counted} for profile in profiles])
    weekdays = _mark([profile.weekdays for profile in profiles])
    known = weekdays.any(axis=1)
    return {
        "shared_numbers": np.minimum(_products(numbers, numbers), MOST_NUMBERS),
        "differing_quantities": np.clip(
            _products(units, units) - _products(counts, counts), 0, MOST_NUMBERS
        ),
        "differing_weekdays": np.outer(known, known) * (weekdays @ weekdays.T == 0),
    }


def _mark(sets: Sequence[Collection[Hashable]]) -> Matrix:
    """Return a row of zeros and ones for each set, a column for each member of any."""
    columns = {member: n for n, member in enumerate(dict.fromkeys(m for s in sets for m in s))}
    matrix = np.zeros((len(sets), len(columns)))
    for row, members in enumerate(sets):
        matrix[row, [columns[m] for m in members]] = 1
    return matrix


@dataclass(frozen=True, slots=True)
class StoryModel:
    """A logistic model over FEATURES.

    `near` and `per_day` weigh the distance of two dated articles, `one_dated` the doubt whether an
    article without a day belongs to the days of the other one.
    """

    weights: Mapping[str, float]
    intercept: float
    near: float
    per_day: float
    one_dated: float


@cache
def load_model() -> StoryModel:
    """Read the shipped weights; retrieval/evaluation/stories_training.py makes them."""
    return StoryModel(
        **json.loads(files(__package__).joinpath("story_model.json").read_text("utf-8"))
    )


def same_story_probabilities(
    profiles: Sequence[Profile], rarity: Callable[[str], float], model: StoryModel
) -> Matrix:
    """Return for each pair the probability, 0 to 1, that both report one event."""
    features = compare_all(profiles, rarity)
    logit = sum(w * features[name] for name, w in model.weights.items()) + model.intercept
    logit = logit + day_evidence(profiles, model)
    probabilities: Matrix = 1 / (1 + np.exp(-logit))
    np.fill_diagonal(probabilities, 1)
    return probabilities


def day_evidence(profiles: Sequence[Profile], model: StoryModel) -> Matrix:
    """Return the log-odds that the days add: where only one is known, they count against.

    Where neither is known they add none, as in coverage that has no dates at all.
    """
    days = np.array([p.published.timestamp() / 86400 if p.published else np.nan for p in profiles])
    dated = ~np.isnan(days)
    evidence = model.near + model.per_day * np.abs(days[:, None] - days[None, :])
    one_dated = dated[:, None] != dated[None, :]
    return np.where(one_dated, model.one_dated, np.nan_to_num(evidence))
