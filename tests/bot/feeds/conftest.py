"""A feed server on loopback, a store, and a poller between them that nothing keeps waiting."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import pytest

from bot.feeds.addresses import identify_feed
from bot.feeds.fetching import Fetcher
from bot.feeds.network import Gate
from bot.feeds.polling import Poller
from bot.store import Store
from retrieval.reading import Ledger, read_coverage
from tests.support.feed_server import NETWORK, serve_feeds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.feeds.polling import PollOutcome
    from bot.store import FeedRecord
    from retrieval.model import Article
    from tests.support.feed_server import FeedServer, Published

Args = ParamSpec("Args")
Result = TypeVar("Result")
MORNING = datetime(2024, 5, 20, 8, tzinfo=UTC)


@dataclass(slots=True)
class Clock:
    """A clock that goes only when it is told to."""

    at: datetime = MORNING

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass(slots=True)
class Desk:
    """What a test of polling works with: publish on `server`, poll, and read what was written."""

    server: FeedServer
    store: Store
    poller: Poller
    clock: Clock
    folder: Path

    def follow(self, address: str) -> FeedRecord:
        """Have the operator share a feed."""
        self.store.feeds.add(identify_feed(address), address, shared=True)
        return self.read(address)

    def read(self, address: str) -> FeedRecord:
        """The feed as it is kept now."""
        feed = self.store.feeds.read(identify_feed(address))
        assert feed is not None
        return feed

    async def poll(self, address: str) -> PollOutcome:
        """Follow an address and poll it once."""
        outcome = await self.poller.poll(self.follow(address))
        self.clock.advance(hours=1)
        return outcome

    async def publish(self, path: str, *entries: Published) -> PollOutcome:
        """Put entries into the feed at a path, and poll it."""
        return await self.poll(self.server.give_feed(path, *entries))

    def articles(self) -> list[Article]:
        """Every article that is coverage now, by title."""
        with Ledger.open(self.folder.parent / "ledger.sqlite3") as ledger:
            reading = read_coverage([self.folder], ledger, known=False)
        return sorted(reading.changed, key=lambda article: article.title)

    def titles(self) -> list[str]:
        """The titles of the articles."""
        return [article.title for article in self.articles()]

    def arrivals(self) -> int:
        """How many entries were news so far."""
        return len(self.store.feeds._database.rows("SELECT * FROM arrival"))  # noqa: SLF001  # what the tests are about


async def here(work: Callable[Args, Result], /, *args: Args.args, **named: Args.kwargs) -> Result:
    """Run work on the event loop: a test has nothing else to do."""
    return work(*args, **named)


@asynccontextmanager
async def open_desk(folder: Path) -> AsyncIterator[Desk]:
    """Open a desk that keeps everything in this folder."""
    clock = Clock()
    articles = folder / "articles"
    articles.mkdir()
    async with serve_feeds() as server, Fetcher(Gate([NETWORK])) as fetcher:
        with Store.open(None, clock=clock.now) as store:
            poller = Poller(
                store=store.feeds,
                fetcher=fetcher,
                folder=articles,
                away=here,
                clock=clock.seconds,
                random=Random(1),  # noqa: S311  # no secret hangs on it
            )
            yield Desk(server, store, poller, clock, articles)


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    """Give a feed server."""
    async with serve_feeds() as served:
        yield served


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Give a desk."""
    async with open_desk(tmp_path) as opened:
        yield opened
