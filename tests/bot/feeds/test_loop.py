"""The loop: what is due is polled, one at a time of a host, and one failing stops no other."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from aiohttp import web

from bot.feeds.addresses import identify_feed
from bot.feeds.loop import FeedLoop
from bot.feeds.polling import Poller, PollOutcome
from tests.support.feed_server import Published, render_rss

if TYPE_CHECKING:
    import pytest

    from bot.store import FeedRecord
    from tests.bot.feeds.conftest import Desk

BRIDGE = Published(title="Bridge shut", guid="urn:1")


def build_loop(desk: Desk, arrived: list[PollOutcome]) -> FeedLoop:
    return FeedLoop(desk.poller, arrived.append, clock=desk.clock.seconds)


async def test_what_is_due_is_polled_and_what_is_not_is_left(desk: Desk) -> None:
    arrived: list[PollOutcome] = []
    due, later = (desk.server.give_feed(path, BRIDGE) for path in ("/due", "/later"))
    desk.follow(due)
    desk.store.feeds.postpone(desk.follow(later).feed_id, desk.clock.seconds() + 60)
    await build_loop(desk, arrived).poll_due()
    assert [outcome.feed_id for outcome in arrived] == [identify_feed(due)]
    assert "/later" not in desk.server.asked


async def test_nobody_asks_for_what_nobody_follows(desk: Desk) -> None:
    address = desk.server.give_feed("/wire", BRIDGE)
    desk.store.feeds.follow(1, identify_feed(address), address, most=9)
    desk.store.feeds.pause_for(1, identify_feed(address), paused=True)
    await build_loop(desk, []).poll_due()
    assert "/wire" not in desk.server.asked


async def test_a_host_is_asked_one_thing_at_a_time(desk: Desk) -> None:
    at_once, most = 0, 0

    async def answer(_: web.Request) -> web.StreamResponse:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        at_once -= 1
        return web.Response(text=render_rss([BRIDGE]))

    for n in range(6):
        desk.server.handlers[f"/{n}"] = answer
        desk.follow(desk.server.address(f"/{n}"))
    outcomes = await build_loop(desk, []).poll_due()
    assert (most, [outcome.new for outcome in outcomes]) == (1, [1] * 6)


async def test_a_host_that_wants_silence_gets_it_from_all_its_feeds(desk: Desk) -> None:
    for n in range(4):
        desk.follow(desk.server.give(f"/{n}", status=429, Retry_After="3600"))
    loop = build_loop(desk, [])
    await loop.poll_due()
    await loop.poll_due()
    assert sum(len(asked) for asked in desk.server.asked.values()) == 1
    desk.clock.advance(hours=2)
    await loop.poll_due()
    assert sum(len(asked) for asked in desk.server.asked.values()) == 2


async def test_a_defect_that_one_feed_shows_stops_no_other(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    class Tripping(Poller):
        async def poll(self, feed: FeedRecord) -> PollOutcome:
            if "trap" in feed.address:
                raise ZeroDivisionError
            return await super().poll(feed)

    desk.poller = Tripping(**{n: getattr(desk.poller, n) for n in desk.poller.__dataclass_fields__})
    trap = desk.server.give_feed("/trap", BRIDGE)
    for address in (trap, desk.server.give_feed("/wire", BRIDGE)):
        desk.follow(address)
    await build_loop(desk, []).poll_due()
    assert desk.titles() == ["Bridge shut"]
    assert desk.read(trap).error == "meets a defect in Clippings; see the log"
    assert "ZeroDivisionError" in caplog.text


async def test_a_feed_added_while_it_runs_is_polled_at_once(desk: Desk) -> None:
    arrived = asyncio.Event()
    loop = FeedLoop(desk.poller, lambda _: arrived.set(), clock=desk.clock.seconds)
    running = asyncio.create_task(loop.run())
    await asyncio.sleep(0)
    desk.follow(desk.server.give_feed("/wire", BRIDGE))
    loop.wake()
    async with asyncio.timeout(10):
        await arrived.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert desk.titles() == ["Bridge shut"]


async def test_the_poller_can_be_given_another_pace(desk: Desk) -> None:
    hurried = replace(desk.poller, shortest=1.0)
    address = desk.server.give("/wire", render_rss([BRIDGE], ttl="1"))
    await hurried.poll(desk.follow(address))
    wait = desk.read(address).next_at.timestamp() - desk.clock.seconds()
    assert 60 <= wait <= 66
