"""Several segments to one, from what they store: no article is read or analysed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.index.builder import Arrays, dense_columns, largest_impacts
from retrieval.index.ranges import lay_out, pick_ranges
from retrieval.index.term_dictionary import SortedStrings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.segment import Segment


def merge_segments(segments: Sequence[Segment]) -> tuple[Arrays, dict[str, Any]]:
    """Give the arrays of one segment with every living article of several, as built at once."""
    return _Merge(segments).result()


class _Merge:
    """Old numbers to new ones; `rows` says, for each new article, where it stood before."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        living = sorted(
            (article_id, at, number)
            for at, segment in enumerate(segments)
            for number, article_id in enumerate(segment.ids)
            if segment.holds(number)
        )
        self._ids = [article_id for article_id, _, _ in living]
        offsets = lay_out(np.array([len(segment) for segment in segments], np.int64))
        self._rows = np.array([offsets[at] + number for _, at, number in living], np.int64)
        self._new_numbers = np.full(int(offsets[-1]), -1, np.int64)
        self._new_numbers[self._rows] = np.arange(len(living))
        self._offsets = offsets

    def result(self) -> tuple[Arrays, dict[str, Any]]:
        terms = sorted(set().union(*[segment.terms for segment in self._segments]))
        numbers = {term: number for number, term in enumerate(terms)}
        maps = [
            np.fromiter((numbers[term] for term in segment.terms), np.int64, len(segment.terms))
            for segment in self._segments
        ]
        arrays, kept = self._postings(maps, len(terms))
        arrays |= dense_columns(arrays, len(self._rows))
        arrays |= SortedStrings.build(terms[t] for t in kept.tolist()).arrays("term")
        arrays |= self._streams(maps, kept, len(terms))
        metadata, names = self._metadata()
        arrays |= metadata | SortedStrings.build(self._ids).arrays("id")
        passages = len(arrays["unit_starts"]) - 1 - len(self._rows)
        average = self._segments[0].about["average"]
        return arrays, {
            "articles": len(self._rows), "passages": passages, "average": average, **names,
        }  # fmt: skip

    def _joined(self, name: str) -> NDArray[Any]:
        return np.concatenate([segment.arrays[name] for segment in self._segments])

    def _bounds(
        self, starts: str, values: str
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Give where each article's values were, as starts and ends, and where they start now."""
        lows, highs, shift = [], [], 0
        for segment in self._segments:
            edges = segment.arrays[starts] + shift
            lows.append(edges[:-1])
            highs.append(edges[1:])
            shift += len(segment.arrays[values])
        low, high = np.concatenate(lows)[self._rows], np.concatenate(highs)[self._rows]
        return low, high, lay_out(high - low)

    def _postings(
        self, maps: Sequence[NDArray[np.int64]], terms: int
    ) -> tuple[Arrays, NDArray[np.int64]]:
        columns, articles = [], []
        for at, segment in enumerate(self._segments):
            columns.append(np.repeat(maps[at], np.diff(segment.arrays["posting_starts"])))
            articles.append(
                self._new_numbers[segment.arrays["posting_articles"] + self._offsets[at]]
            )
        column, article = np.concatenate(columns), np.concatenate(articles)
        order = np.lexsort((article, column))
        order = order[article[order] >= 0]
        frequencies = np.bincount(column[order], minlength=terms)
        kept = frequencies.nonzero()[0].astype(np.int64)
        starts = lay_out(frequencies[kept])
        impacts = self._joined("posting_impacts")[order]
        arrays: Arrays = {
            "posting_starts": starts,
            "posting_articles": article[order].astype(np.uint32),
            "posting_impacts": impacts,
            "largest_impacts": largest_impacts(impacts, starts),
        }
        return arrays, kept

    def _streams(
        self, maps: Sequence[NDArray[np.int64]], kept: NDArray[np.int64], terms: int
    ) -> Arrays:
        final = np.zeros(terms, np.uint32)
        final[kept] = np.arange(len(kept))
        streams = [
            final[maps[at]][segment.arrays["stream"]] for at, segment in enumerate(self._segments)
        ]
        first, last, article_units = self._bounds("article_units", "unit_spans")
        lengths = np.concatenate([np.diff(s.arrays["unit_starts"]) for s in self._segments])
        positions = lay_out(lengths)
        return {
            "stream": pick_ranges(np.concatenate(streams), positions[first], positions[last]),
            "unit_starts": lay_out(pick_ranges(lengths, first, last)),
            "article_units": article_units,
            "unit_spans": pick_ranges(self._joined("unit_spans"), first, last),
        }

    def _metadata(self) -> tuple[Arrays, dict[str, list[str]]]:
        outlets, outlet_numbers = self._renumber("outlets")
        languages, language_numbers = self._renumber("languages")
        feeds, feed_numbers = self._renumber("feeds")
        topics, topic_numbers = self._renumber("topics")
        topic_low, topic_high, topic_starts = self._bounds("topic_starts", "topics")
        low, high, record_starts = self._bounds("record_starts", "records")
        arrays: Arrays = {
            "published": self._joined("published")[self._rows],
            "outlets": outlet_numbers[self._rows],
            "languages": language_numbers[self._rows],
            "feeds": feed_numbers[self._rows],
            "topic_starts": topic_starts,
            "topics": pick_ranges(topic_numbers, topic_low, topic_high),
            "qualities": self._joined("qualities")[self._rows],
            "record_starts": record_starts,
            "records": pick_ranges(self._joined("records"), low, high),
        }
        return arrays, {
            "outlets": outlets,
            "languages": languages,
            "topics": topics,
            "feeds": feeds,
        }

    def _renumber(self, name: str) -> tuple[list[str], NDArray[np.uint32]]:
        """Give all names of a kind, and the joined column in terms of them."""
        names = sorted(set().union(*[segment.about[name] for segment in self._segments]))
        numbers = {one: number for number, one in enumerate(names)}
        columns = [
            np.array([numbers[one] for one in segment.about[name]], np.uint32)[segment.arrays[name]]
            for segment in self._segments
        ]
        return names, np.concatenate(columns)
