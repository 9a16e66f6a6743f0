"""Articles that just arrived, matched with every saved query and put into the outbox."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import cache
from typing import TYPE_CHECKING

from bot.feeds.digests import plan_digests
from bot.feeds.following import plan_answers
from bot.feeds.limits import LIMITS
from bot.feeds.queries import QueryError, QueryIndex, parse_query
from bot.feeds.watchlist import tell_failing
from bot.feeds.yielding import take_turns
from bot.store.arrivals import ADDED_FOLDER, take_added
from bot.store.outbox import Order
from retrieval import build_feed_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from bot.feeds.queries import SavedQuery
    from bot.store import Store
    from bot.store.outbox import Parcel
    from bot.store.watches import Watch
    from retrieval.coverage import Coverage
    from retrieval.model import Article

MOST = 20_000  # arrivals that are looked at
BATCH = 200  # of them are matched and kept in one step
STORY_LIFE = timedelta(days=3)  # for which later reports are added to a message; by hand
# An arrival that the index does not hold is dropped after a day, or once an index is in use that
# was made so much later: its file is gone, or is a twin of another.
GIVEN_UP, LATER = timedelta(days=1), timedelta(minutes=10)
MOST_REPORTS = 10  # shown in one message
log = logging.getLogger(__name__)


class Planner:
    """Puts what is to be told into the outbox; not to be used by two threads at once."""

    def __init__(self, coverage: Coverage, store: Store, clock: Callable[[], datetime]) -> None:
        self._coverage, self._store, self._clock = coverage, store, clock
        self._version: tuple[object, ...] | None = None
        self._index: QueryIndex[Watch] = QueryIndex(())
        self._waiting: tuple[object, ...] = ()

    def plan(self) -> int:
        """Plan alerts, digests, answers and notices of failing feeds; how many messages came."""
        told = plan_digests(self._store, self._clock) + tell_failing(self._store, self._clock)
        told += plan_answers(self._coverage, self._store, self._clock)
        return told + self.match_arrivals()

    def match_arrivals(self) -> int:
        """Match what arrived and is searchable by now; how many messages came of it.

        Messages are kept and their arrivals dropped in one step, some at a time: what is killed in
        between is matched again, and nothing twice.
        """
        take_added(self._coverage.cache / ADDED_FOLDER, self._store.feeds)
        arrivals = self._store.feeds.read_arrivals(MOST)
        waiting = (self._coverage.snapshot.version, len(arrivals), arrivals[-1:])
        if not arrivals or (waiting == self._waiting and not self._is_hopeless(arrivals[0][2])):
            return 0
        self._waiting = waiting
        self._renew()
        starts = range(0, len(arrivals), BATCH)
        return sum(self._match(arrivals[start : start + BATCH]) for start in starts)

    def _match(self, arrivals: Sequence[tuple[str, str, datetime]]) -> int:
        batch, readers = _Batch(self._coverage, self._store), cache(self._store.feeds.readers)
        done: list[tuple[str, str]] = []
        for feed_id, key, at in take_turns(arrivals):
            article = self._coverage.article(build_feed_id(feed_id, key) if feed_id else key)
            if article is not None or self._is_hopeless(at):
                done.append((feed_id, key))
            if article is None or self._is_old(article):
                continue
            for watch in self._find(article, readers(article.feed)):
                batch.add(watch, article)
        orders = tuple(batch.orders())
        kept = bool(done) and self._store.outbox.commit(orders, done)
        return len(orders) if kept else 0

    def _is_old(self, article: Article) -> bool:
        """Whether an article of a folder was published too long ago to be news."""
        if article.feed or article.published is None:
            return False
        published = article.published
        moment = published if published.tzinfo else published.replace(tzinfo=UTC)
        return (self._clock() - moment).total_seconds() > LIMITS.news_age

    def _is_hopeless(self, at: datetime) -> bool:
        indexed = self._coverage.updated
        return self._clock() - at > GIVEN_UP or (indexed is not None and indexed - at > LATER)

    def _find(self, article: Article, readers: frozenset[int] | None) -> Iterator[Watch]:
        """The queries that an article matches, of its readers (none: every server)."""
        for watch in self._index.match(article):
            if readers is not None and watch.server_id not in readers:
                continue
            if article.feed not in self._store.visible_to(watch.server_id, watch.channel_id):
                continue
            if not watch.outlet or watch.outlet.casefold() == article.outlet.casefold():
                yield watch

    def _renew(self) -> None:
        version = self._store.watches.version()
        if version != self._version:
            self._index = build_index(self._store.watches.list_active())
            self._version = version


class _Batch:
    """The messages of one go: one a story and query, later reports added to the first's."""

    def __init__(self, coverage: Coverage, store: Store) -> None:
        self._coverage, self._store = coverage, store
        self._known: dict[int, list[_Message]] = {}
        self._visible_to = cache(store.visible_to)
        self._find_story = cache(self._ids_of_story)

    def add(self, watch: Watch, article: Article) -> None:
        """Put an article into the message of its story, or into a new one."""
        messages = self._known.get(watch.watch_id)
        if messages is None:
            recent = self._store.outbox.recent(watch.watch_id, STORY_LIFE)
            messages = self._known[watch.watch_id] = [_Message.of(parcel) for parcel in recent]
        told = next((m for m in messages if article.id in m.articles), None)
        if told is None:
            story = self._find_story(
                self._visible_to(watch.server_id, watch.channel_id), article.id
            )
            told = next((m for m in messages if story & set(m.articles)), None)
        if told is None:
            messages.append(_Message(watch, [article.id], changed=True))
        elif article.id not in told.articles:
            told.articles.append(article.id)
            told.changed = True

    def orders(self) -> Iterator[Order]:
        """What is to be kept."""
        for messages in self._known.values():
            for message in messages:
                if message.changed:
                    yield message.to_order()

    def _ids_of_story(self, feeds: frozenset[str], article_id: str) -> set[str]:
        """The ids of the reports of an article's story, of those that these feeds brought."""
        story = self._coverage.visible_to(feeds).story(article_id)
        return {report.id for report in story.articles} if story else {article_id}


@dataclass(slots=True)
class _Message:
    """One message: of which query, about which articles; `token` is "" for a new one."""

    watch: Watch | Parcel
    articles: list[str]
    token: str = ""
    changed: bool = False

    @classmethod
    def of(cls, parcel: Parcel) -> _Message:
        return cls(parcel, list(parcel.content.get("articles", ())), parcel.token)

    def to_order(self) -> Order:
        return Order(
            server_id=self.watch.server_id,
            channel_id=self.watch.channel_id,
            kind="alert",
            content={"articles": self.articles[:MOST_REPORTS]},
            watch_id=self.watch.watch_id,
            token=self.token,
        )


def build_index(watches: tuple[Watch, ...]) -> QueryIndex[Watch]:
    """Index queries; one that cannot be read is left out, with a line in the log."""
    return QueryIndex(_parse_all(watches))


def _parse_all(watches: tuple[Watch, ...]) -> Iterator[tuple[SavedQuery, Watch]]:
    for watch in watches:
        try:
            yield parse_query(watch.query), watch
        except QueryError as error:
            log.warning("saved query %d is left out: %s", watch.watch_id, error)
