"""The segments of one version, mapped from disk, as a snapshot."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from heapq import merge
from operator import is_
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index.builder import UNDATED
from retrieval.index.segment_source import SegmentSource, living_in
from retrieval.index.snapshot import Snapshot
from retrieval.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retrieval.index.segment import Segment
    from retrieval.model import Article, Window


class SegmentSnapshot(Snapshot):
    """See Snapshot."""

    source: SegmentSource
    bytes: int = 0

    def __init__(self, segments: tuple[Segment, ...], version: str, size: int) -> None:
        self.source = SegmentSource(segments)
        self.version = version
        self.bytes = size
        self.passages = sum(s.living_passages for s in segments)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The parts of the index, the largest of them usually first."""
        return self.source.segments

    def restricted(self, feeds: frozenset[str]) -> SegmentSnapshot:
        """Show the snapshot as if it held only articles of these feeds; "" is what is of none.

        Everything asked of it, counts, suggestions and corrections too, is what an index of those
        articles alone would say; only scores differ, for articles are long or short beside all.
        """
        segments = tuple(segment.restricted(feeds) for segment in self.segments)
        if all(map(is_, segments, self.segments)):
            return self
        living = tuple(segment for segment in segments if segment.living)
        name = hashlib.sha256("\0".join(sorted(feeds)).encode()).hexdigest()[:16]
        return SegmentSnapshot(living, f"{self.version}/{name}", self.bytes)

    @cached_property
    def feeds(self) -> frozenset[str]:
        """The feeds that some article is of, "" among them where one is of none."""
        found: set[str] = set()
        for segment in self.segments:
            counts = np.bincount(segment.arrays["feeds"][segment.living_numbers])
            found.update(segment.about["feeds"][number] for number in counts.nonzero()[0].tolist())
        return frozenset(found)

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
            numbers = living_in(segment, window).nonzero()[0]
            times = segment.arrays["published"][numbers].tolist()
            for number, time in zip(numbers.tolist(), times, strict=True):
                found.append((time, segment.ids[number], segment, number))
        found.sort(key=lambda one: one[:2])
        return tuple(segment.article(number) for _, _, segment, number in found)

    def count_outlets(self, window: Window) -> Mapping[str, int]:
        """How many articles each outlet published on the days of the window; the largest first."""
        return self.source.count("outlets", window)

    def holds_any(self, window: Window) -> bool:
        """Whether an article was published on a day of the window."""
        return any(living_in(segment, window).any() for segment in self.segments)

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
        return self.source.count("outlets")

    @cached_property
    def topics(self) -> Mapping[str, int]:
        """How many articles each topic has; the largest first."""
        return self.source.count("topics")

    def close(self) -> None:
        """Let go of the files; the snapshot is empty from then on."""
        self.source = SegmentSource(())


def _day(seconds: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()
