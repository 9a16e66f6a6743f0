"""Writing to OpenSearch: an update that lands by one document, or a generation that swaps in."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from retrieval.errors import IndexLocked, StorageError
from retrieval.index.builder import (
    analyse_articles,
    average_length,
    has_outgrown,
    weigh_lengths,
)
from retrieval.index.locking import lock_file
from retrieval.index.opensearch.article_documents import (
    StoredArticle,
    parse_document,
    render_documents,
    render_token,
)
from retrieval.index.opensearch.book import LandedVersion, Pending
from retrieval.index.opensearch.mapping import mark_version
from retrieval.index.opensearch.statistics import ByFeed, add_all, add_counts, count_article
from retrieval.index.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from retrieval.index.opensearch.book import DocumentPlace
    from retrieval.index.opensearch.engine import EngineClient
    from retrieval.index.opensearch.engine_snapshot import EngineSnapshot
    from retrieval.index.opensearch.generations import Generation, Generations
    from retrieval.model import Article

    Progress = Callable[[str, int, int], None]
    Line = tuple[dict[str, Any], dict[str, Any] | None]

_BULK = 4_000_000  # bytes of one request
_READ_AT_ONCE = 200  # articles
_NOBODY_READS = 3600.0  # seconds after which no search runs on a generation that was replaced


class EngineWriter:
    """The one process that may write; raises IndexLocked while another of this machine does.

    `folder` holds the lock. An update is noted before anything of it is written; where it was cut
    off, whoever writes next lands as much of it as arrived.
    """

    def __init__(
        self,
        engine: EngineClient,
        generations: Generations,
        folder: Path,
        open_snapshot: Callable[[], EngineSnapshot],
    ) -> None:
        self._engine, self._generations, self._open = engine, generations, open_snapshot
        self._anew = False
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = (folder / "lock").open("a")
        try:
            lock_file(self._lock)
        except OSError as error:
            self._lock.close()
            raise IndexLocked(f"{folder}: another process is writing this index") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.close()

    def update(
        self,
        *,
        add: Iterable[Article],
        remove: Collection[str] = (),
        progress: Progress | None = None,
    ) -> EngineSnapshot:
        """Add articles, replacing those of the same id, and remove others; give the new version.

        Raises as Writer.update does, IndexLocked too where another machine landed meanwhile.
        """
        added = sorted({article.id: article for article in add}.values(), key=lambda a: a.id)
        standing = None if self._anew else self._generations.find()
        if standing is None:
            self._build(added, progress)
        else:
            self._change(standing, added, {*remove, *(a.id for a in added)}, progress)
        self._anew = False
        return self._open()

    def merge(self) -> EngineSnapshot:
        """Do nothing: the engine joins by itself what small updates left."""
        return self._open()

    def clear(self) -> None:
        """Have the next update start again from nothing; until it lands the old version stands."""
        self._anew = True

    def mend(self) -> None:
        """Land what arrived of an update that was cut off, if one was."""
        standing = self._generations.find()
        if standing is not None:
            self._mend(standing)

    def _mend(self, standing: Generation) -> None:
        pending = standing.book.read_pending()
        if pending is None:
            return
        landing, place = standing.book.read_landing()
        if pending.update <= landing.update:
            standing.book.drop_pending()
            return
        held = self._read_stored(standing, pending.ids)
        self._engine.call("POST", f"/{standing.articles}/_refresh", seconds=60.0)
        self._land(standing, landing, place, pending, _count(held))

    def _change(
        self,
        standing: Generation,
        added: Sequence[Article],
        named: Collection[str],
        progress: Progress | None,
    ) -> None:
        self._mend(standing)
        landing, place = standing.book.read_landing()
        before = self._read_stored(standing, sorted(named))
        living = landing.articles - len(before)
        if not living or has_outgrown(landing.average_of, living, len(added)):
            kept = (a for a in self._open().articles() if a.id not in named)
            everything = sorted([*kept, *added], key=lambda article: article.id)
            self._build(everything, progress)
        elif before or added:
            self._write(standing, landing, place, added, before, progress)
        if landing.began + _NOBODY_READS < time.time():
            self._generations.drop_before(standing)

    def _write(  # noqa: PLR0913, PLR0917  # what an update knows
        self,
        standing: Generation,
        landing: LandedVersion,
        place: DocumentPlace,
        added: Sequence[Article],
        before: Sequence[StoredArticle],
        progress: Progress | None,
    ) -> None:
        kept = {article.id for article in added}
        gone = [one.article.id for one in before if one.article.id not in kept]
        pending = Pending(landing.update + 1, (*sorted(kept), *gone), _count(before))
        standing.book.begin(pending)
        after: ByFeed = {}
        lines = self._render(standing, added, landing.average, pending.update, after, progress)
        self._send([*lines, *(_remove(standing, name, pending.update) for name in gone)])
        self._engine.call("POST", f"/{standing.articles}/_refresh", seconds=60.0)
        self._land(standing, landing, place, pending, after)

    def _land(
        self,
        standing: Generation,
        landing: LandedVersion,
        place: DocumentPlace,
        pending: Pending,
        after: ByFeed,
    ) -> None:
        delta: ByFeed = {}
        add_all(delta, after)
        for feed, counts in pending.before.items():
            add_counts(delta, feed, counts, -1)
        more = sum(counts["numbers"].get("articles", 0) for counts in delta.values())
        landed = replace(landing, update=pending.update, articles=landing.articles + more)
        standing.book.land(landed, place, delta)

    def _build(self, articles: Sequence[Article], progress: Progress | None) -> None:
        """Write a generation beside the one that stands, and swap to it in one call."""
        told = None if progress is None else partial(progress, "index")
        made = self._generations.make()
        analysed = analyse_articles(articles, told)
        average = average_length(weigh_lengths(analysed[1], WEIGHTS.fields.title))
        update = self._generations.next_update()
        counts: ByFeed = {}
        self._send(self._lines(made, articles, analysed, average, update, counts))
        self._engine.call("POST", f"/{made.articles}/_refresh", seconds=60.0)
        self._join(made.articles)
        landing = LandedVersion(
            update=update,
            base=update,
            pieces=0,
            articles=len(articles),
            average=average,
            average_of=len(articles),
            began=time.time(),
            mark=mark_version(),
        )
        made.book.write_first(landing, counts)
        self._generations.swap(made)

    def _render(  # noqa: PLR0913, PLR0917  # as above
        self,
        standing: Generation,
        articles: Sequence[Article],
        average: float,
        update: int,
        counts: ByFeed,
        progress: Progress | None,
    ) -> Iterator[Line]:
        told = None if progress is None else partial(progress, "index")
        analysed = analyse_articles(articles, told)
        return self._lines(standing, articles, analysed, average, update, counts)

    @staticmethod
    def _lines(  # noqa: PLR0913, PLR0917  # as above
        generation: Generation,
        articles: Sequence[Article],
        analysed: tuple[list[str], Any],
        average: float,
        update: int,
        counts: ByFeed,
    ) -> Iterator[Line]:
        """What to send for each article, counting it as it goes by."""
        documents = render_documents(articles, *analysed, WEIGHTS.fields, average, update)
        for article, (document, terms) in zip(articles, documents, strict=True):
            counted = count_article(article, terms.words, len(terms.units) - 1)
            add_counts(counts, article.feed, counted, 1)
            yield {"index": _about(generation, article.id, update)}, document

    def _send(self, lines: Iterable[Line]) -> None:
        refused = self._engine.bulk(lines, _BULK)
        if refused:
            name, reason = refused[0]
            raise StorageError(
                f"{self._engine.name}: {len(refused)} articles refused, {name} first ({reason})"
            )

    def _read_stored(self, standing: Generation, ids: Sequence[str]) -> list[StoredArticle]:
        """Read articles as they were written last, landed or not; those that are there."""
        found = []
        for at in range(0, len(ids), _READ_AT_ONCE):
            asked = {"ids": [render_token(name) for name in ids[at : at + _READ_AT_ONCE]]}
            answer = self._engine.call("POST", f"/{standing.articles}/_mget", asked, seconds=30.0)
            found += [parse_document(d["_source"]) for d in answer["docs"] if d.get("found")]
        return found

    def _join(self, articles: str) -> None:
        """Have the engine keep each shard as one segment, which it searches faster."""
        params = {"max_num_segments": "1"}
        self._engine.call("POST", f"/{articles}/_forcemerge", params=params, seconds=3600.0)


def _about(generation: Generation, article_id: str, update: int) -> dict[str, Any]:
    return {
        "_index": generation.articles,
        "_id": render_token(article_id),
        "version": update,
        "version_type": "external",
    }


def _remove(generation: Generation, article_id: str, update: int) -> Line:
    return {"delete": _about(generation, article_id, update)}, None


def _count(articles: Iterable[StoredArticle]) -> ByFeed:
    counts: ByFeed = {}
    for one in articles:
        counted = count_article(one.article, one.terms.words, len(one.terms.units) - 1)
        add_counts(counts, one.article.feed, counted, 1)
    return counts
