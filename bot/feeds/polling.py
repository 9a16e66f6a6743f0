"""One feed polled: fetched, read, compared with what is known, written, and kept in the store."""

from __future__ import annotations

import logging
import time
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

from bot.feeds.addresses import host_of, is_host_allowed, mask_address
from bot.feeds.coverage_files import EntryFile, name_file, place_entries, stage_files
from bot.feeds.discovery import find_feed
from bot.feeds.entries import FeedError
from bot.feeds.fetching import FetchError
from bot.feeds.identity import identify_entries
from bot.feeds.limits import LIMITS
from bot.feeds.parsing import is_page, parse_feed
from bot.feeds.schedule import PACE, choose_backoff, choose_interval, jitter
from bot.feeds.validators import Validators
from bot.store.feed_records import Landing, StoredEntry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from bot.feeds.entries import ParsedFeed
    from bot.feeds.fetching import Fetched, Fetcher
    from bot.feeds.identity import Identified
    from bot.store import FeedRecord
    from bot.store.feeds import Feeds
    from bot.store.pages import Pages

Args = ParamSpec("Args")
Result = TypeVar("Result")
log = logging.getLogger(__name__)


class Away(Protocol):
    """The way off the event loop: runs work elsewhere and gives its result."""

    def __call__(
        self, work: Callable[Args, Result], /, *args: Args.args, **named: Args.kwargs
    ) -> Awaitable[Result]:
        """Run the work."""


class RunAside(Protocol):
    """The way to another process: runs work there and waits for it."""

    def __call__(self, work: Callable[..., Result], /, *args: object) -> Result:
        """Run the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """What one poll brought: entries that are new, and edited ones; `error` is "" where it went.

    `silent_for` is how many seconds the host wants to be left alone by all its feeds, 0 for none.
    """

    feed_id: str
    new: int = 0
    edited: int = 0
    error: str = ""
    silent_for: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Poller:
    """Polls feeds into a folder; `shortest` is the least time in seconds between two polls.

    Large feeds are parsed `aside`, where there is such a way, so that answers keep their pace.
    Where there are `pages`, those of short entries are wanted, of these hosts if any are named.
    """

    store: Feeds
    fetcher: Fetcher
    folder: Path
    away: Away
    aside: RunAside | None = None
    pages: Pages | None = None
    page_hosts: tuple[str, ...] = ()
    shortest: float = 600.0
    clock: Callable[[], float] = time.time
    random: Random = field(default_factory=Random)

    async def poll(self, feed: FeedRecord) -> PollOutcome:
        """Poll one feed; a failure is kept with the feed and a line in the log, never raised."""
        known = Validators(etag=feed.etag, modified=feed.modified, digest=feed.digest)
        try:
            _, fetched = await self.fetch_feed(feed.address, known)
            return await self.away(self._land, feed, fetched)
        except FetchError as error:
            return await self.away(self._fail, feed, error)
        except FeedError as error:
            return await self.away(self._fail, feed, FetchError(str(error)))
        except OSError as error:  # a full disk, a folder without rights
            reason = f"cannot be kept on this machine: {error.strerror or type(error).__name__}"
            return await self.away(self._fail, feed, FetchError(reason))

    async def fetch_feed(
        self, address: str, known: Validators | None = None
    ) -> tuple[str, Fetched]:
        """Fetch a feed, or the one that a page at this address names, and say its own address.

        Raises FetchError.
        """
        fetched = await self.fetcher.fetch(address, known)
        if fetched.body is None or not is_page(fetched.body):
            return address, fetched
        named = await self.away(find_feed, fetched.body, fetched.address)
        if not named:
            raise FetchError("is a page that names no feed")
        return named, await self.fetcher.fetch(named, known)

    def _land(self, feed: FeedRecord, fetched: Fetched) -> PollOutcome:
        if fetched.body is None:
            published = self.store.read_dates(feed.feed_id, PACE)
            next_at = self._schedule(feed.every, fetched.fresh_for, published)
            self.store.land(feed.feed_id, Landing(next_at=next_at, unchanged=True))
            return PollOutcome(feed_id=feed.feed_id)
        parsed = self._parse(fetched.body, fetched)
        if parsed.warning:
            log.warning("%s %s", mask_address(feed.address), parsed.warning)
        return self._keep(feed, fetched, parsed)

    def _parse(self, body: bytes, fetched: Fetched) -> ParsedFeed:
        if self.aside is None or len(body) < LIMITS.apart_bytes:
            return parse_feed(body, fetched.address, fetched.content_type)
        try:
            return self.aside(parse_feed, body, fetched.address, fetched.content_type)
        except BrokenProcessPool:
            raise FeedError("ended the process that read it; it asks for too much") from None

    def _keep(self, feed: FeedRecord, fetched: Fetched, parsed: ParsedFeed) -> PollOutcome:
        """Write the files, then the store: a kill in between costs only another poll."""
        identified = identify_entries(parsed.entries, self.store.read_entries(feed.feed_id))
        changed = [one for one in identified if one.known is None or one.edited]
        believed = {one.key: self._believe(one, feed) for one in identified}
        planned = (self._plan_file(one, feed, parsed, believed[one.key]) for one in changed)
        files = [file for file in planned if file is not None]
        self._stage(files)
        place_entries([file.path for file in files])
        self._want_pages(feed, changed)
        self.store.land(feed.feed_id, self._describe(feed, fetched, parsed, identified, believed))
        new = sum(one.known is None for one in changed)
        if changed:
            edited = len(changed) - new
            log.info("%s: entries: %d new, %d edited", mask_address(feed.address), new, edited)
        return PollOutcome(feed_id=feed.feed_id, new=new, edited=len(changed) - new)

    def _want_pages(self, feed: FeedRecord, changed: list[Identified]) -> None:
        """Have the pages fetched of entries that hold the beginning alone."""
        if self.pages is None:
            return
        wanted = (
            (one.key, one.entry.url)
            for one in changed
            if one.entry.url
            and len(one.entry.text) < LIMITS.excerpt
            and is_host_allowed(one.entry.url, self.page_hosts)
        )
        self.pages.want(feed.feed_id, wanted)

    def _describe(  # all that a landing is made of
        self,
        feed: FeedRecord,
        fetched: Fetched,
        parsed: ParsedFeed,
        identified: tuple[Identified, ...],
        believed: dict[str, datetime | None],
    ) -> Landing:
        dates = [moment.timestamp() for moment in believed.values() if moment]
        new = [one.key for one in identified if one.known is None]
        return Landing(
            next_at=self._schedule(parsed.every, fetched.fresh_for, dates),
            title=parsed.title,
            etag=fetched.validators.etag,
            modified=fetched.validators.modified,
            digest=fetched.validators.digest,
            every=parsed.every,
            seen=tuple(one.key for one in identified),
            entries=tuple(_to_store(one, believed[one.key]) for one in identified if _differs(one)),
            arrived=tuple(key for key in new if self._is_news(feed, believed[key])),
            newest_at=max(dates, default=None),
        )

    def _plan_file(
        self, one: Identified, feed: FeedRecord, parsed: ParsedFeed, published: datetime | None
    ) -> EntryFile | None:
        """What is to be written of an entry, none where its place is to stay empty."""
        path = name_file(self.folder, feed.feed_id, one.key)
        if one.known is not None and not path.exists():
            return None  # it was taken out of the archive, and an edit does not bring it back
        return EntryFile(
            path=path,
            entry=one.entry,
            feed_id=feed.feed_id,
            key=one.key,
            outlet=feed.name or parsed.title or host_of(feed.address).removeprefix("www."),
            published=published,
            language=parsed.language,
        )

    def _stage(self, files: list[EntryFile]) -> None:
        """Write files beside their places, many of them aside."""
        if self.aside is None or len(files) < LIMITS.apart_entries:
            stage_files(files)
            return
        try:
            self.aside(stage_files, files)
        except BrokenProcessPool:
            raise FeedError("ended the process that wrote it; it asks for too much") from None

    def _believe(self, one: Identified, feed: FeedRecord) -> datetime | None:
        """The day of an entry: the first that was given for it, none of the future.

        What comes undated, or dated ahead, after the first poll was published since the one before.
        """
        given = one.entry.published
        if one.known is not None and one.known.published is not None:
            zone = given.tzinfo if given else UTC
            return datetime.fromtimestamp(one.known.published, zone)
        now = datetime.fromtimestamp(self.clock(), UTC)
        if given is not None and (given - now).total_seconds() <= LIMITS.ahead:
            return given
        return now if given is not None or (feed.succeeded_at and one.known is None) else None

    def _is_news(self, feed: FeedRecord, published: datetime | None) -> bool:
        """Whether a new entry is worth telling: not on the first poll, and not if it is old."""
        if feed.succeeded_at is None or published is None:
            return False
        return self.clock() - published.timestamp() <= LIMITS.news_age

    def _schedule(self, every: float, fresh_for: float, published: Sequence[float]) -> float:
        """When to ask again after a success, in seconds since 1970."""
        interval = choose_interval(
            every=every, fresh_for=fresh_for, published=published, shortest=self.shortest
        )
        return self.clock() + jitter(interval, self.random)

    def _fail(self, feed: FeedRecord, error: FetchError) -> PollOutcome:
        wait = choose_backoff(
            feed.failures + 1,
            retry_after=error.retry_after,
            status=error.status,
            shortest=self.shortest,
        )
        wait = jitter(wait, self.random)
        self.store.fail(feed.feed_id, error.reason, self.clock() + wait)
        again = datetime.fromtimestamp(self.clock() + wait, UTC)
        log.warning(
            "%s %s; tried again at %s UTC",
            mask_address(feed.address),
            error.reason,
            again.strftime("%d %b %H:%M"),
        )
        silent = wait if error.status in {403, 429} else 0.0
        return PollOutcome(feed_id=feed.feed_id, error=error.reason, silent_for=silent)


def _differs(one: Identified) -> bool:
    """Whether the store knows an entry otherwise, or not at all."""
    known = one.known
    return known is None or (known.guid, known.address, known.fingerprint) != (
        one.guid,
        one.address,
        one.fingerprint,
    )


def _to_store(one: Identified, published: datetime | None) -> StoredEntry:
    return StoredEntry(
        key=one.key,
        guid=one.guid,
        address=one.address,
        fingerprint=one.fingerprint,
        title=one.entry.title,
        published=published.timestamp() if published else None,
    )
