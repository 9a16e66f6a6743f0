"""One version of the index, searchable while newer ones are written: what all its users see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from retrieval.index.search import Search
from retrieval.index.source import language_of
from retrieval.index.title_completion import complete_titles
from retrieval.model import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Self

    from retrieval.index.source import IndexSource
    from retrieval.model import Article, Ranking, Sort, Span, Window

    Progress = Callable[[str, int, int], None]

_EVERYTHING = Filters()


class Snapshot(Protocol):
    """Immutable, and safe to use from several threads; however the articles are kept.

    What searches is the same for all, over their `source`. `version` differs from that of every
    other version.
    """

    source: IndexSource
    version: str
    passages: int

    @property
    def bytes(self) -> int:
        """What the index takes on disk."""
        ...

    def __len__(self) -> int:
        """How many articles there are."""
        return self.source.articles

    @property
    def idf(self) -> Callable[[str], float]:
        """Weigh a term by how rare it is; see scoring.py."""
        return self.source.idf

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the articles, that of most first."""
        return tuple(self.source.languages) or ("en",)

    @property
    def language(self) -> str:
        """The language of most articles."""
        return language_of(self.source)

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
        return complete_titles(self.source, typed, self.language, limit)

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
            source=self.source,
            language=language or filters.language or self.language,
            filters=filters,
            exclude=exclude,
            as_of=as_of,
        )

    def restricted(self, feeds: frozenset[str]) -> Snapshot:
        """Show the snapshot as if it held only articles of these feeds; "" is what is of none.

        Everything asked of it, counts, suggestions and corrections too, is what an index of those
        articles alone would say; only scores differ, for articles are long or short beside all.
        """
        ...

    @property
    def feeds(self) -> frozenset[str]:
        """The feeds that some article is of, "" among them where one is of none."""
        ...

    def article(self, article_id: str) -> Article:
        """Read an article; raises KeyError where the snapshot has none of this id."""
        ...

    def articles(self) -> Iterator[Article]:
        """Read every article, ordered by id."""
        ...

    def articles_between(self, window: Window) -> tuple[Article, ...]:
        """Read the articles published on a day of the window, earliest first, ties by id."""
        ...

    def count_outlets(self, window: Window) -> Mapping[str, int]:
        """How many articles each outlet published on the days of the window; the largest first."""
        ...

    def holds_any(self, window: Window) -> bool:
        """Whether an article was published on a day of the window."""
        ...

    @property
    def span(self) -> Span:
        """How many articles there are, and the first and last day among them."""
        ...

    @property
    def undated(self) -> int:
        """How many articles have no day."""
        ...

    @property
    def outlets(self) -> Mapping[str, int]:
        """How many articles each outlet has; the largest first."""
        ...

    @property
    def topics(self) -> Mapping[str, int]:
        """How many articles each topic has; the largest first."""
        ...

    def close(self) -> None:
        """Let go of what it holds open; the snapshot is empty from then on."""
        ...


class Index(Protocol):
    """Where an index is kept, its name being what `str` gives."""

    def stands(self) -> bool:
        """Whether there is an index, of whatever version and whole or not."""
        ...

    def open(self) -> Snapshot:
        """Open the version that landed last.

        Raises IndexDamaged where there is none or it is not whole, IndexOutdated where another
        version of the program wrote it, StorageError where it cannot be had now.
        """
        ...

    def writer(self) -> Writer:
        """What writes it; IndexLocked while another process does."""
        ...

    def mend(self) -> None:
        """Bring to an end what was left of an update that was cut off."""
        ...

    def verify(self) -> None:
        """Look closely whether it is whole; raises IndexDamaged, StorageError."""
        ...


class Writer(Protocol):
    """The one process that may write an index, as a context; IndexLocked while another does."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...

    def update(
        self,
        *,
        add: Iterable[Article],
        remove: Collection[str] = (),
        progress: Progress | None = None,
    ) -> Snapshot:
        """Add articles, replacing those of the same id, and remove others; give the new version.

        Raises IndexDamaged or IndexOutdated where the index cannot be added to (`clear` it first),
        StorageError where it cannot be written; then the old version stands. `progress` gets
        ("index", articles done, of all).
        """
        ...

    def merge(self) -> Snapshot:
        """Join what many small updates left, so that searches stay fast; may take minutes."""
        ...

    def clear(self) -> None:
        """Start again from nothing, whatever is there."""
        ...
