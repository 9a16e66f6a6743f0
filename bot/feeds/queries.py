"""Saved queries, all matched at once against an article: whole words, phrases, exclusions."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retrieval.model import Article

Owner = TypeVar("Owner")

LONGEST_QUERY = 200  # characters
# Scripts that are written without blanks: there, every sign counts as a word.
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_PART = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')


class QueryError(ValueError):
    """A query that would match nothing, or everything."""


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """Runs of words that must all stand in an article, and those that must not."""

    wanted: tuple[tuple[str, ...], ...]
    excluded: tuple[tuple[str, ...], ...] = ()

    def matches(self, words: Words) -> bool:
        """Whether an article with these words is what the query asks for."""
        return all(map(words.hold, self.wanted)) and not any(map(words.hold, self.excluded))


class Words:
    """The words of an article, folded: in lower case, one form a letter."""

    def __init__(self, article: Article) -> None:
        # A phrase does not run from the title on into the text.
        parts = (cut_words(article.title), cut_words(article.text))
        self._run = " " + " \n ".join(" ".join(part) for part in parts) + " "
        self.distinct = frozenset(word for part in parts for word in part)

    def hold(self, run: tuple[str, ...]) -> bool:
        """Whether these words stand one after another."""
        if len(run) == 1:
            return run[0] in self.distinct
        return f" {' '.join(run)} " in self._run


class QueryIndex(Generic[Owner]):
    """Queries by one word of each, the one that fewest queries ask for."""

    def __init__(self, queries: Iterable[tuple[SavedQuery, Owner]]) -> None:
        listed = list(queries)
        asked = Counter(word for query, _ in listed for word in _distinct(query))
        self._by_word: dict[str, list[tuple[SavedQuery, Owner]]] = defaultdict(list)
        for query, owner in listed:
            rarest = min(_distinct(query), key=lambda word: (asked[word], word))
            self._by_word[rarest].append((query, owner))

    def match(self, article: Article) -> Iterator[Owner]:
        """The owners of all queries that an article matches."""
        words = Words(article)
        for word in words.distinct & self._by_word.keys():
            for query, owner in self._by_word[word]:
                if query.matches(words):
                    yield owner


def parse_query(text: str) -> SavedQuery:
    """Read words, "phrases" and -exclusions; raises QueryError where no word is asked for."""
    if len(text) > LONGEST_QUERY:
        raise QueryError(f"longer than {LONGEST_QUERY} characters")
    wanted: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []
    for minus, phrase, word in _PART.findall(text):
        if run := tuple(cut_words(phrase or word)):
            (excluded if minus else wanted).append(run)
    if not wanted:
        raise QueryError("no word to look for")
    return SavedQuery(tuple(wanted), tuple(excluded))


def cut_words(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _distinct(query: SavedQuery) -> set[str]:
    return {word for run in query.wanted for word in run}
