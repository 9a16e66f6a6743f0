"""The feeds that are due, polled for as long as the bot runs: one at a time of each host."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from bot.feeds.addresses import host_of, mask_address
from bot.feeds.limits import LIMITS
from bot.store import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.feeds.polling import Poller, PollOutcome
    from bot.store import FeedRecord

BATCH = 200  # feeds taken up at once
LOOKED_EVERY = 20.0  # seconds, for feeds that another process added
DAY = 24 * 3600.0
STORE_PAUSE = 60.0  # seconds, where the store fails
log = logging.getLogger(__name__)


class FeedLoop:
    """Polls what is due; `arrived` is called after each poll that wrote articles."""

    def __init__(
        self,
        poller: Poller,
        arrived: Callable[[PollOutcome], None],
        *,
        at_once: int = LIMITS.at_once,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._poller, self._arrived, self._clock = poller, arrived, clock
        self._room = asyncio.Semaphore(at_once)
        self._hosts: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._silent_until: dict[str, float] = {}
        self._busy: set[str] = set()
        self._changed = asyncio.Event()

    def wake(self) -> None:
        """Look at once for feeds that are due: one was added."""
        self._changed.set()

    def turn_of(self, host: str) -> asyncio.Lock:
        """What whoever asks a host anything has to hold meanwhile."""
        return self._hosts.setdefault(host, asyncio.Lock())

    async def run(self) -> None:
        """Poll until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._changed.clear()
                try:
                    for feed in await self._list_due():
                        self._busy.add(feed.feed_id)
                        tasks.create_task(self._poll(feed))
                    wait = await self._measure_wait()
                except StoreError as error:
                    log.warning("%s; feeds are looked at again in %.0f s", error, STORE_PAUSE)
                    wait = STORE_PAUSE
                await self._sleep(wait)

    async def poll_due(self) -> list[PollOutcome]:
        """Poll what is due now, once."""
        return await self.poll_all(await self._list_due())

    async def poll_all(self, wanted: list[FeedRecord]) -> list[PollOutcome]:
        """Poll these feeds now, once, whether they are due or not."""
        self._busy |= {feed.feed_id for feed in wanted}
        outcomes = await asyncio.gather(*map(self._poll, wanted))
        return [outcome for outcome in outcomes if outcome is not None]

    async def _list_due(self) -> list[FeedRecord]:
        due = await self._poller.away(self._poller.store.due, BATCH)
        return [feed for feed in due if feed.feed_id not in self._busy]

    async def _measure_wait(self) -> float:
        """Seconds until the next feed is due, or until there is reason to look again."""
        if self._busy:
            return LOOKED_EVERY
        due = await self._poller.away(self._poller.store.next_due)
        left = due.timestamp() - self._clock() if due else LOOKED_EVERY
        return min(max(left, 0.1), LOOKED_EVERY)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return

    async def _poll(self, feed: FeedRecord) -> PollOutcome | None:
        """Poll one feed in its host's turn; none where the host wants to be left alone."""
        host = host_of(feed.address)
        try:
            async with self.turn_of(host), self._room:
                return await self._poll_unless_silent(feed, host)
        except StoreError as error:
            log.warning("%s; a feed is tried again in %.0f s", error, STORE_PAUSE)
            await asyncio.sleep(STORE_PAUSE)
            return None
        except Exception:  # a defect that one feed shows must not silence all the others
            log.exception("%s: this is a defect in Clippings", mask_address(feed.address))
            await self._poller.away(self._poller.store.fail, *self._give_up_today(feed))
            return None
        finally:
            self._busy.discard(feed.feed_id)
            self._changed.set()

    def _give_up_today(self, feed: FeedRecord) -> tuple[str, str, float]:
        return feed.feed_id, "meets a defect in Clippings; see the log", self._clock() + DAY

    async def _poll_unless_silent(self, feed: FeedRecord, host: str) -> PollOutcome | None:
        silent_until = self._silent_until.get(host, 0.0)
        if silent_until > self._clock():
            await self._poller.away(self._poller.store.postpone, feed.feed_id, silent_until)
            return None
        self._silent_until.pop(host, None)
        outcome = await self._poller.poll(feed)
        if outcome.silent_for:
            self._silent_until[host] = self._clock() + outcome.silent_for
        if outcome.new or outcome.edited:
            self._arrived(outcome)
        return outcome
