"""Train the confidence that a coverage answers: on collections of which half is held back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.answering.confidence import CONFIDENCE, confidence_features
from retrieval.coverage import Coverage
from retrieval.evaluation.examples import look, vary
from retrieval.evaluation.logistic import cross_validate, fit, report
from retrieval.evaluation.priors import OF_CONFIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.answering.logistic import LogisticModel
    from retrieval.evaluation.dataset import DevelopmentSet, Query
    from retrieval.index import Snapshot

# Coverage may be a dozen articles on one subject or thousands on many. So many collections are
# made of so many pages, and so many questions asked of each.
COLLECTIONS = ((1, 6, 40), (4, 3, 80), (16, 2, 150), (48, 1, 300))


# Log odds by which a quote must be surer than even; by hand: a false answer costs more than none.
CAUTION = 0.5


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was seen of one question, and whether the collection holds its article."""

    group: str
    row: Sequence[float]
    covered: bool


def train_confidence(
    pages: DevelopmentSet, news: DevelopmentSet, sentences: LogisticModel
) -> dict[str, Any]:
    """The record of the shipped model; `sentences` scores the sentences."""
    asked = [*_ask_collections(pages, sentences), *_ask_news(news, sentences)]
    rows = np.array([one.row for one in asked])
    covered = np.array([one.covered for one in asked])
    groups = np.array([one.group for one in asked])
    scores = cross_validate(CONFIDENCE, rows, covered, groups, OF_CONFIDENCE)
    report("questions answered", scores, covered)
    record = fit(CONFIDENCE, rows, covered, OF_CONFIDENCE)
    return record | {"bias": record["bias"] - CAUTION}


def _ask_collections(pages: DevelopmentSet, sentences: LogisticModel) -> Iterator[_Asked]:
    titles = sorted({article.title for article in pages.articles})
    for size, collections, questions in COLLECTIONS:
        step = max(1, len(titles) // size)
        for first in range(collections):
            chosen = frozenset(titles[first * 3 :: step][:size])
            yield from _ask_half(pages, chosen, questions, sentences)


def _ask_half(
    pages: DevelopmentSet, titles: frozenset[str], most: int, sentences: LogisticModel
) -> Iterator[_Asked]:
    """Ask about every other paragraph of the pages, and about those between."""
    about = [article for article in pages.articles if article.title in titles]
    kept = about[::2]
    kept_ids, about_ids = ({article.id for article in some} for some in (kept, about))
    own = {query: next(iter(pages.qrels[query.id])) for query in pages.queries}
    covered = [query for query in pages.queries if own[query] in kept_ids]
    missed = [query for query in pages.queries if own[query] in about_ids - kept_ids]
    with TemporaryDirectory(prefix="clippings-training-") as scratch:
        snapshot = Coverage.of_articles(kept, Path(scratch)).snapshot
        for queries, holds in ((covered, True), (missed, False)):
            for query in vary(_spread(queries, most // 2), snapshot):
                yield from _see(pages, snapshot, query, sentences, covered=holds)


def _ask_news(news: DevelopmentSet, sentences: LogisticModel) -> Iterator[_Asked]:
    answerable = [query for query in news.queries if query.answers]
    with TemporaryDirectory(prefix="clippings-training-") as scratch:
        snapshot = Coverage.of_articles(news.articles, Path(scratch)).snapshot
        for queries, holds in ((answerable, True), (news.uncovered, False)):
            for query in vary(queries, snapshot):
                yield from _see(news, snapshot, query, sentences, covered=holds)


def _spread(queries: Sequence[Query], most: int) -> list[Query]:
    """At most so many, evenly spread."""
    return list(queries[:: max(1, len(queries) // max(most, 1))][:most])


def _see(
    development: DevelopmentSet,
    snapshot: Snapshot,
    query: Query,
    sentences: LogisticModel,
    *,
    covered: bool,
) -> Iterator[_Asked]:
    example = look(development, snapshot, query, own_only=False)
    if example is None:
        return
    scores = example.seen.score(sentences)
    order = example.seen.order(scores)
    if order:
        row = confidence_features(example.seen.features, scores, order, len(snapshot))
        yield _Asked(example.group, row.tolist(), covered)
