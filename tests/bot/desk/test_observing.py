"""What becomes of requests is told once each, also where one fails or is turned away."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.desk.observing import AskedQuestion, Observer
from bot.desk.requests import Request

REQUEST = Request(kind="ask", text="When does the ferry leave?", as_of=date(2031, 5, 20))


async def test_a_request_is_told_with_how_long_it_waited() -> None:
    told: list[AskedQuestion] = []
    observer, room = Observer(told.append), asyncio.Semaphore(1)

    async def serve() -> None:
        async with observer.watch(REQUEST, room) as watched:
            await asyncio.sleep(0.05)
            assert observer.queue == 2
            watched.end(None)

    async def check() -> None:
        async with observer.watch(REQUEST, room) as watched:
            watched.end(None)

    await asyncio.gather(serve(), check())
    assert observer.queue == 0
    first, second = told
    assert (first.kind, first.outcome) == ("ask", "shown")
    assert first.took >= 0.05 > first.waited
    assert second.waited >= 0.05


async def test_one_that_fails_is_told_as_such() -> None:
    told: list[AskedQuestion] = []
    observer = Observer(told.append)
    with pytest.raises(ValueError, match="broken"):
        async with observer.watch(REQUEST, asyncio.Semaphore(1)):
            raise ValueError("broken")
    assert [asked.outcome for asked in told] == ["failed"]


def test_one_that_is_turned_away_took_no_time() -> None:
    told: list[AskedQuestion] = []
    Observer(told.append).note_refusal(REQUEST)
    assert [(asked.outcome, asked.took) for asked in told] == [("refused", 0.0)]
