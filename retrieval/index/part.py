"""Articles that are kept together, as the second stage reads them: a segment, or a few fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from retrieval.index.postings import Column
    from retrieval.model import Article


class Names(Protocol):
    """Distinct strings, numbered from 0."""

    def __len__(self) -> int: ...
    def __getitem__(self, number: int, /) -> str: ...
    def find(self, string: str, /) -> int | None:
        """Give the number of a string, or none."""
        ...


class IndexPart(Protocol):
    """Articles that are kept together, numbered from 0 in order of their ids.

    `arrays` holds, by name, a number for each article ("published", "qualities") and the terms of
    every title and passage laid end to end, as a segment does.
    """

    def __len__(self) -> int: ...
    @property
    def arrays(self) -> Mapping[str, NDArray[Any]]: ...
    @property
    def terms(self) -> Names: ...
    @property
    def ids(self) -> Names: ...
    @property
    def column_of(self) -> Callable[[str], Column | None]:
        """Give the postings of a term among these articles, or none."""
        ...

    @property
    def article(self) -> Callable[[int], Article]:
        """Read an article by its number."""
        ...
