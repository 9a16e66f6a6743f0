"""One version of the articles in OpenSearch, held as it stood when it landed."""

from __future__ import annotations

import hashlib
import threading
import weakref
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from retrieval.errors import IndexMoved, RetrievalError, StorageError
from retrieval.index.opensearch.article_documents import parse_document, render_token
from retrieval.index.opensearch.clauses import of_days
from retrieval.index.opensearch.engine import ContextLost
from retrieval.index.opensearch.engine_source import EngineSource
from retrieval.index.opensearch.statistics import Base, Statistics
from retrieval.index.snapshot import Snapshot
from retrieval.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retrieval.index.opensearch.book import LandedVersion
    from retrieval.index.opensearch.engine import EngineClient
    from retrieval.index.opensearch.fetched import ArticleCache
    from retrieval.model import Article, Window

KEPT_ALIVE = "10m"  # after the last search
_PAGE = 500
_DISTINCT = 10_000  # outlets read at once


class Moment:
    """A point in time of an index of articles: what was written later is not seen in it.

    It ends when nobody holds it any more. Where the engine lost it, as a node that restarts does,
    another is opened as long as no later version landed; else IndexMoved is raised.
    """

    def __init__(self, engine: EngineClient, index: str, landing: LandedVersion) -> None:
        self._engine, self._index, self._landing = engine, index, landing
        self._lock = threading.Lock()
        self._end: weakref.finalize[Any, Any] | None = None
        self._id = ""
        self._open()

    def search(self, bodies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Run searches in one trip."""
        used = self._id
        try:
            return self._engine.search([self._at(body) for body in bodies])
        except ContextLost:
            with self._lock:
                if self._id == used:
                    self._open()  # or it stays lost, for whoever searches next
        return self._engine.search([self._at(body) for body in bodies])

    def measure(self) -> int:
        """How many bytes its index takes now, copies left out."""
        told = self._engine.call("GET", f"/{self._index}/_stats/store", missing={})
        return int(told["_all"]["primaries"]["store"]["size_in_bytes"]) if told else 0

    def close(self) -> None:
        """Let the engine forget it."""
        if self._end:
            self._end()

    def _at(self, body: Mapping[str, Any]) -> dict[str, Any]:
        return {**body, "pit": {"id": self._id, "keep_alive": KEPT_ALIVE}}

    def _open(self) -> None:
        opened = self._engine.call(
            "POST",
            f"/{self._index}/_search/point_in_time",
            params={"keep_alive": KEPT_ALIVE, "allow_partial_pit_creation": "false"},
            missing={},
        )
        if not opened:
            raise IndexMoved(f"{self._engine.name}: {self._index} was replaced meanwhile")
        try:
            self._check(opened["pit_id"])
        except RetrievalError:
            _forget(self._engine, opened["pit_id"])
            raise
        if self._end:
            self._end.detach()
        self._id = opened["pit_id"]
        self._end = weakref.finalize(self, _forget, self._engine, self._id)
        self._end.atexit = False  # the engine forgets it by itself

    def _check(self, opened: str) -> None:
        """Make sure that this is the version that landed: neither less nor more of it."""
        body = {
            "pit": {"id": opened, "keep_alive": KEPT_ALIVE},
            "size": 0,
            "track_total_hits": True,
            "aggs": {"update": {"max": {"field": "update"}}},
        }
        answer = self._engine.search([body])[0]
        held, latest = answer["hits"]["total"]["value"], answer["aggregations"]["update"]["value"]
        if held != self._landing.articles or (latest or 0) > self._landing.update:
            raise IndexMoved(f"{self._engine.name}: {self._index} was written to meanwhile")


def _forget(engine: EngineClient, moment: str) -> None:
    try:
        engine.call("DELETE", "/_search/point_in_time", {"pit_id": [moment]}, missing={})
    except RetrievalError:
        return  # it ends by itself


class EngineSnapshot(Snapshot):
    """See Snapshot; a view of some feeds shares the moment of the whole."""

    source: EngineSource

    def __init__(
        self, moment: Moment, statistics: Statistics, cache: ArticleCache, version: str
    ) -> None:
        self.moment, self.statistics = moment, statistics
        self.source = EngineSource(moment.search, statistics, cache)
        self.version = version
        self.passages = statistics.number("passages")

    def restricted(self, feeds: frozenset[str]) -> EngineSnapshot:
        """Show the snapshot as if it held only articles of these feeds."""
        seen = self.feeds & feeds
        if seen == self.feeds:
            return self
        name = hashlib.sha256("\0".join(sorted(feeds)).encode()).hexdigest()[:16]
        return EngineSnapshot(
            self.moment,
            self.statistics.restricted(seen),
            self.source.cache,
            f"{self.version}/{name}",
        )

    @cached_property
    def bytes(self) -> int:
        """What the index takes on the disks of the engine, its copies left out."""
        return self.moment.measure()

    @property
    def feeds(self) -> frozenset[str]:
        """The feeds that some article is of, "" among them where one is of none."""
        return self.statistics.held_feeds

    def article(self, article_id: str) -> Article:
        """Read an article; raises KeyError where the snapshot has none of this id."""
        body = self._body(1, {"term": {"id": render_token(article_id)}})
        found = self.source.fetch_named(self.source.search([body])[0])
        if not found:
            raise KeyError(article_id)
        return found[0]

    def articles(self) -> Iterator[Article]:
        """Read every article, ordered by id."""
        return self._walk({"match_all": {}}, [{"id": "asc"}])

    def articles_between(self, window: Window) -> tuple[Article, ...]:
        """Read the articles published on a day of the window, earliest first, ties by id."""
        return tuple(self._walk(of_days(window), [{"published": "asc"}, {"id": "asc"}]))

    def count_outlets(self, window: Window) -> Mapping[str, int]:
        """How many articles each outlet published on the days of the window; the largest first."""
        sources = [{"outlet": {"terms": {"field": "outlet"}}}]
        tokens = {render_token(name): name for name in self.outlets}
        counts: dict[str, int] = {}
        after: dict[str, Any] = {}
        while True:
            grouped = {"composite": {"size": _DISTINCT, "sources": sources, **after}}
            body = self._body(0, of_days(window)) | {"aggs": {"outlets": grouped}}
            answer = self.source.search([body])[0]["aggregations"]["outlets"]
            for bucket in answer["buckets"]:
                name = tokens.get(bucket["key"]["outlet"])
                if name:
                    counts[name] = bucket["doc_count"]
            if "after_key" not in answer:
                return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
            after = {"after": answer["after_key"]}

    def holds_any(self, window: Window) -> bool:
        """Whether an article was published on a day of the window."""
        body = self._body(0, of_days(window)) | {"track_total_hits": 1}
        return bool(self.source.search([body])[0]["hits"]["total"]["value"])

    @cached_property
    def span(self) -> Span:
        """How many articles there are, and the first and last day among them."""
        ends = {end: {end: {"field": "published"}} for end in ("min", "max")}
        found = self.source.search([self._body(0, None) | {"aggs": ends}])[0]["aggregations"]
        first, last = found["min"]["value"], found["max"]["value"]
        if first is None:
            return Span(len(self), None, None)
        return Span(len(self), _day(int(first)), _day(int(last)))

    @property
    def undated(self) -> int:
        """How many articles have no day."""
        return self.statistics.number("undated")

    @cached_property
    def outlets(self) -> Mapping[str, int]:
        """How many articles each outlet has; the largest first."""
        return self.statistics.count("outlets")

    @cached_property
    def topics(self) -> Mapping[str, int]:
        """How many articles each topic has; the largest first."""
        return self.statistics.count("topics")

    def close(self) -> None:
        """Let the engine forget the moment; the snapshot is empty from then on."""
        self.moment.close()
        self.statistics = Statistics(Base(0, {}))
        self.source = EngineSource(_search_nothing, self.statistics, self.source.cache)

    def _body(self, size: int, wanted: dict[str, Any] | None) -> dict[str, Any]:
        """A body that names so many articles of those wanted, of the feeds of this view."""
        clauses = [wanted] if wanted else []
        if self.statistics.feeds is not None:
            clauses.append({"terms": {"feed": sorted(self.statistics.feeds)}})
        return {
            "size": size,
            "_source": False,
            "stored_fields": "_none_",
            "docvalue_fields": ["id", "update"],
            "track_total_hits": False,
            "query": {"bool": {"filter": clauses}} if clauses else {"match_all": {}},
        }

    def _walk(self, wanted: dict[str, Any], order: list[Any]) -> Iterator[Article]:
        after: dict[str, Any] = {}
        while True:
            body = self._body(_PAGE, wanted) | {"sort": order, **after}
            for name in ("_source", "stored_fields", "docvalue_fields"):
                del body[name]
            hits = self.source.search([body])[0]["hits"]["hits"]
            yield from (parse_document(hit["_source"]).article for hit in hits)
            if len(hits) < _PAGE:
                return
            after = {"search_after": hits[-1]["sort"]}


def _search_nothing(bodies: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    raise StorageError(f"a snapshot that was closed is asked for {len(bodies)} searches")


def _day(seconds: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()
