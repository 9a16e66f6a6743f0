"""robots.txt: asked once, heeded, and as strict as RFC 9309 where it cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.feeds.fetching import Fetcher
from bot.feeds.network import Gate
from bot.feeds.robots import Robots
from tests.support.feed_server import NETWORK, serve_feeds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.feed_server import FeedServer

RULES = "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with serve_feeds() as opened:
        yield opened


async def test_what_is_forbidden_is_not_fetched(server: FeedServer) -> None:
    server.give("/robots.txt", RULES)
    async with Fetcher(Gate([NETWORK])) as fetcher:
        robots = Robots(fetcher)
        assert await robots.may_fetch(server.address("/news"))
        assert not await robots.may_fetch(server.address("/private/news"))
        assert await robots.delay(server.address("/news")) == 7
    assert len(server.asked["/robots.txt"]) == 1


async def test_rules_are_asked_for_again_after_a_day(server: FeedServer) -> None:
    now = [0.0]
    async with Fetcher(Gate([NETWORK])) as fetcher:
        robots = Robots(fetcher, lambda: now[0])
        assert await robots.may_fetch(server.address("/private"))
        server.give("/robots.txt", RULES)
        now[0] = 25 * 3600.0
        assert not await robots.may_fetch(server.address("/private"))


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (429, False)]
)
async def test_where_there_are_no_rules(server: FeedServer, status: int, *, allowed: bool) -> None:
    server.give("/robots.txt", status=status)
    async with Fetcher(Gate([NETWORK])) as fetcher:
        assert await Robots(fetcher).may_fetch(server.address("/news")) == allowed


async def test_a_host_that_may_not_be_reached_allows_nothing(server: FeedServer) -> None:
    async with Fetcher(Gate()) as fetcher:
        assert not await Robots(fetcher).may_fetch(server.address("/news"))
