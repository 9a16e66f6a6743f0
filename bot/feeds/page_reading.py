"""The pages of entries whose feed gives the beginning alone, read where robots.txt allows it."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import defaultdict
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.feeds.addresses import host_of, mask_address
from bot.feeds.coverage_files import name_file, place_entries, read_text, replace_text, stage_entry
from bot.feeds.fetching import FetchError
from bot.feeds.robots import Robots
from bot.store import StoreError
from retrieval import parse_page_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from bot.feeds.polling import Poller
    from bot.store import Store
    from bot.store.pages import WantedPage

BATCH = 200  # pages taken up at once
AT_ONCE = 4  # hosts
LOOKED_EVERY = 10.0  # seconds
STORE_PAUSE = 60.0  # seconds, where the store fails
TRIES = (600.0, 3600.0, 6 * 3600.0)  # seconds before each further try of a page
REFUSED = frozenset((403, 429))  # what ends the pages of a host for now
GONE = frozenset((401, 402, 404, 410, 451))
LONGEST_HELD = 3600.0  # seconds, of what a host asks for
# A page is taken for the article where it says more, and this share of what the feed says too:
# others are notices on cookies, forms to log in, the front page.
SHARED = 0.5
_WORD = re.compile(r"\w{3,}")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of one page: words to log, "" where it was read; `held` seconds for its host."""

    failure: str = ""
    final: bool = False
    held: float = 0.0


class PageReader:
    """Puts the text of pages into the files of their entries; `arrived` is called after some.

    `turn_of` gives what is held while a host is asked, so that its feeds and pages take turns.
    """

    def __init__(
        self,
        store: Store,
        poller: Poller,
        turn_of: Callable[[str], asyncio.Lock],
        arrived: Callable[[], None],
    ) -> None:
        self._store, self._poller = store, poller
        self._turn_of, self._arrived = turn_of, arrived
        self._robots = Robots(poller.fetcher, poller.clock)
        self._room = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Read for as long as the bot runs."""
        while True:
            wait = LOOKED_EVERY
            try:
                await self.read_due()
            except StoreError as error:
                log.warning("%s; pages are looked at again in %.0f s", error, STORE_PAUSE)
                wait = STORE_PAUSE
            await asyncio.sleep(wait)

    async def read_due(self) -> int:
        """Read the pages that are due, each host's one after another; how many were read."""
        due = await self._poller.away(self._store.pages.due, BATCH)
        by_host: dict[str, list[WantedPage]] = defaultdict(list)
        for page in due:
            by_host[host_of(page.address)].append(page)
        counts = await asyncio.gather(*(self._read_host(pages) for pages in by_host.values()))
        return sum(counts)

    async def _read_host(self, pages: Sequence[WantedPage]) -> int:
        read = 0
        async with self._room:
            for number, page in enumerate(pages):
                async with self._turn_of(host_of(page.address)):
                    outcome = await self._read(page)
                await self._poller.away(self._note, page, outcome)
                if not outcome.failure:
                    read += 1
                    self._arrived()
                if outcome.held:
                    await self._poller.away(self._hold, pages[number + 1 :], outcome.held)
                    break
                if number + 1 < len(pages):
                    await asyncio.sleep(await self._robots.delay(page.address))
        return read

    async def _read(self, page: WantedPage) -> _Read:
        if not await self._robots.may_fetch(page.address):
            return _Read("robots.txt of its host forbids it", final=True)
        try:
            fetched = await self._poller.fetcher.fetch(page.address)
            return await self._poller.away(self._take, page, fetched.body or b"")
        except FetchError as error:
            held = min(error.retry_after or LONGEST_HELD, LONGEST_HELD)
            return _Read(
                error.reason,
                final=error.status in GONE,
                held=held if error.status in REFUSED else 0.0,
            )
        except OSError as error:  # a full disk
            return _Read(f"cannot be kept on this machine: {error.strerror}")

    def _take(self, page: WantedPage, body: bytes) -> _Read:
        """Put the text of a page into the file of its entry."""
        path = name_file(self._poller.folder, page.feed_id, page.key)
        if not path.exists():
            return _Read("its entry was taken out of the archive", final=True)
        try:
            text = self._parse(body)
        except BrokenProcessPool:
            return _Read("ended the process that read it", final=True)
        before = read_text(path)
        if not is_article(text, before):
            return _Read("shows no article that says more than the feed", final=True)
        replace_file(path, text)
        return _Read()

    def _parse(self, body: bytes) -> str:
        if self._poller.aside is None:
            return parse_page_text(body)
        return self._poller.aside(parse_page_text, body)

    def _note(self, page: WantedPage, outcome: _Read) -> None:
        if not outcome.failure:
            self._store.pages.drop(page)
            return
        log.info("the page %s %s", mask_address(page.address), outcome.failure)
        if outcome.final or page.attempts >= len(TRIES):
            self._store.pages.drop(page)
        else:
            self._store.pages.postpone(page, max(TRIES[page.attempts], outcome.held))

    def _hold(self, pages: Iterable[WantedPage], seconds: float) -> None:
        for page in pages:
            self._store.pages.postpone(page, seconds)


def replace_file(path: Path, text: str) -> None:
    """Put other words in the place of those of a coverage file, all at once."""
    stage_entry(path, replace_text(path.read_text(encoding="utf-8"), text))
    place_entries([path])


def is_article(text: str, excerpt: str) -> bool:
    """Whether a page says what a feed began to say, and more."""
    if len(text) <= len(excerpt):
        return False
    wanted = set(_WORD.findall(excerpt.casefold()))
    return len(wanted & set(_WORD.findall(text.casefold()))) >= SHARED * len(wanted)
