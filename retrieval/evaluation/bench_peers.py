"""The search engines of a bench, each behind the same three things: build, bytes, search."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from retrieval.errors import EvaluationError
from retrieval.index import IndexWriter
from retrieval.index.candidates import find_candidates, weigh_terms
from retrieval.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

K = 10


class Engine(Protocol):
    """A search engine over passages, in one thread."""

    def build(self, passages: Sequence[str], folder: Path) -> None:
        """Tokenise and index the passages, and leave the index in the folder."""

    def searcher(self, words: list[str]) -> Callable[[], object]:
        """Prepare what is not part of searching, and give the search for the ten best."""


class Ours:
    """The first stage of `Snapshot.search`, on an index that `IndexWriter` wrote."""

    def build(self, passages: Sequence[str], folder: Path) -> None:
        articles = (Article(id=f"{n:08}", title="", body=text) for n, text in enumerate(passages))
        with IndexWriter(folder) as writer:
            self.snapshot = writer.update(add=articles)

    def searcher(self, words: list[str]) -> Callable[[], object]:
        snapshot = self.snapshot
        anything = [segment.live for segment in snapshot.segments]
        return lambda: find_candidates(
            snapshot.segments, weigh_terms(words, snapshot.idf), anything, K
        )


class Bm25s:
    """bm25s (https://github.com/xhluca/bm25s) with its numba backend."""

    def build(self, passages: Sequence[str], folder: Path) -> None:
        bm25s = _import("bm25s")
        tokens = bm25s.tokenize(list(passages), stopwords=None, show_progress=False)
        self._index = bm25s.BM25(backend="numba")
        self._index.index(tokens, show_progress=False)
        self._index.save(folder, show_progress=False)

    def searcher(self, words: list[str]) -> Callable[[], object]:
        return lambda: self._index.retrieve(
            [words], k=K, show_progress=False, n_threads=1, backend_selection="numba"
        )


class Tantivy:
    """tantivy (https://github.com/quickwit-oss/tantivy-py), one writing thread."""

    def build(self, passages: Sequence[str], folder: Path) -> None:
        tantivy = _import("tantivy")
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("body", stored=False, tokenizer_name="default", index_option="freq")
        folder.mkdir()
        self._index = tantivy.Index(schema.build(), path=str(folder))
        writer = self._index.writer(heap_size=500_000_000, num_threads=1)
        for text in passages:
            writer.add_document(tantivy.Document(body=text))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def searcher(self, words: list[str]) -> Callable[[], object]:
        query = self._index.parse_query(" ".join(words), ["body"])
        return lambda: self._searcher.search(query, K, count=False)


def require_peers() -> None:
    """Raise EvaluationError where a peer is not installed."""
    for name in ("bm25s", "numba", "tantivy"):
        _import(name)


def _import(name: str) -> Any:  # noqa: ANN401  # a module without types
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise EvaluationError(f"bench needs {name}: pip install 'clippings[bench]'") from error


ENGINES: dict[str, type[Engine]] = {"ours": Ours, "bm25s": Bm25s, "tantivy": Tantivy}
