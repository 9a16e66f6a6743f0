"""The parts of the feeds, opened together for as long as they are needed."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.feeds.fetching import Fetcher
from bot.feeds.following import Following
from bot.feeds.loop import FeedLoop
from bot.feeds.network import Gate
from bot.feeds.page_reading import PageReader
from bot.feeds.polling import Poller
from bot.feeds.subscriptions import Subscriptions, keep_configured
from bot.feeds.watching import Planner
from bot.feeds.watchlist import Watchlist
from bot.store.database import utc_now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.feeds.polling import Away, RunAside
    from bot.settings import Settings
    from bot.store import Store
    from retrieval.coverage import Coverage

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FeedParts:
    """What polls feeds while the bot runs, what adds to them, and what tells of them."""

    loop: FeedLoop
    subscriptions: Subscriptions
    watchlist: Watchlist
    following: Following
    planner: Planner
    pages: PageReader | None


@asynccontextmanager
async def open_poller(
    settings: Settings, folder: Path, store: Store, away: Away, aside: RunAside | None = None
) -> AsyncIterator[Poller]:
    """What polls feeds into the folder, with the settings' own feeds kept in the store.

    Large feeds are parsed `aside`, where that is given.
    """
    _prepare(settings, folder, store)
    rules = settings.fetching
    async with Fetcher(Gate(rules.private_networks)) as fetcher:
        yield Poller(
            store=store.feeds,
            fetcher=fetcher,
            folder=folder,
            away=away,
            aside=aside,
            pages=store.pages if rules.pages else None,
            page_hosts=rules.hosts,
            shortest=rules.shortest_minutes * 60,
        )


def _prepare(settings: Settings, folder: Path, store: Store) -> None:
    for line in keep_configured(store.feeds, settings.feeds):
        log.warning(line)
    folder.mkdir(parents=True, exist_ok=True)


def build_feeds(
    settings: Settings,
    coverage: Coverage,
    store: Store,
    poller: Poller,
    arrived: Callable[[], None],
) -> FeedParts:
    """The feeds of the settings and of servers; `arrived` is called after articles are written."""
    if poller.folder not in coverage.folders:
        coverage.folders = (*coverage.folders, poller.folder)
    loop = FeedLoop(poller, lambda _: arrived())
    return FeedParts(
        loop,
        Subscriptions(store, poller, settings.fetching, loop.wake),
        Watchlist(coverage, store, settings.alerts, utc_now),
        Following(coverage, store, settings.alerts, utc_now),
        Planner(coverage, store, utc_now),
        PageReader(store, poller, loop.turn_of, arrived) if settings.fetching.pages else None,
    )
