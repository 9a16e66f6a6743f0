"""A few articles that were fetched, laid out for the second stage as a segment lays out its own."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from retrieval.index.postings import Column
from retrieval.index.ranges import lay_out
from retrieval.text.analysis import stop_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.index.opensearch.article_documents import StoredArticle
    from retrieval.model import Article

KEPT = 4_000  # articles of which the terms are at hand, some 30 kB each


class Interned:
    """Terms numbered in the order in which they are met, for as long as the process lives."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, number: int) -> str:
        return self._names[number]

    def find(self, term: str) -> int | None:
        """Give the number of a term that was met, or none."""
        return self._numbers.get(term)

    def number(self, terms: Sequence[str]) -> NDArray[np.uint32]:
        """Give the numbers of terms, new ones for those that were not met yet."""
        known = self._numbers
        try:
            return np.fromiter(map(known.__getitem__, terms), np.uint32, len(terms))
        except KeyError:
            self._add(terms)
        return np.fromiter(map(known.__getitem__, terms), np.uint32, len(terms))

    def _add(self, terms: Sequence[str]) -> None:
        with self._lock:
            for term in terms:
                if term not in self._numbers:
                    self._names.append(term)
                    self._numbers[term] = len(self._names) - 1

    def mark_stops(self, languages: Sequence[str]) -> NDArray[np.bool_]:
        """Mark which terms are stop words in one of these languages."""
        marks = np.zeros(len(self), bool)
        words = frozenset().union(*[stop_words(language) for language in languages])
        marks[[n for word in words if (n := self._numbers.get(word, len(marks))) < len(marks)]] = (
            True
        )
        return marks


class Numbered(NamedTuple):
    """An article that was fetched, its terms by their numbers in the process."""

    stored: StoredArticle
    words: NDArray[np.uint32]
    stream: NDArray[np.uint32]


class ArticleCache:
    """The articles fetched last, by id and by the update that wrote them."""

    def __init__(self, kept: int = KEPT) -> None:
        self.terms = Interned()
        self._kept, self._lock = kept, threading.Lock()
        self._held: OrderedDict[tuple[str, int], Numbered] = OrderedDict()

    def find(self, key: tuple[str, int]) -> Numbered | None:
        """Give an article that is at hand, or none."""
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def keep(self, name: str, stored: StoredArticle) -> Numbered:
        """Number the terms of an article, and have it at hand under this id."""
        words = self.terms.number(stored.terms.words)
        numbered = Numbered(stored, words, words[stored.terms.stream])
        with self._lock:
            self._held[name, stored.update] = numbered
            while len(self._held) > self._kept:
                self._held.popitem(last=False)
        return numbered


class Ids:
    """The ids of a few articles, in order."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, number: int) -> str:
        return self._names[number]

    def find(self, name: str) -> int | None:
        """Give the number of an id, or none."""
        return self._names.index(name) if name in self._names else None


class FetchedPart:
    """See source.IndexPart; `articles` are in order of their ids."""

    def __init__(self, articles: Sequence[Numbered], terms: Interned) -> None:
        self._articles = articles
        self.terms = terms

    def __len__(self) -> int:
        return len(self._articles)

    @cached_property
    def ids(self) -> Ids:
        """The ids, in order."""
        return Ids([one.stored.article.id for one in self._articles])

    @cached_property
    def arrays(self) -> dict[str, NDArray[Any]]:
        """What the second stage reads, by name."""
        stored = [one.stored for one in self._articles]
        none = np.empty(0, np.uint32)
        units = [one.terms.units for one in stored]
        spans = [one.terms.spans for one in stored]
        return {
            "stream": np.concatenate([none, *[one.stream for one in self._articles]]),
            "unit_starts": lay_out(np.concatenate([none, *units]).astype(np.int64)),
            "article_units": lay_out(np.array([len(unit) for unit in units], np.int64)),
            "unit_spans": np.concatenate([none.reshape(0, 2), *spans]),
            "published": np.array([one.published for one in stored], np.int64),
            "qualities": np.array([one.quality for one in stored], np.uint16),
        }

    def column_of(self, term: str) -> Column | None:
        """Give the postings of a term among these articles, or none."""
        number = self.terms.find(term)
        if number is None:
            return None
        terms, owners, impacts = self._postings
        at = (terms == number).nonzero()[0]
        if not len(at):
            return None
        return Column(owners[at], impacts[at], int(impacts[at].max()))

    def article(self, number: int) -> Article:
        """Give an article by its number."""
        return self._articles[number].stored.article

    @cached_property
    def _postings(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint16]]:
        """Term, article and impact of every posting, article by article."""
        sizes = [len(one.words) for one in self._articles]
        owners = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
        none = np.empty(0, np.uint32)
        return (
            np.concatenate([none, *[one.words for one in self._articles]]),
            owners,
            np.concatenate(
                [none.astype(np.uint16), *[one.stored.terms.impacts for one in self._articles]]
            ),
        )
