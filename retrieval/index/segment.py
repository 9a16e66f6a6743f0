"""One immutable part of an index, mapped from disk: its columns, streams and records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from retrieval.errors import IndexDamaged
from retrieval.index.arrays import open_arrays
from retrieval.index.postings import Column
from retrieval.index.ranges import pick_ranges
from retrieval.index.term_dictionary import SortedStrings
from retrieval.stored_articles import parse_record
from retrieval.text.analysis import stop_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from retrieval.model import Article


_COLUMN_MEMO = 20_000  # terms
_ARTICLE_MEMO = 2_000
_STOPS_MEMO = 4  # sets of languages
_OF_ALL = ("titles", "stops_of", "dense_rows", "column_of", "article")


class Titles(NamedTuple):
    """Terms of titles, and the article whose title each stands in; both of one length."""

    terms: NDArray[np.uint32]
    owners: NDArray[np.uint32]


@dataclass(frozen=True)
class Segment:
    """Articles are numbered from 0 by id; `dead` holds the numbers of those removed since."""

    name: str
    arrays: dict[str, NDArray[Any]]
    about: dict[str, Any]
    terms: SortedStrings
    ids: SortedStrings
    dead: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def live(self) -> NDArray[np.bool_] | None:
        """Which articles are not dead; none where all live."""
        if not len(self.dead):
            return None
        live = np.ones(len(self), bool)
        live[self.dead] = False
        return live

    @cached_property
    def living_passages(self) -> int:
        """How many passages the living articles have."""
        dead = self.dead.astype(np.int64)
        units = self.arrays["article_units"]
        gone = int((units[dead + 1] - units[dead] - 1).sum())
        return int(self.about["passages"]) - gone

    @cached_property
    def stops_of(self) -> Callable[[tuple[str, ...]], NDArray[np.bool_]]:
        """Mark which terms are stop words in one of these languages."""
        return lru_cache(_STOPS_MEMO)(partial(_mark_stops, self.terms))

    @cached_property
    def titles(self) -> Titles:
        """The terms of all titles, laid end to end."""
        units, edges = self.arrays["article_units"][:-1], self.arrays["unit_starts"]
        starts, ends = edges[units], edges[units + 1]
        owners = np.repeat(np.arange(len(self), dtype=np.uint32), ends - starts)
        return Titles(pick_ranges(self.arrays["stream"], starts, ends), owners)

    @cached_property
    def dense_rows(self) -> dict[int, int]:
        """The row of each term that has a dense column."""
        return {int(term): row for row, term in enumerate(self.arrays["dense_terms"])}

    @cached_property
    def column_of(self) -> Callable[[str], Column | None]:
        """Give the postings of a term, or none where no article holds it; those read last are kept.

        What is kept knows the parts and not the segment: a cycle would keep its files mapped.
        """
        return lru_cache(_COLUMN_MEMO)(
            partial(_find_column, self.arrays, self.terms, self.dense_rows)
        )

    def column(self, term: int) -> Column:
        """Give the postings of a term by its number here."""
        return _cut_column(self.arrays, self.dense_rows, term)

    def frequency(self, term: str) -> int:
        """Count the living articles that hold a term."""
        number = self.terms.find(term)
        if number is None:
            return 0
        starts = self.arrays["posting_starts"].data
        start, end = starts[number], starts[number + 1]
        if self.live is None:
            return int(end - start)
        return int(np.count_nonzero(self.live[self.arrays["posting_articles"][start:end]]))

    def first_holding(self, term: str, most: int) -> list[int]:
        """The numbers of the first living articles that hold a term."""
        column = self.column_of(term)
        if column is None:
            return []
        held = column.articles if self.live is None else column.articles[self.live[column.articles]]
        numbers: list[int] = held[:most].tolist()
        return numbers

    @property
    def living_numbers(self) -> slice | NDArray[np.bool_]:
        """What picks the living articles out of a column."""
        return slice(None) if self.live is None else self.live

    @property
    def living(self) -> int:
        """How many articles are not dead."""
        return len(self) - len(self.dead)

    def restricted(self, feeds: Collection[str]) -> Segment:
        """The same segment in which only articles of these feeds live; "" is what is of none.

        To everything that reads it, the others are as dead as those removed.
        """
        wanted = np.array([name in feeds for name in self.about["feeds"]], bool)
        live = wanted[self.arrays["feeds"]]
        if self.live is not None:
            live &= self.live
        if int(live.sum()) == self.living:
            return self
        view = replace(self, dead=(~live).nonzero()[0].astype(np.uint32))
        # What does not depend on who lives is worked out once for all.
        vars(view).update({name: getattr(self, name) for name in _OF_ALL})
        return view

    def holds(self, number: int) -> bool:
        """Whether the article of this number is not dead."""
        return self.live is None or bool(self.live[number])

    def articles(self) -> Iterator[Article]:
        """Read every living article, in order of ids."""
        read = partial(_parse_article, self.name, self.arrays)
        return (read(number) for number in range(len(self)) if self.holds(number))

    @cached_property
    def article(self) -> Callable[[int], Article]:
        """Read an article from its record, by number; those read last are at hand."""
        return lru_cache(_ARTICLE_MEMO)(partial(_parse_article, self.name, self.arrays))


def open_segment(folder: Path, dead: NDArray[np.uint32] | None = None) -> Segment:
    """Map a segment; raises IndexDamaged where it is not whole."""
    arrays, about = open_arrays(folder)
    try:
        terms = SortedStrings.of_arrays(arrays, "term")
        ids = SortedStrings.of_arrays(arrays, "id")
    except KeyError as error:
        raise IndexDamaged(f"{folder}: no array {error}; run `index`") from error
    none = np.empty(0, np.uint32)
    return Segment(folder.name, arrays, about, terms, ids, none if dead is None else dead)


def _mark_stops(terms: SortedStrings, languages: tuple[str, ...]) -> NDArray[np.bool_]:
    words = frozenset().union(*[stop_words(language) for language in languages])
    numbers = [terms.find(word) for word in words]
    marks = np.zeros(len(terms), bool)
    marks[[number for number in numbers if number is not None]] = True
    return marks


def _find_column(
    arrays: Mapping[str, NDArray[Any]], terms: SortedStrings, rows: Mapping[int, int], term: str
) -> Column | None:
    number = terms.find(term)
    return None if number is None else _cut_column(arrays, rows, number)


def _cut_column(arrays: Mapping[str, NDArray[Any]], rows: Mapping[int, int], term: int) -> Column:
    starts = arrays["posting_starts"].data
    start, end = starts[term], starts[term + 1]
    row = rows.get(term)
    return Column(
        arrays["posting_articles"][start:end],
        arrays["posting_impacts"][start:end],
        arrays["largest_impacts"].data[term],
        None if row is None else arrays["dense_impacts"][row],
    )


def _parse_article(name: str, arrays: Mapping[str, NDArray[Any]], number: int) -> Article:
    start, end = arrays["record_starts"][number : number + 2].tolist()
    try:
        return parse_record(arrays["records"][start:end].tobytes())
    except (ValueError, TypeError, KeyError) as error:
        raise IndexDamaged(f"segment {name}: record {number} is damaged; run `index`") from error
