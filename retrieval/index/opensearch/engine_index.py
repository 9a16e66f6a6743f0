"""An index that OpenSearch keeps: opened, written, mended and checked."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from retrieval.errors import IndexDamaged, IndexMoved, StorageError
from retrieval.index.opensearch.book import Known
from retrieval.index.opensearch.clauses import hold
from retrieval.index.opensearch.engine import EngineAddress, EngineClient
from retrieval.index.opensearch.engine_snapshot import EngineSnapshot, Moment
from retrieval.index.opensearch.engine_writer import EngineWriter
from retrieval.index.opensearch.fetched import ArticleCache
from retrieval.index.opensearch.generations import Generation, Generations

if TYPE_CHECKING:
    from pathlib import Path


_LANDS_WITHIN = 3.0  # seconds after its articles can be seen
_LOOK_AGAIN = 0.05  # seconds
_OLDEST = 2  # version of OpenSearch
_COMPARED = 200  # terms


class EngineIndex:
    """See Index. `folder` holds the lock of whoever writes from this machine.

    `name` is that of the alias, `shards` and `replicas` those of a generation that is made; there
    are never more copies than other nodes to hold them.
    """

    def __init__(
        self, address: EngineAddress, name: str, folder: Path, shards: int = 1, replicas: int = 1
    ) -> None:
        self._made_of = (address, name, folder, shards, replicas)
        self._folder = folder
        self._engine = EngineClient(address)
        self._generations = Generations(self._engine, name, shards, replicas)
        self._cache = ArticleCache()
        self._known: Known | None = None

    def __reduce__(self) -> tuple[type[EngineIndex], tuple[object, ...]]:
        """Another process opens connections of its own."""
        return EngineIndex, self._made_of

    def __str__(self) -> str:
        return f"{self._engine.name}: {self._generations.name}"

    def stands(self) -> bool:
        """Whether there is an index, of whatever version."""
        return self._generations.find() is not None

    def open(self) -> EngineSnapshot:
        """Open the version that landed last; raises as `open_snapshot` does."""
        end = time.monotonic() + _LANDS_WITHIN
        while True:
            try:
                return self._open(self._find())
            except IndexMoved:
                if time.monotonic() > end:
                    raise
            time.sleep(_LOOK_AGAIN)

    def writer(self) -> EngineWriter:
        """What writes it; IndexLocked while another process of this machine does."""
        return EngineWriter(self._engine, self._generations, self._folder, self.open)

    def mend(self) -> None:
        """Land what arrived of an update that was cut off, if one was."""
        standing = self._generations.find()
        if standing is not None and standing.book.read_pending() is not None:
            with self.writer() as writer:
                writer.mend()

    def verify(self) -> None:
        """Compare the statistics with what the engine counts; raises IndexDamaged."""
        told = self._engine.call("GET", "/")["version"]
        if told.get("distribution") != "opensearch" or int(told["number"].split(".")[0]) < _OLDEST:
            raise StorageError(
                f"{self._engine.name}: {told['number']} is not OpenSearch 2 or later"
            )
        snapshot = self.open()
        terms = snapshot.source.beginning_with("")
        chosen = random.Random(0).sample(terms, min(_COMPARED, len(terms)))  # noqa: S311  # a sample, no secret
        bodies = [{"size": 0, "track_total_hits": True, "query": hold(term)} for term in chosen]
        answers = snapshot.source.search(bodies) if bodies else []
        for term, answer in zip(chosen, answers, strict=True):
            if answer["hits"]["total"]["value"] != snapshot.source.frequency(term):
                raise IndexDamaged(f"{self}: counts {term!r} otherwise than was written")

    def _find(self) -> Generation:
        standing = self._generations.find()
        if standing is None:
            raise IndexDamaged(f"{self}: no index yet; run `index`")
        return standing

    def _open(self, standing: Generation) -> EngineSnapshot:
        landing, _ = standing.book.read_landing()
        known = self._known
        if known is not None and known.landing.began != landing.began:  # of another generation
            known = None
        try:
            statistics = standing.book.read_statistics(landing, known)
        except IndexDamaged:
            if standing.book.read_landing()[0] == landing:
                raise
            raise IndexMoved(f"{self}: another version landed while it was opened") from None
        moment = Moment(self._engine, standing.articles, landing)
        self._known = Known(landing, statistics)
        version = f"{standing.articles}.{landing.update}.{landing.began:.6f}"
        return EngineSnapshot(moment, statistics, self._cache, version)
