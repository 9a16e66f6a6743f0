"""The bot while it runs: what every process does, and what one of several does for all."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from watchfiles import awatch

from bot.compose import build_client, build_desk, collect_seldom, open_feeds, open_store_anyhow
from bot.desk.alerts import decide_alerts
from bot.desk.observing import Observer
from bot.discord_bot.alerting import Alerting
from bot.discord_bot.connection import run_until_told
from bot.discord_bot.delivery import Delivery
from bot.discord_bot.gateway_state import list_shards
from bot.monitoring.metrics import Metrics
from bot.monitoring.question_log import log_question
from bot.monitoring.state import ProcessState
from bot.monitoring.web import serve_monitoring
from bot.store import StoreError
from retrieval.errors import RetrievalError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable

    from bot.desk.alerts import Alert
    from bot.desk.desk import Desk
    from bot.desk.observing import AskedQuestion
    from bot.discord_bot.interactions import DeskClient
    from bot.feeds.opening import FeedParts
    from bot.feeds.polling import Away
    from bot.settings import Settings
    from bot.store import Store
    from bot.store.figures import Figures
    from retrieval.coverage import Coverage

    Tell = Callable[[Iterable[Alert]], Awaitable[None]]
    Task = Callable[[], Coroutine[None, None, None]]

GATHERED = 0.3  # seconds
REST, LONGEST_REST = 2.0, 2.0  # times as long as the reading before took; at most seconds
LOOKED_FOR_COPY = 3600  # seconds between looks whether today's copy of the store is there
PLANNED_EVERY = 1.0  # seconds
FOLLOWED_EVERY = 2.0  # seconds between looks for an index that another process landed
# Seconds for which the one process that fetches and indexes is taken to live, and how often it says
# that it does: what it leaves undone when it dies waits so long, and no longer.
LEASE, RENEWED_EVERY = 15.0, 4.0
WRITER = "ingest"
log = logging.getLogger(__name__)


@dataclass(slots=True)
class ThisProcess:
    """What this process is at the moment: the client it runs, and whether it writes for all."""

    client: DeskClient | None = None
    writes: bool = False


async def run_bot(settings: Settings, coverage: Coverage, *, sync: bool = False) -> None:
    """Run the bot until it is told to leave; raises RunError and StoreError."""
    collect_seldom()
    store = open_store_anyhow(settings)
    try:
        metrics = Metrics()
        desk = build_desk(settings, coverage, store, _observe(settings, metrics))
        token = settings.token.get_secret_value() if settings.token else ""
        alerting = Alerting()
        arrived, landed = asyncio.Event(), asyncio.Event()
        delivery = Delivery(store, coverage, settings.alerts)
        process = ThisProcess()
        async with (
            open_feeds(settings, coverage, store, desk, arrived) as feeds,
            serve_monitoring(
                settings.monitoring,
                metrics,
                partial(describe_state, coverage, store, desk, process),
            ),
        ):

            def build() -> DeskClient:
                client = build_client(settings, desk, sync=sync, feeds=feeds, store=store)
                process.client = client
                return delivery.use(alerting.use(client))

            async def tell(alerts: Iterable[Alert]) -> None:
                landed.set()
                await alerting.tell(alerts)

            minutes = settings.coverage.refresh_minutes
            writing: tuple[Task, ...] = (
                *([partial(begin_with, arrived)] if store.shared else []),
                partial(refresh_regularly, desk, minutes, tell, arrived),
                partial(watch_folders, settings, arrived),
            )
            if feeds:
                writing += (feeds.loop.run, partial(plan, feeds, desk, delivery, landed))
                writing += (feeds.pages.run,) if feeds.pages else ()
            await run_until_told(
                build,
                token,
                share(
                    store, desk.away, writing, partial(follow_index, coverage, desk.away), process
                ),
                back_up_daily(store, desk.away),
                *([delivery.run()] if feeds else ()),
            )
            desk.aside.close()
    finally:
        store.close()


def _observe(settings: Settings, metrics: Metrics) -> Observer:
    """Count each request, and log it where the log is for programs."""

    def note(asked: AskedQuestion) -> None:
        metrics.note(asked)
        if settings.log.format == "json":
            log_question(asked, with_text=settings.log.questions)

    return Observer(note)


async def describe_state(
    coverage: Coverage, store: Store, desk: Desk, process: ThisProcess
) -> ProcessState:
    """How this process stands now."""
    client, span = process.client, coverage.snapshot.span
    return ProcessState(
        shards=list_shards(client),
        queue=desk.observer.queue,
        articles=span.articles,
        newest=span.newest,
        updated=coverage.updated,
        store_failure=store.health.failure,
        figures=await desk.away(_read_figures, store),
        writes=process.writes,
        leaving=client.leaving if client else False,
    )


def _read_figures(store: Store) -> Figures | None:
    try:
        return store.figures()
    except StoreError as error:
        log.debug("%s; its figures are left out", error)
        return None


async def begin_with(arrived: asyncio.Event) -> None:
    """Read at once what came before this process wrote for all."""
    arrived.set()


async def share(
    store: Store, away: Away, writing: Iterable[Task], following: Task, process: ThisProcess
) -> None:
    """Do what one process does for all, while it is this one, and else follow the one that does.

    The process is elected by a lease in the store that they share; one with a store of its own
    does it in any case. While the store fails, everybody goes on with what they did.
    """
    writing = tuple(writing)
    me = secrets.token_hex(8)
    work = asyncio.create_task(following())
    writes = False
    try:
        while True:
            elected = await _is_elected(store, away, me, before=writes)
            if elected != writes or work.done():  # it ends only by a defect
                writes = elected
                process.writes = writes
                await _end(work)
                work = asyncio.create_task(_run_together(writing) if writes else following())
                log.debug("this process %s the index and feeds", "writes" if writes else "follows")
            await asyncio.sleep(RENEWED_EVERY)
    finally:
        await _end(work)
        if writes and store.shared:
            _let_go(store, me)


async def _is_elected(store: Store, away: Away, me: str, *, before: bool) -> bool:
    if not store.shared:
        return True
    try:
        return await away(store.leases.claim, WRITER, me, LEASE)
    except StoreError as error:
        log.warning("%s; this process goes on as before", error)
        return before


def _let_go(store: Store, me: str) -> None:
    """Let another process write at once, instead of when the lease ends."""
    try:
        store.leases.release(WRITER, me)
    except StoreError as error:
        log.debug("%s; the lease ends by itself", error)


async def _run_together(tasks: Iterable[Task]) -> None:
    async with asyncio.TaskGroup() as group:
        for task in tasks:
            group.create_task(task())


async def _end(work: asyncio.Task[None]) -> None:
    work.cancel()
    (outcome,) = await asyncio.gather(work, return_exceptions=True)
    if isinstance(outcome, Exception):
        log.error("what this process does for all ended and begins anew", exc_info=outcome)


async def follow_index(coverage: Coverage, away: Away) -> None:
    """Answer from what another process indexes, moments after it landed."""
    while True:
        try:
            await away(coverage.reload)
        except RetrievalError as error:
            log.warning("%s; answers come from the index as it was", error)
        await asyncio.sleep(FOLLOWED_EVERY)


async def plan(feeds: FeedParts, desk: Desk, delivery: Delivery, landed: asyncio.Event) -> None:
    """Put alerts and digests into the outbox as soon as there is reason to.

    `landed` says that articles are searchable; time alone is a reason, too.
    """
    while True:
        try:
            if await desk.away(feeds.planner.plan):
                delivery.wake()
        except StoreError as error:
            log.warning("%s; alerts and digests wait", error)
        await _wait_for(landed, PLANNED_EVERY)


async def back_up_daily(store: Store, away: Away) -> None:
    """Copy the store once a day for as long as the bot runs."""
    while True:
        try:
            copy = await away(store.back_up_daily)
        except StoreError as error:
            log.warning("%s; the store has no copy of today", error)
        else:
            if copy:
                log.info("the store was copied to %s", copy)
        await asyncio.sleep(LOOKED_FOR_COPY)


async def watch_folders(settings: Settings, changed: asyncio.Event) -> None:
    """Say that files changed as soon as they do; the regular look finds what this misses."""
    if not settings.coverage.refresh_minutes:
        return
    try:
        async for _ in awatch(*settings.coverage.folders, debounce=1000, step=200):
            changed.set()
    except (OSError, RuntimeError) as error:  # a system without enough watches
        log.warning("folders cannot be watched (%s); they are looked at regularly", error)


async def refresh_regularly(
    desk: Desk, minutes: float, tell: Tell, arrived: asyncio.Event | None = None
) -> None:
    """Look for new and changed files for as long as the bot runs; 0 minutes: only as they arrive.

    After each reading, `tell` is given what changed for the worse or back, often nothing.
    """
    before = await desk.standing()
    while minutes or arrived:
        await _wait_for_articles(minutes * 60, arrived)
        started = time.monotonic()
        after = await desk.reread(before)
        await tell(decide_alerts(before, after))
        before = after
        # However fast articles come, looking for them takes a part of one core and no more.
        rest = min(REST * (time.monotonic() - started), LONGEST_REST)
        await asyncio.sleep(rest if arrived else 0)


async def _wait_for_articles(seconds: float, arrived: asyncio.Event | None) -> None:
    """Wait until articles arrive, or for so many seconds (0: however long it takes)."""
    arrived = arrived or asyncio.Event()
    if await _wait_for(arrived, seconds or None):
        await asyncio.sleep(GATHERED)  # what comes together is read together
        arrived.clear()


async def _wait_for(event: asyncio.Event, seconds: float | None) -> bool:
    """Wait until something happens, at most so long, and forget it; whether it did."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    event.clear()
    return True
