"""Articles to the arrays of one segment."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.index import scoring
from retrieval.index.analysis import analyse_all
from retrieval.index.counting import count_terms
from retrieval.index.passages import cut_passages
from retrieval.index.records import render_record
from retrieval.index.strings import SortedStrings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from retrieval.index.counting import Counts
    from retrieval.index.weights import FieldWeights
    from retrieval.model import Article

Arrays = dict[str, "NDArray[Any]"]

UNDATED = np.iinfo(np.int64).min
_DENSE_SHARE = 16  # a term in more than one of so many articles gets a dense column
_DENSE_FROM = 4096  # articles; a smaller segment is searched fast without


@dataclass(slots=True)
class _Analysed:
    """Terms of every title and passage ("unit") in turn; an article's first unit is its title."""

    units: list[list[str]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    article_starts: list[int] = field(default_factory=lambda: [0])

    def add(self, article: Article) -> None:
        text, language = article.text, article.language
        passages = cut_passages(text)
        self.spans += [(0, 0), *passages]
        self.units.append(analyse_all(article.title, language))
        self.units += [analyse_all(text[start:end], language) for start, end in passages]
        self.article_starts.append(len(self.units))

    def weighted_texts(self, title_weight: int) -> list[list[str]]:
        """Give each article's terms, those of the title as often as they weigh."""
        starts, units = self.article_starts, self.units
        return [
            units[start + 1]
            if end == start + 2 and not units[start]
            else [*units[start] * title_weight, *chain.from_iterable(units[start + 1 : end])]
            for start, end in zip(starts, starts[1:], strict=False)
        ]


def build_segment(
    articles: Sequence[Article],
    weights: FieldWeights,
    average: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Arrays, dict[str, Any]]:
    """Give the arrays of a segment and what to write about it.

    `articles` are distinct and sorted by id. `average` is the article length that the index was
    begun with; none takes that of these articles. `progress` gets (articles analysed, of all).
    """
    analysed = _Analysed()
    for done, article in enumerate(articles, 1):
        analysed.add(article)
        if progress and (done % 500 == 0 or done == len(articles)):
            progress(done, len(articles))
    texts = analysed.weighted_texts(weights.title)
    lengths = np.array([len(text) for text in texts], np.float64)
    average = average or float(lengths.mean() if len(lengths) else 0.0) or 1.0
    counts = count_terms(texts)
    del texts
    arrays = _postings(counts, scoring.length_norm(lengths, average, weights.k1, weights.b))
    arrays |= dense_columns(arrays, len(articles))
    arrays |= SortedStrings.build(counts.terms).arrays("term") | _streams(analysed, counts)
    metadata, names = _metadata(articles)
    arrays |= metadata
    passages = len(analysed.units) - len(articles)
    about = {"articles": len(articles), "passages": passages, "average": average, **names}
    return arrays, about


def _postings(counts: Counts, norms: NDArray[np.float64]) -> Arrays:
    impacts = scoring.quantise(
        scoring.saturate(counts.counts.astype(np.float64), norms[counts.texts])
    )
    return {
        "posting_starts": counts.starts,
        "posting_articles": counts.texts,
        "posting_impacts": impacts,
        "largest_impacts": largest_impacts(impacts, counts.starts),
    }


def largest_impacts(impacts: NDArray[np.uint16], starts: NDArray[np.int64]) -> NDArray[np.uint16]:
    """Give each column's largest impact; no column is empty."""
    if not len(impacts):
        return np.empty(0, np.uint16)
    return np.maximum.reduceat(impacts, starts[:-1])


def dense_columns(arrays: Arrays, articles: int) -> Arrays:
    """Give the common terms a row with a place for every article."""
    starts = arrays["posting_starts"]
    share = articles // _DENSE_SHARE if articles >= _DENSE_FROM else articles
    common = (np.diff(starts) > share).nonzero()[0]
    rows = np.zeros((len(common), articles), np.uint16)
    for row, term in zip(rows, common, strict=True):
        column = slice(starts[term], starts[term + 1])
        row[arrays["posting_articles"][column]] = arrays["posting_impacts"][column]
    return {"dense_terms": common.astype(np.uint32), "dense_impacts": rows}


def _streams(analysed: _Analysed, counts: Counts) -> Arrays:
    """Give every term of every unit in order, for phrases, nearness and feedback."""
    unit_starts = np.zeros(len(analysed.units) + 1, np.int64)
    np.cumsum([len(unit) for unit in analysed.units], out=unit_starts[1:])
    terms = chain.from_iterable(analysed.units)
    stream = np.fromiter(map(counts.numbers.__getitem__, terms), np.uint32, int(unit_starts[-1]))
    return {
        "stream": stream,
        "unit_starts": unit_starts,
        "article_units": np.array(analysed.article_starts, np.int64),
        "unit_spans": np.array(analysed.spans, np.uint32).reshape(-1, 2),
    }


def _metadata(articles: Sequence[Article]) -> tuple[Arrays, dict[str, list[str]]]:
    """Give the columns to filter and sort by, with the names that their numbers stand for."""
    outlets, outlet_numbers = _number([article.outlet for article in articles])
    languages, language_numbers = _number([article.language for article in articles])
    topics, topic_numbers = _number([topic for article in articles for topic in article.topics])
    topic_starts = np.zeros(len(articles) + 1, np.int64)
    np.cumsum([len(article.topics) for article in articles], out=topic_starts[1:])
    records = [render_record(article) for article in articles]
    record_starts = np.zeros(len(articles) + 1, np.int64)
    np.cumsum([len(record) for record in records], out=record_starts[1:])
    arrays: Arrays = {
        "published": np.array([_seconds(article) for article in articles], np.int64),
        "outlets": outlet_numbers,
        "languages": language_numbers,
        "topic_starts": topic_starts,
        "topics": topic_numbers,
        "qualities": np.array([_quality(article) for article in articles], np.uint16),
        "record_starts": record_starts,
        "records": np.frombuffer(b"".join(records), np.uint8),
    }
    arrays |= SortedStrings.build([article.id for article in articles]).arrays("id")
    return arrays, {"outlets": outlets, "languages": languages, "topics": topics}


def _number(names: list[str]) -> tuple[list[str], NDArray[np.uint32]]:
    distinct = sorted(set(names))
    numbers = {name: number for number, name in enumerate(distinct)}
    return distinct, np.array([numbers[name] for name in names], np.uint32)


def _seconds(article: Article) -> int:
    return UNDATED if article.published is None else int(article.published.timestamp())


def _quality(article: Article) -> int:
    """Store 0 to 1 as 1 to 1001, and 0 where the coverage says nothing."""
    if article.quality is None:
        return 0
    return 1 + round(1000 * min(max(article.quality, 0.0), 1.0))
