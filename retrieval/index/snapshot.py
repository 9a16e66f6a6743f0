"""One version of the index, searchable while newer ones are written."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from heapq import merge
from operator import is_
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index import scoring
from retrieval.index.builder import UNDATED
from retrieval.index.filters import in_window
from retrieval.index.search import Search
from retrieval.index.title_completion import complete_titles
from retrieval.model import Filters, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.index.segment import Segment
    from retrieval.model import Article, Ranking, Sort, Window

_IDF_MEMO = 50_000
_EVERYTHING = Filters()


class Snapshot:
    """Immutable, and safe to use from several threads."""

    def __init__(self, segments: tuple[Segment, ...], version: str, size: int) -> None:
        self.segments = segments
        self.version = version
        self.bytes = size
        self.passages = sum(s.living_passages for s in segments)
        self._articles = sum(s.living for s in segments)
        self.idf = _memoise_idf(segments, self._articles)

    def __len__(self) -> int:
        return self._articles

    def restricted(self, feeds: frozenset[str]) -> Snapshot:
        """Show the snapshot as if it held only articles of these feeds; "" is what is of none.

        Everything asked of it, counts, suggestions and corrections too, is what an index of those
        articles alone would say; only scores differ, for articles are long or short beside all.
        """
        segments = tuple(segment.restricted(feeds) for segment in self.segments)
        if all(map(is_, segments, self.segments)):
            return self
        living = tuple(segment for segment in segments if segment.living)
        name = hashlib.sha256("\0".join(sorted(feeds)).encode()).hexdigest()[:16]
        return Snapshot(living, f"{self.version}/{name}", self.bytes)

    @cached_property
    def feeds(self) -> frozenset[str]:
        """The feeds that some article is of, "" among them where one is of none."""
        return frozenset(name for s in self.segments for name in s.about["feeds"])

    def search(  # noqa: PLR0913  # each is a thing that a searcher may ask for, all but one by name
        self,
        query: str,
        *,
        filters: Filters = _EVERYTHING,
        sort: Sort = "relevance",
        limit: int = 10,
        as_of: date | None = None,
        exclude: frozenset[str] = frozenset(),
        language: str = "",
    ) -> Ranking:
        """Find the best articles for a query, of those that pass the filters.

        The query may hold "phrases", -words, title:words and outlet:names. With a query of no words
        the newest articles come first. `as_of` is the day that counts as today, in UTC; none leaves
        the age of an article out of its score. By time, only articles at least half as good as the
        best are sorted, or the `limit` best where these are fewer. `exclude` are article ids.
        `language` is that of the query, where it is known.
        """
        search = self.build_search(filters=filters, as_of=as_of, exclude=exclude, language=language)
        return search.run(query, sort, limit)

    def nearest(
        self,
        terms: Sequence[str],
        *,
        filters: Filters = _EVERYTHING,
        limit: int = 10,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Article]:
        """Find the articles in which these terms weigh most, best first, ties by id.

        That is the first stage of `search` alone, in a third of the time: for many terms at once,
        where nobody is shown the order.
        """
        return self.build_search(filters=filters, exclude=exclude).nearest(terms, limit)

    def hold_all(
        self, query: str, ids: Collection[str], *, filters: Filters = _EVERYTHING
    ) -> tuple[int, frozenset[str]]:
        """Count the articles that hold every word of a query, and say which of these do."""
        return self.build_search(filters=filters).hold_all(query, ids)

    def complete_titles(self, typed: str, limit: int) -> list[Article]:
        """Find the articles whose titles go with what was typed so far, closest first.

        The last word may be unfinished, and a slip of the keyboard is forgiven.
        """
        return complete_titles(self.segments, typed, self.language, limit)

    def build_search(
        self,
        *,
        filters: Filters = _EVERYTHING,
        as_of: date | None = None,
        exclude: frozenset[str] = frozenset(),
        language: str = "",
    ) -> Search:
        """Build a search of this snapshot; see `search` for what narrows it."""
        return Search(
            segments=self.segments,
            idf=self.idf,
            language=language or filters.language or self.language,
            filters=filters,
            exclude=exclude,
            as_of=as_of,
        )

    def article(self, article_id: str) -> Article:
        """Read an article; raises KeyError where the snapshot has none of this id."""
        for segment in self.segments:
            number = segment.ids.find(article_id)
            if number is not None and segment.holds(number):
                return segment.article(number)
        raise KeyError(article_id)

    def articles(self) -> Iterator[Article]:
        """Read every article, ordered by id."""
        return merge(*(s.articles() for s in self.segments), key=lambda article: article.id)

    def articles_between(self, window: Window) -> tuple[Article, ...]:
        """Read the articles published on a day of the window, earliest first, ties by id."""
        found: list[tuple[int, str, Segment, int]] = []
        for segment in self.segments:
            numbers = _living_in(segment, window).nonzero()[0]
            times = segment.arrays["published"][numbers].tolist()
            for number, time in zip(numbers.tolist(), times, strict=True):
                found.append((time, segment.ids[number], segment, number))
        found.sort(key=lambda one: one[:2])
        return tuple(segment.article(number) for _, _, segment, number in found)

    def count_outlets(self, window: Window) -> Mapping[str, int]:
        """How many articles each outlet published on the days of the window; the largest first."""
        return self._count("outlets", window)

    def holds_any(self, window: Window) -> bool:
        """Whether an article was published on a day of the window."""
        return any(_living_in(segment, window).any() for segment in self.segments)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the articles, that of most first."""
        counts = self._count("languages")
        return tuple(counts) or ("en",)

    @cached_property
    def language(self) -> str:
        """The language of most articles."""
        return max(self._count("languages"), key=self._count("languages").__getitem__, default="en")

    @cached_property
    def span(self) -> Span:
        """How many articles there are, and the first and last day among them."""
        dated = [s.arrays["published"][s.living_numbers] for s in self.segments]
        times = np.concatenate([np.empty(0, np.int64), *dated])
        times = times[times != UNDATED]
        if not len(times):
            return Span(len(self), None, None)
        return Span(len(self), _day(int(times.min())), _day(int(times.max())))

    @cached_property
    def undated(self) -> int:
        """How many articles have no day."""
        return sum(
            int((s.arrays["published"][s.living_numbers] == UNDATED).sum()) for s in self.segments
        )

    @cached_property
    def outlets(self) -> Mapping[str, int]:
        """How many articles each outlet has; the largest first."""
        return self._count("outlets")

    @cached_property
    def topics(self) -> Mapping[str, int]:
        """How many articles each topic has; the largest first."""
        return self._count("topics")

    def _count(self, kind: str, window: Window | None = None) -> Mapping[str, int]:
        counts: Counter[str] = Counter()
        for segment in self.segments:
            living = _living_in(segment, window) if window else segment.living_numbers
            if kind == "topics":
                starts = segment.arrays["topic_starts"]
                numbers = segment.arrays[kind][_spread(living, starts, len(segment))]
            else:
                numbers = segment.arrays[kind][living]
            names = segment.about[kind]
            held = np.bincount(numbers, minlength=len(names)).tolist()
            counts.update(dict(zip(names, held, strict=True)))
        return {n: c for n, c in sorted(counts.items(), key=lambda p: (-p[1], p[0])) if n and c}

    def close(self) -> None:
        """Let go of the files; the snapshot is empty from then on."""
        self.segments = ()
        self._articles = 0
        self.idf = _memoise_idf((), 0)


def _living_in(segment: Segment, window: Window) -> NDArray[np.bool_]:
    """Mark the living articles published on a day of the window."""
    mask = in_window(segment, window)
    return mask if segment.live is None else mask & segment.live


def _spread(
    living: slice | NDArray[np.bool_], starts: NDArray[np.int64], articles: int
) -> slice | NDArray[np.bool_]:
    """Mark the topics of the marked articles, whose stretches begin at `starts`."""
    if isinstance(living, slice):
        return living
    return living[np.repeat(np.arange(articles), np.diff(starts))]


def _memoise_idf(segments: Sequence[Segment], articles: int) -> Callable[[str], float]:
    """The idf of a term among so many articles.

    What is remembered knows the segments and not the snapshot, so that a snapshot which is no
    longer used goes at once with all that it maps, and need not be found as cyclic garbage.
    """

    def measure(term: str) -> float:
        frequency = sum(segment.frequency(term) for segment in segments)
        return float(scoring.idf(articles, float(frequency)))

    return lru_cache(_IDF_MEMO)(measure)


def _day(seconds: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()
