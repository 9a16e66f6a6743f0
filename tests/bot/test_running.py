"""What one of several processes does for all: by one at a time, and taken over when it goes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot import running
from bot.running import follow_index, plan, share
from bot.store import Store
from retrieval.coverage import Coverage
from retrieval.index import IndexWriter
from tests.support.articles import tiny_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.desk.desk import Desk
    from bot.discord_bot.delivery import Delivery
    from bot.feeds.opening import FeedParts
    from bot.feeds.polling import Args, Result


async def away(work: Callable[Args, Result], /, *args: Args.args, **named: Args.kwargs) -> Result:
    return await asyncio.to_thread(work, *args, **named)


class Part:
    """One of several processes, as far as it shares work."""

    def __init__(self, store: Store, *, broken: bool = False) -> None:
        self.writes = self.follows = False
        self.begun = 0
        self.changed = asyncio.Event()
        self._broken = broken
        self.store = store
        self.task = asyncio.create_task(
            share(store, away, [self._write], self._follow, running.ThisProcess())
        )

    async def _write(self) -> None:
        self.begun += 1
        if self._broken:
            raise ValueError("a defect")
        self.writes = True
        try:
            await asyncio.Event().wait()
        finally:
            self.writes = False

    async def _follow(self) -> None:
        self.follows = True
        try:
            await asyncio.Event().wait()
        finally:
            self.follows = False

    async def end(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "RENEWED_EVERY", 0.05)
    monkeypatch.setattr(running, "FOLLOWED_EVERY", 0.05)
    monkeypatch.setattr(running, "LEASE", 1.0)


@pytest.fixture
def stores(database_url: str) -> Iterator[list[Store]]:
    opened = [Store.connect(database_url) for _ in range(3)]
    yield opened
    for store in opened:
        store.close()


async def until(condition: Callable[[], object], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  # what is waited for tells nobody
            await asyncio.sleep(0.01)


async def test_a_process_with_a_store_of_its_own_does_it_in_any_case() -> None:
    with Store.open(None) as store:
        alone = Part(store)
        await until(lambda: alone.writes)
        store.close()
        await asyncio.sleep(0.2)  # some beats, each without a store
        assert alone.writes
        await alone.end()
        assert not alone.writes


async def test_one_of_several_writes_and_another_takes_over(stores: list[Store]) -> None:
    parts = [Part(store) for store in stores]
    await until(lambda: [part.writes for part in parts].count(True) == 1)
    first = next(part for part in parts if part.writes)
    await until(lambda: all(part.follows for part in parts if part is not first))
    await first.end()
    await until(lambda: [part.writes for part in parts].count(True) == 1)
    assert not first.writes
    for part in parts:
        await part.end()


async def test_one_that_dies_is_replaced_when_its_lease_ends(stores: list[Store]) -> None:
    assert stores[0].leases.claim(running.WRITER, "dead", 1.0)
    part = Part(stores[1])
    await until(lambda: part.follows)
    await until(lambda: part.writes)
    await part.end()


async def test_a_store_that_fails_changes_nobodys_part(
    stores: list[Store], caplog: pytest.LogCaptureFixture
) -> None:
    writer = Part(stores[0])
    await until(lambda: writer.writes)
    follower = Part(stores[1])
    await until(lambda: follower.follows)
    for store in stores:
        store.close()
    await until(lambda: "goes on as before" in caplog.text)
    await asyncio.sleep(0.2)  # some beats, each without a store
    assert writer.writes
    assert follower.follows
    for part in (writer, follower):
        await part.end()


async def test_work_that_ends_by_a_defect_begins_anew_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with Store.open(None) as store:
        part = Part(store, broken=True)
        await until(lambda: part.begun > 2)
        await part.end()
    assert "a defect" in caplog.text


async def test_an_index_that_another_process_lands_is_taken_up(tmp_path: Path) -> None:
    first, second, *_ = tiny_articles()
    mine = Coverage.of_articles([first], tmp_path)
    following = asyncio.create_task(follow_index(mine, away))
    with IndexWriter(tmp_path / "index") as writer:
        writer.update(add=[second])
    await until(lambda: len(mine.snapshot) == 2)
    assert mine.snapshot.article(second.id).title == second.title
    following.cancel()


class Plans:
    """In the place of the planner, the desk and the delivery: counts what is asked of each."""

    def __init__(self) -> None:
        self.planned, self.woken = 0, 0
        self.planner = self

    def plan(self) -> int:
        self.planned += 1
        return self.planned - 1  # the first time there is nothing to tell

    async def away(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401  # any work
        return work()

    def wake(self) -> None:
        self.woken += 1


async def test_what_landed_is_planned_and_delivered_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "PLANNED_EVERY", 600.0)
    plans, landed = Plans(), asyncio.Event()
    planning = asyncio.create_task(
        plan(cast("FeedParts", plans), cast("Desk", plans), cast("Delivery", plans), landed)
    )
    async with asyncio.timeout(30):
        while plans.woken < 2:
            landed.set()
            await asyncio.sleep(0)
    planning.cancel()
    assert plans.planned == plans.woken + 1
