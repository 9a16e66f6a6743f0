"""How likely it is that two articles report one event, judged among the articles around them."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from retrieval.text.analysis import analyse_all, stop_words
from retrieval.text.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from retrieval.index import Snapshot
    from retrieval.model import Article

    Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
    Column = NDArray[np.float64]
    Marks = NDArray[np.bool_]

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
# A word that begins with a capital, or at least not with a small letter of ASCII.
# That a set of letters comes first lets the search skip all others.
_CAPITAL = re.compile(
    r"[^\W\d_a-z](?<![^\W_].)(?<![^\W_][.&'\u2019-].)[^\W_]*(?:[.&'\u2019-][^\W_]+)*", re.DOTALL
)
_HEADLINE_CAPITALS = 0.7
_MOST_LOGIT = 500.0  # exp() of much more is no number
_WEEKDAYS = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n])[\s\"'\u201c\u2018(\[`]*$")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is read of an article's title and lead.

    `counts` says how often each term stands there. `weights` (one plus the logarithm of the count),
    `inside` and `lower` have a place for each term in that order: `inside` marks those with a
    capital amid a sentence, `lower` those written small. A capital at the start of a sentence, or
    in a headline that capitalises every word, says nothing.
    """

    counts: Mapping[str, int]
    weights: Column
    inside: Marks
    lower: Marks
    numbers: frozenset[float]
    counted: frozenset[tuple[str, float]]
    weekdays: frozenset[str]
    published: datetime | None


def profile_article(article: Article) -> Profile:
    """Read title and lead; the terms of the title count twice."""
    lead = article.text[:LEAD_CHARACTERS]
    return _profile(article.title, lead, article.language, article.published)


@lru_cache(maxsize=4096)
def _profile(title: str, lead: str, language: str, published: datetime | None) -> Profile:
    counts = _count_terms(title, lead, language)
    capital, inside = _find_capitals(title, lead, language)
    quantities = find_quantities(f"{title}\n{lead}")
    of_counts = np.fromiter(counts.values(), np.float64, len(counts))
    written = of_counts - np.fromiter((capital.get(t, 0) for t in counts), np.float64, len(counts))
    return Profile(
        counts,
        1 + np.log(of_counts),
        np.fromiter(map(inside.__contains__, counts), np.bool_, len(counts)),
        written > 0,
        frozenset(q.value for q in quantities),
        frozenset((unit, q.value) for q in quantities for unit in q.units),
        frozenset(_WEEKDAYS & counts.keys()),
        published,
    )


def _count_terms(title: str, lead: str, language: str) -> dict[str, int]:
    stops = stop_words(language)
    counts: dict[str, int] = {}
    for text, weight in ((title, TITLE_WEIGHT), (lead, 1)):
        for term in analyse_all(text, language):
            if term not in stops:
                counts[term] = counts.get(term, 0) + weight
    return counts


def _find_capitals(title: str, lead: str, language: str) -> tuple[dict[str, int], set[str]]:
    """Count the terms that begin with a capital as `_count_terms` does; give the telling ones."""
    capital: dict[str, int] = {}
    inside: set[str] = set()
    for text, weight in ((title, TITLE_WEIGHT), (lead, 1)):
        headline = text is title and _capitalises_all(text)
        for match in _CAPITAL.finditer(text):
            terms = _terms(match[0], language)
            for term in terms:
                capital[term] = capital.get(term, 0) + weight
            if terms and not headline and _is_inside(text, match.start()):
                inside.update(terms)
    return capital, inside


@lru_cache(maxsize=65536)
def _terms(word: str, language: str) -> tuple[str, ...]:
    return tuple(analyse_all(word, language)) if word[0].isupper() else ()


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


def _is_inside(text: str, start: int) -> bool:
    """Whether a word stands amid a sentence; mostly the letter before the blank says so."""
    if start > 1 and text[start - 1] == " " and text[start - 2].isalnum():
        return True
    return not _SENTENCE_START.search(text[max(0, start - 4) : start])


def compare_all(
    profiles: Sequence[Profile], rarity: Callable[[str], float]
) -> Mapping[str, Matrix]:
    """Return one square matrix a feature of FEATURES, a row and a column for each profile.

    Kinship is the geometric mean of what two articles say alike and of whom they stand among: an
    odd article has its nearest neighbours too, and a sister story has the words. Among neighbours
    every quantity that differs takes the factor exp(-DISCORD) off the cosine.
    """
    unit = _weigh(profiles, rarity)
    cosine = _products(unit, unit).clip(0, 1)
    numbers = _compare_numbers(profiles)
    walk = walk_similarity(cosine * np.exp(-DISCORD * numbers["differing_quantities"]))
    return {
        "kinship": np.sqrt(cosine * walk),
        **numbers,
    }


def _weigh(profiles: Sequence[Profile], rarity: Callable[[str], float]) -> Matrix:
    """Return tf-idf vectors of length 1, a row a profile; names weigh NAME_WEIGHT times as much.

    Names are the terms more often written with a capital than small, in these profiles. A term that
    one article alone holds has part in the length, but no column.
    """
    columns: dict[str, int] = {}
    of = [columns.setdefault(term, len(columns)) for p in profiles for term in p.counts]
    column = np.array(of, np.int64)
    row = np.repeat(np.arange(len(profiles)), [len(p.counts) for p in profiles])
    inside, lower = _join([p.inside for p in profiles]), _join([p.lower for p in profiles])
    capital = np.bincount(column, inside) > np.bincount(column, lower)
    rare = np.fromiter(map(rarity, columns), np.float64, len(columns))
    weights = _join([p.weights for p in profiles]) * rare[column]
    weights[capital[column] & ~lower.astype(bool)] *= NAME_WEIGHT
    lengths = np.sqrt(np.bincount(row, weights**2, len(profiles)))
    unit: Matrix = np.zeros((len(profiles), len(columns)))
    unit[row, column] = weights / lengths[row]
    return unit[:, np.bincount(column, minlength=len(columns)) > 1]


def _join(parts: Sequence[Column] | Sequence[Marks]) -> Column:
    return np.concatenate([*parts, np.empty(0)])


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
    columns: dict[Hashable, int] = {}
    of = [columns.setdefault(member, len(columns)) for members in sets for member in members]
    matrix = np.zeros((len(sets), len(columns)))
    matrix[np.repeat(np.arange(len(sets)), [len(members) for members in sets]), of] = 1
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
    features: Mapping[str, Matrix], profiles: Sequence[Profile], model: StoryModel
) -> Matrix:
    """Return for each pair the probability, 0 to 1, that both report one event.

    `features` are those that `compare_all` returns for the profiles.
    """
    logit = sum(w * features[name] for name, w in model.weights.items()) + model.intercept
    logit = logit + day_evidence(profiles, model)
    probabilities: Matrix = 1 / (1 + np.exp(np.minimum(-logit, _MOST_LOGIT)))
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
