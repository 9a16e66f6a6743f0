"""What one search asks of whatever keeps the articles: segments on disk, or an engine elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from retrieval.index.query_syntax import ParsedQuery
from retrieval.model import Filters, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.index.candidates import QueryTerms, ScoredArticle
    from retrieval.index.part import IndexPart
    from retrieval.model import Article


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an article must be to be found: by filters, by the syntax of a query, or not by id."""

    filters: Filters = field(default_factory=Filters)
    query: ParsedQuery = field(default_factory=lambda: ParsedQuery(""))
    exclude: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word of what was typed: its term, and its letters, where more of them may follow."""

    term: str
    beginning: str = ""


class Ask(NamedTuple):
    """How many of the best articles are wanted, and of which days; none is all times."""

    k: int
    within: Window | None = None


class Candidates(NamedTuple):
    """Candidates by number in `parts`, a list for each ask, best first, ties by id.

    A list that nobody takes may never be made, and `total` tells how many articles hold any of
    the terms only when it is called.
    """

    parts: Sequence[IndexPart]
    lists: Iterator[list[ScoredArticle]]
    total: Callable[[], int]


class Selection(Protocol):
    """The articles that meet some conditions.

    Where no article holds the phrases of a query, its words will do.
    """

    def find(self, terms: QueryTerms, asks: Sequence[Ask], *, counted: bool = False) -> Candidates:
        """Find the best articles by summed impacts; `total` may be called where `counted`."""
        ...

    def by_time(self, limit: int, *, newest: bool) -> tuple[list[Article], int]:
        """Read the newest or oldest, undated ones last, ties by id; and count all there are."""
        ...

    def hold_all(self, terms: Sequence[str], ids: Collection[str]) -> tuple[int, frozenset[str]]:
        """Count the articles that hold every term, and say which of these ids do."""
        ...


class IndexSource(Protocol):
    """One version of the articles. Every statistic is of the whole, however it is kept."""

    @property
    def articles(self) -> int:
        """How many articles there are."""
        ...

    @property
    def languages(self) -> Mapping[str, int]:
        """How many articles each language has; the largest first."""
        ...

    @property
    def idf(self) -> Callable[[str], float]:
        """Weigh a term by how rare it is; see scoring.py."""
        ...

    def frequency(self, term: str) -> int:
        """Count the articles that hold a term."""
        ...

    def idfs(self, part: IndexPart, terms: NDArray[Any]) -> NDArray[Any]:
        """Weigh many terms, by their numbers in a part."""
        ...

    def stops(self, part: IndexPart) -> NDArray[Any]:
        """Mark which terms of a part are stop words in a language of the coverage."""
        ...

    def beginning_with(
        self, prefix: str, shortest: int = 0, longest: int | None = None
    ) -> list[str]:
        """List the terms with this beginning, and this many bytes, in order."""
        ...

    def first_holding(self, term: str, most: int) -> list[Article]:
        """Read the first articles by id that hold a term."""
        ...

    def find_titled(
        self,
        words: Sequence[TypedWord],
        near: Callable[[TypedWord], Sequence[str]],
        most: int,
    ) -> list[Article]:
        """Read the articles whose titles hold most of the words, the newest of them first.

        A word that no title holds is taken for the terms that `near` gives for it.
        """
        ...

    def select(self, conditions: Conditions) -> Selection:
        """Narrow the articles."""
        ...


def language_of(source: IndexSource) -> str:
    """The language of most articles."""
    return next(iter(source.languages), "en")
