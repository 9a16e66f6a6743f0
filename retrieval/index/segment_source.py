"""The segments of one version as a search asks of them; every statistic is of them all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index import scoring
from retrieval.index.builder import UNDATED
from retrieval.index.candidates import (
    QueryTerms,
    choose_counted,
    find_candidates,
    hold_any_term,
    hold_every_term,
)
from retrieval.index.filters import build_mask, in_window
from retrieval.index.source import Candidates, Conditions, language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.index.part import IndexPart
    from retrieval.index.segment import Segment
    from retrieval.index.source import Ask, TypedWord
    from retrieval.model import Article, Window

    Mask = NDArray[np.bool_]

_IDF_MEMO = 50_000


class SegmentSource:
    """See source.IndexSource."""

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self.segments = segments
        self.articles = sum(segment.living for segment in segments)
        self.idf = _memoise_idf(segments, self.articles)

    def frequency(self, term: str) -> int:
        """Count the living articles that hold a term."""
        return sum(segment.frequency(term) for segment in self.segments)

    def idfs(self, part: IndexPart, terms: NDArray[np.int64]) -> NDArray[np.float64]:
        """Weigh many terms, by their numbers in a segment."""
        if len(self.segments) > 1 or self.segments[0].live is not None:
            return np.array([self.idf(part.terms[n]) for n in terms.tolist()], np.float64)
        starts = part.arrays["posting_starts"]
        frequencies = (starts[terms + 1] - starts[terms]).astype(np.float64)
        return scoring.idf(self.articles, frequencies)

    def stops(self, part: IndexPart) -> Mask:
        """Mark which terms of a segment are stop words in a language of the coverage."""
        segment = next(segment for segment in self.segments if segment is part)
        return segment.stops_of(self._spoken)

    @cached_property
    def languages(self) -> Mapping[str, int]:
        """How many articles each language has; the largest first."""
        return self.count("languages")

    @cached_property
    def _spoken(self) -> tuple[str, ...]:
        return tuple(sorted(self.languages))

    def beginning_with(
        self, prefix: str, shortest: int = 0, longest: int | None = None
    ) -> list[str]:
        """List the terms with this beginning, and this many bytes, in order."""
        lists = [
            [term for _, term in segment.terms.starting_with(prefix, shortest, longest)]
            for segment in self.segments
        ]
        return lists[0] if len(lists) == 1 else sorted(set().union(*lists))

    def first_holding(self, term: str, most: int) -> list[Article]:
        """Read the first articles by id that hold a term."""
        found = sorted(
            (segment.ids[number], at, number)
            for at, segment in enumerate(self.segments)
            for number in segment.first_holding(term, most)
        )
        return [self.segments[at].article(number) for _, at, number in found[:most]]

    def find_titled(
        self,
        words: Sequence[TypedWord],
        near: Callable[[TypedWord], Sequence[str]],
        most: int,
    ) -> list[Article]:
        """Read the articles whose titles hold most of the words, the newest of them first."""
        marks = [self._mark_titles(word, near) for word in words]
        found: list[tuple[int, int, str, int, int]] = []  # words held, published, id, where it is
        for at, segment in enumerate(self.segments):
            counts = np.array([mark[at] for mark in marks]).sum(axis=0)
            best = (counts == counts.max(initial=1)).nonzero()[0]
            order = np.argsort(segment.arrays["published"][best], kind="stable")[::-1][:most]
            found += [
                (int(counts[n]), int(segment.arrays["published"][n]), segment.ids[n], at, n)
                for n in best[order].tolist()
            ]
        held = max(found, default=(0,))[0]
        newest = sorted((one for one in found if one[0] == held), reverse=True)
        return [self.segments[at].article(n) for *_, at, n in newest[:most]]

    def _mark_titles(
        self, word: TypedWord, near: Callable[[TypedWord], Sequence[str]]
    ) -> list[Mask]:
        marks = [_titled(segment, [word.term], word.beginning) for segment in self.segments]
        if any(mark.any() for mark in marks):
            return marks
        terms = near(word)
        return [_titled(segment, terms) for segment in self.segments]

    def select(self, conditions: Conditions) -> SegmentSelection:
        """Narrow the articles; where no article holds the phrases, their words will do."""
        language = language_of(self)
        masks = [build_mask(segment, conditions, language) for segment in self.segments]
        phrases = conditions.query.phrases
        if phrases and not any(mask is None or mask.any() for mask in masks):
            query = replace(conditions.query, phrases=())
            return self.select(replace(conditions, query=query))
        return SegmentSelection(self, masks)

    def count(self, kind: str, window: Window | None = None) -> Mapping[str, int]:
        """How many articles each outlet, topic, language has, of these days; the largest first."""
        counts: Counter[str] = Counter()
        for segment in self.segments:
            living = living_in(segment, window) if window else segment.living_numbers
            if kind == "topics":
                starts = segment.arrays["topic_starts"]
                numbers = segment.arrays[kind][_spread(living, starts, len(segment))]
            else:
                numbers = segment.arrays[kind][living]
            names = segment.about[kind]
            held = np.bincount(numbers, minlength=len(names)).tolist()
            counts.update(dict(zip(names, held, strict=True)))
        return {n: c for n, c in sorted(counts.items(), key=lambda p: (-p[1], p[0])) if n and c}


@dataclass(frozen=True, slots=True)
class SegmentSelection:
    """See source.Selection; `masks` mark what may be found in each segment, none for all."""

    source: SegmentSource
    masks: Sequence[Mask | None]

    def find(self, terms: QueryTerms, asks: Sequence[Ask], *, counted: bool = False) -> Candidates:  # noqa: ARG002  # nothing is counted before it is asked for
        """Find the best articles, each list when it is taken."""
        segments = self.source.segments
        lists = (find_candidates(segments, terms, self._within(a.within), a.k) for a in asks)
        return Candidates(segments, lists, lambda: self._count(terms.terms))

    def by_time(self, limit: int, *, newest: bool) -> tuple[list[Article], int]:
        """Read the newest or oldest, undated ones last, ties by id; and count all there are."""
        lists = [
            _order_by_time(segment, mask, newest=newest)
            for segment, mask in zip(self.source.segments, self.masks, strict=True)
        ]
        heads = [
            _name(segment, numbers[:limit], newest=newest)
            for segment, numbers in zip(self.source.segments, lists, strict=True)
        ]
        first = islice(merge(*heads, key=lambda one: one[:3]), limit)
        return [segment.article(n) for *_, segment, n in first], sum(map(len, lists))

    def hold_all(self, terms: Sequence[str], ids: Collection[str]) -> tuple[int, frozenset[str]]:
        """Count the articles that hold every term, and say which of these ids do."""
        count, holding = 0, set()
        for segment, mask in zip(self.source.segments, self.masks, strict=True):
            held = hold_every_term(segment, terms, mask)
            count += int(np.count_nonzero(held))
            numbers = {name: segment.ids.find(name) for name in ids}
            holding |= {name for name, at in numbers.items() if at is not None and held[at]}
        return count, frozenset(holding)

    def _within(self, window: Window | None) -> Sequence[Mask | None]:
        if window is None:
            return self.masks
        return [
            in_window(segment, window) if mask is None else mask & in_window(segment, window)
            for segment, mask in zip(self.source.segments, self.masks, strict=True)
        ]

    def _count(self, terms: Sequence[str]) -> int:
        counted = choose_counted(terms, self.source.frequency)
        return sum(
            int(np.count_nonzero(hold_any_term(segment, counted, mask)))
            for segment, mask in zip(self.source.segments, self.masks, strict=True)
        )


def living_in(segment: Segment, window: Window) -> Mask:
    """Mark the living articles published on a day of the window."""
    mask = in_window(segment, window)
    return mask if segment.live is None else mask & segment.live


def _spread(living: slice | Mask, starts: NDArray[np.int64], articles: int) -> slice | Mask:
    """Mark the topics of the marked articles, whose stretches begin at `starts`."""
    if isinstance(living, slice):
        return living
    return living[np.repeat(np.arange(articles), np.diff(starts))]


def _titled(segment: Segment, terms: Sequence[str], beginning: str = "") -> Mask:
    """Mark the living articles whose title holds a term, or one with this beginning."""
    marked = np.zeros(len(segment.terms), bool)
    if beginning:
        marked[slice(*segment.terms.range_of(beginning))] = True
    numbers = [segment.terms.find(term) for term in terms]
    marked[[number for number in numbers if number is not None]] = True
    titles = segment.titles
    mask = np.zeros(len(segment), bool)
    mask[titles.owners[marked[titles.terms]]] = True
    return mask if segment.live is None else mask & segment.live


def _order_by_time(segment: Segment, mask: Mask | None, *, newest: bool) -> NDArray[np.int64]:
    """The marked articles of a segment by time, undated ones last."""
    numbers = np.arange(len(segment)) if mask is None else mask.nonzero()[0]
    published = segment.arrays["published"][numbers]
    key = np.where(
        published == UNDATED, np.iinfo(np.int64).max, -published if newest else published
    )
    return numbers[np.argsort(key, kind="stable")]


def _name(
    segment: Segment, numbers: NDArray[np.int64], *, newest: bool
) -> Iterator[tuple[bool, int, str, Segment, int]]:
    """Give what articles of several segments are ordered by, and the articles."""
    for number in numbers.tolist():
        when = int(segment.arrays["published"][number])
        undated = when == UNDATED
        yield (
            undated,
            0 if undated else -when if newest else when,
            segment.ids[number],
            segment,
            number,
        )


def _memoise_idf(segments: Sequence[Segment], articles: int) -> Callable[[str], float]:
    """The idf of a term among so many articles.

    What is remembered knows the segments and not the source, so that a version which is no longer
    used goes at once with all that it maps, and need not be found as cyclic garbage.
    """

    def measure(term: str) -> float:
        frequency = sum(segment.frequency(term) for segment in segments)
        return float(scoring.idf(articles, float(frequency)))

    return lru_cache(_IDF_MEMO)(measure)
