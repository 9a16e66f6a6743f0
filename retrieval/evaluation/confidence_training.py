"""Train the confidence that a coverage answers: on collections of which half is held back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.answering.confidence import CONFIDENCE, confidence_features
from retrieval.answering.logistic import model_record
from retrieval.coverage import Coverage
from retrieval.evaluation.examples import UNDATED, find_own, look
from retrieval.evaluation.logistic import cross_validate, fit, report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.answering.logistic import LogisticModel
    from retrieval.evaluation.dataset import DevelopmentSet, Query
    from retrieval.index import Snapshot
    from retrieval.model import Article

# Coverage may be a dozen articles on one subject or thousands on many. So many collections are
# made of so many pages, and so many questions asked of each.
COLLECTIONS = ((1, 14, 60), (4, 6, 130), (16, 3, 260), (48, 1, 1000))
# Of the questions without an answer, so many of eight are about what the collection is about.
NEAR = 6
# SQuAD has neither headlines nor days. What these say of the news is weighed by hand, as much for a
# deviation of the one as of the other (Dawes 1979 on why equal weights do), with the mean and the
# deviation that they have over a year of questions to a newsroom, half about what it did not cover.
NEWS = {  # mean, deviation
    "headline": (0.20, 0.21),
    "matched": (1.29, 1.03),
    "agreement": (0.44, 0.38),
    "around_fresh": (0.45, 0.30),
    "fresh": (0.54, 0.29),
}
NEWS_WEIGHT = 0.8
# The best of n matches by chance grows like ln n (Gumbel 1958), here from the newsroom's 4,876.
SIZE = (8.49, 1.0)
SIZE_WEIGHT = -0.55
# Puts one half where, in that year, one in ten questions without coverage is answered.
BIAS = -0.85


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was seen of one question, and whether the collection holds its article."""

    page: str
    row: Sequence[float]
    covered: bool


def train_confidence(squad: DevelopmentSet, sentences: LogisticModel) -> dict[str, Any]:
    """The record of the shipped model; `sentences` scores the sentences."""
    asked = [
        one for pages, most in _collections(squad) for one in _ask(squad, pages, most, sentences)
    ]
    learned = [name for name in CONFIDENCE if name not in NEWS and name != "size"]
    rows = np.array([one.row for one in asked])[:, [CONFIDENCE.index(name) for name in learned]]
    covered = np.array([one.covered for one in asked])
    pages = np.array([one.page for one in asked])
    report("questions answered", cross_validate(rows, covered, pages), covered)
    return _add_news(fit(learned, rows, covered))


def _collections(squad: DevelopmentSet) -> Iterator[tuple[frozenset[str], int]]:
    """Titles of pages, spread evenly over the set, with how many questions to ask about them."""
    titles = sorted({article.title for article in squad.articles})
    for pages, collections, questions in COLLECTIONS:
        step = max(1, len(titles) // pages)
        for first in range(collections):
            yield frozenset(titles[first * 3 :: step][:pages]), questions


def _ask(
    squad: DevelopmentSet, pages: frozenset[str], most: int, sentences: LogisticModel
) -> Iterator[_Asked]:
    """Ask about every other paragraph of the pages, about those between, and about other pages."""
    about = [article for article in squad.articles if article.title in pages]
    kept = about[::2]
    covered, near, far = _sort_questions(squad, kept, about)
    with TemporaryDirectory(prefix="clippings-training-") as scratch:
        snapshot = Coverage.of_articles(kept, Path(scratch)).snapshot
        uncovered = _spread(near, most * NEAR // 8) + _spread(far, most - most * NEAR // 8)
        for query in _spread(covered, most):
            yield from _see(squad, snapshot, query, sentences, covered=True)
        for query in uncovered:
            yield from _see(squad, snapshot, query, sentences, covered=False)
        snapshot.close()


def _sort_questions(
    squad: DevelopmentSet, kept: Sequence[Article], about: Sequence[Article]
) -> tuple[list[Query], list[Query], list[Query]]:
    """Questions on what is kept, on what is held back, and on other pages."""
    kept_ids, about_ids = {article.id for article in kept}, {article.id for article in about}
    covered: list[Query] = []
    near: list[Query] = []
    far: list[Query] = []
    for query in squad.queries:
        own = find_own(squad, query)
        (covered if own in kept_ids else near if own in about_ids else far).append(query)
    return covered, near, far


def _spread(queries: Sequence[Query], most: int) -> list[Query]:
    """At most so many, evenly spread."""
    return list(queries[:: max(1, len(queries) // max(most, 1))][:most])


def _see(
    squad: DevelopmentSet,
    snapshot: Snapshot,
    query: Query,
    sentences: LogisticModel,
    *,
    covered: bool,
) -> Iterator[_Asked]:
    example = look(squad, snapshot, query)
    if example is None or not len(example.seen.rows):
        return
    odds = sentences.log_odds(example.seen.matrix)
    row = confidence_features(example.seen, odds, example.hits, UNDATED, snapshot.span)
    yield _Asked(example.page, row.tolist(), covered)


def _add_news(record: dict[str, Any]) -> dict[str, Any]:
    """The learned weights, and those that SQuAD cannot teach, in one model."""
    learned = dict(
        zip(
            record["features"],
            zip(record["mean"], record["deviation"], record["weights"], strict=True),
            strict=True,
        )
    )
    news = {name: (*spread, NEWS_WEIGHT) for name, spread in NEWS.items()}
    every = learned | news | {"size": (*SIZE, SIZE_WEIGHT)}
    means, deviations, weights = zip(*(every[name] for name in CONFIDENCE), strict=True)
    return model_record(CONFIDENCE, (means, deviations), weights, BIAS)
