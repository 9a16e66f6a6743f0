"""Articles to the arrays of one segment."""

from __future__ import annotations

from array import array
from datetime import UTC
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.index import scoring
from retrieval.index.passages import cut_passages
from retrieval.index.ranges import lay_out, pick_ranges
from retrieval.index.term_dictionary import SortedStrings
from retrieval.stored_articles import render_record
from retrieval.text.analysis import LONGEST_KEPT, cut_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from retrieval.index.weights import FieldWeights
    from retrieval.model import Article

Arrays = dict[str, "NDArray[Any]"]

UNDATED = np.iinfo(np.int64).min
_SURE = 20_000  # articles from which on their average length is taken to hold
_HALF = np.uint64(32)  # bits
_TELL_EVERY = 500  # articles
_HIGHEST_QUALITY = 189.0  # the largest mark among 7,487 aggregator records
_DENSE_SHARE = 16  # a term in more than one of so many articles gets a dense column
_DENSE_FROM = 4096  # articles; a smaller segment is searched fast without


class _Numbers(dict[str, tuple[int, ...]]):
    """Words of one language -> numbers of their terms, in the order in which terms are met."""

    def __init__(self, terms: dict[str, int], language: str) -> None:
        super().__init__()
        self._terms, self._language = terms, language

    def __missing__(self, word: str) -> tuple[int, ...]:
        terms = cut_word(word, self._language)
        numbers = tuple(self._terms.setdefault(term, len(self._terms)) for term in terms)
        if len(word) <= LONGEST_KEPT:
            self[word] = numbers
        return numbers


class _Streams:
    """The terms of every title and passage ("unit") in turn, an article's title first."""

    def __init__(self) -> None:
        self._terms: dict[str, int] = {}
        self._words: dict[str, _Numbers] = {}
        self._stream = array("I")
        self._unit_starts = [0]
        self._spans: list[tuple[int, int]] = []
        self._article_units = [0]

    def add(self, article: Article) -> None:
        words = self._words.get(article.language)
        if words is None:
            words = self._words[article.language] = _Numbers(self._terms, article.language)
        text = article.text
        passages = cut_passages(text)
        self._spans += [(0, 0), *passages]
        for unit in (article.title, *(text[start:end] for start, end in passages)):
            self._stream.extend(chain.from_iterable(map(words.__getitem__, unit.split())))
            self._unit_starts.append(len(self._stream))
        self._article_units.append(len(self._spans))

    def finish(self) -> tuple[list[str], Arrays]:
        """Give the terms in order, and the arrays, their numbers being places in that order."""
        terms = sorted(self._terms)
        numbers = np.empty(len(terms), np.uint32)
        met = np.fromiter(map(self._terms.__getitem__, terms), np.int64, len(terms))
        numbers[met] = np.arange(len(terms), dtype=np.uint32)
        return terms, {
            "stream": numbers[np.frombuffer(self._stream, np.uint32)],
            "unit_starts": np.array(self._unit_starts, np.int64),
            "article_units": np.array(self._article_units, np.int64),
            "unit_spans": np.array(self._spans, np.uint32).reshape(-1, 2),
        }


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
    terms, arrays = analyse_articles(articles, progress)
    lengths = weigh_lengths(arrays, weights.title)
    average = average or average_length(lengths)
    norms = scoring.length_norm(lengths, average, weights.k1, weights.b)
    arrays |= _postings(arrays, len(terms), weights.title, norms)
    arrays |= dense_columns(arrays, len(articles))
    arrays |= SortedStrings.build(terms).arrays("term")
    metadata, names = _metadata(articles)
    arrays |= metadata
    passages = len(arrays["unit_spans"]) - len(articles)
    about = {"articles": len(articles), "passages": passages, "average": average, **names}
    return arrays, about


def analyse_articles(
    articles: Sequence[Article], progress: Callable[[int, int], None] | None = None
) -> tuple[list[str], Arrays]:
    """Give the terms in order, and the terms of each article by number, as a segment keeps them."""
    streams = _Streams()
    for done, article in enumerate(articles, 1):
        streams.add(article)
        if progress and (done % _TELL_EVERY == 0 or done == len(articles)):
            progress(done, len(articles))
    return streams.finish()


def average_length(lengths: NDArray[np.float64]) -> float:
    """What articles of these lengths are held against; never 0."""
    return float(lengths.mean() if len(lengths) else 0.0) or 1.0


def has_outgrown(average_of: int, living: int, added: int) -> bool:
    """Whether an index needs another average than that of so many of its articles."""
    return average_of < min(_SURE, (living + added) / 2)


def weigh_lengths(arrays: Arrays, title_weight: int) -> NDArray[np.float64]:
    """Count each article's terms, those of the title as often as they weigh."""
    starts, units = arrays["unit_starts"], arrays["article_units"]
    titles = starts[units[:-1] + 1] - starts[units[:-1]]
    lengths: NDArray[np.int64] = (
        starts[units[1:]] - starts[units[:-1]] + (title_weight - 1) * titles
    )
    return lengths.astype(np.float64)


def _postings(arrays: Arrays, terms: int, title_weight: int, norms: NDArray[np.float64]) -> Arrays:
    """Count every term in every article, and give the columns of the terms."""
    keys = _sorted_keys(arrays, title_weight)
    firsts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)])
    counts = np.diff(firsts, append=len(keys))
    keys = keys[firsts]
    articles = keys.astype(np.uint32)  # the lower half
    frequencies = np.bincount((keys >> _HALF).astype(np.int64), minlength=terms)
    starts = lay_out(frequencies)
    impacts = scoring.quantise(scoring.saturate(counts.astype(np.float64), norms[articles]))
    return {
        "posting_starts": starts,
        "posting_articles": articles,
        "posting_impacts": impacts,
        "largest_impacts": largest_impacts(impacts, starts),
    }


def _sorted_keys(arrays: Arrays, title_weight: int) -> NDArray[np.uint64]:
    """Give a number for every occurrence, the term in its upper half and the article below."""
    starts, units = arrays["unit_starts"], arrays["article_units"]
    lengths = starts[units[1:]] - starts[units[:-1]]
    keys = arrays["stream"].astype(np.uint64) << _HALF
    keys |= np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
    titles = pick_ranges(keys, starts[units[:-1]], starts[units[:-1] + 1])
    if len(titles):
        keys = np.concatenate([keys, *[titles] * (title_weight - 1)])
    keys.sort()
    return keys


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


def _metadata(articles: Sequence[Article]) -> tuple[Arrays, dict[str, list[str]]]:
    """Give the columns to filter and sort by, with the names that their numbers stand for."""
    outlets, outlet_numbers = _number([article.outlet for article in articles])
    languages, language_numbers = _number([article.language for article in articles])
    feeds, feed_numbers = _number([article.feed for article in articles])
    topics, topic_numbers = _number([topic for article in articles for topic in article.topics])
    records = [render_record(article) for article in articles]
    arrays: Arrays = {
        "published": np.array([clock_of(article) for article in articles], np.int64),
        "outlets": outlet_numbers,
        "languages": language_numbers,
        "feeds": feed_numbers,
        "topic_starts": lay_out(np.array([len(a.topics) for a in articles], np.int64)),
        "topics": topic_numbers,
        "qualities": np.array([scale_quality(article) for article in articles], np.uint16),
        "record_starts": lay_out(np.array([len(record) for record in records], np.int64)),
        "records": np.frombuffer(b"".join(records), np.uint8),
    }
    arrays |= SortedStrings.build([article.id for article in articles]).arrays("id")
    return arrays, {"outlets": outlets, "languages": languages, "topics": topics, "feeds": feeds}


def _number(names: list[str]) -> tuple[list[str], NDArray[np.uint32]]:
    distinct = sorted(set(names))
    numbers = {name: number for number, name in enumerate(distinct)}
    return distinct, np.array([numbers[name] for name in names], np.uint32)


def clock_of(article: Article) -> int:
    """What the clock showed where the article was published, so that its day is the printed one."""
    if article.published is None:
        return UNDATED
    return int(article.published.replace(tzinfo=UTC).timestamp())


def scale_quality(article: Article) -> int:
    """Store none and the lowest mark as 0, the highest that coverage is known to give as 1,000."""
    mark = min(max(article.quality or 0.0, 0.0), _HIGHEST_QUALITY)
    return round(1000 * mark / _HIGHEST_QUALITY)
