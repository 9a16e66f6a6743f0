"""Feeds added, listed, paused and removed, by a server's managers and by the operator."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.feeds.addresses import (
    AddressError,
    identify_feed,
    is_host_allowed,
    mask_address,
    parse_address,
)
from bot.feeds.entries import FeedError
from bot.feeds.fetching import FetchError
from bot.feeds.parsing import parse_feed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.feeds.entries import ParsedFeed
    from bot.feeds.polling import Poller
    from bot.settings import FeedSettings, FetchingSettings
    from bot.store import FeedRecord, Store
    from bot.store.feeds import Feeds

LOOKS_A_MINUTE, MINUTE = 10, 60.0  # of a server; by hand
FOLDERS = "*folders*"  # how the articles of no feed are called where a feed is to be named

RefusalReason = Literal[
    "address",  # cannot be fetched from, or gave no feed: `about` says why
    "off",  # the operator adds feeds, not the servers
    "host",  # not one that the operator allows
    "full",  # the server follows as many as it may
    "unknown",  # the server follows no such feed
    "several",  # more than one of its feeds is called so
    "channel",  # no channel that can be answered in
    "often",  # addresses were looked at faster than a person types them
]


class SubscriptionRefused(Exception):  # noqa: N818  # an outcome that a person is told
    """A feed that is not added, or not found; `about` is what the line speaks of."""

    def __init__(self, reason: RefusalReason, about: str = "") -> None:
        super().__init__(f"{reason} {about}".strip())
        self.reason = reason
        self.about = about


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A feed as one server sees it; `shared` ones are the operator's, for everybody."""

    feed: FeedRecord
    paused: bool
    shared: bool


class Subscriptions:
    """What a server follows; `added` is called once a feed waits to be fetched."""

    def __init__(
        self, store: Store, poller: Poller, rules: FetchingSettings, added: Callable[[], None]
    ) -> None:
        self._store, self._servers = store.feeds, store.servers
        self._poller, self._rules, self._added = poller, rules, added
        self._clock = poller.clock
        self._looks: dict[int, deque[float]] = {}

    async def preview(self, typed: str) -> tuple[str, ParsedFeed]:
        """The address as it would be kept, and what the feed holds; keeps nothing.

        Raises SubscriptionRefused.
        """
        return await look_at(self._poller, typed)

    async def preview_for(self, server_id: int, typed: str) -> ParsedFeed:
        """What a feed holds that a server might follow; raises SubscriptionRefused."""
        self._check(server_id, typed)
        _, parsed = await self.preview(typed)
        return parsed

    def _check(self, server_id: int, typed: str) -> None:
        """Raise SubscriptionRefused where a server may not look at an address, or not now."""
        if not self._rules.self_service:
            raise SubscriptionRefused("off")
        looks = self._looks.setdefault(server_id, deque(maxlen=LOOKS_A_MINUTE))
        now = self._clock()
        if len(looks) == LOOKS_A_MINUTE and now - looks[0] < MINUTE:
            raise SubscriptionRefused("often")
        looks.append(now)
        try:
            address = parse_address(typed)
        except AddressError as error:
            raise SubscriptionRefused("address", str(error)) from None
        if not is_host_allowed(address, self._rules.hosts):
            raise SubscriptionRefused("host", ", ".join(self._rules.hosts))

    async def add(self, server_id: int, typed: str) -> tuple[FeedRecord, ParsedFeed]:
        """Let a server follow a feed that could be fetched just now; raises SubscriptionRefused."""
        self._check(server_id, typed)
        address, parsed = await self.preview(typed)
        feed_id, most = identify_feed(address), self._rules.per_server
        follow = self._store.follow
        if not await self._poller.away(follow, server_id, feed_id, address, most=most):
            raise SubscriptionRefused("full", str(most))
        self._added()
        feed = await self._poller.away(self._store.read, feed_id)
        if feed is None:
            raise SubscriptionRefused("unknown")
        return feed, parsed

    def list_for(self, server_id: int) -> tuple[Followed, ...]:
        """What a server sees: its own feeds, then those that the operator shares."""
        return list_seen(self._store, server_id)

    def find_for(self, server_id: int, called: str, *, own: bool = False) -> FeedRecord:
        """The feed that a server calls so, `own` of those it added; raises SubscriptionRefused."""
        listed = (f for f in self.list_for(server_id) if not (own and f.shared))
        return find_feed_called(called, [followed.feed for followed in listed])

    def remove_for(self, server_id: int, called: str) -> FeedRecord:
        """Let a server follow a feed no more; raises SubscriptionRefused."""
        feed = self.find_for(server_id, called, own=True)
        self._store.unfollow(server_id, feed.feed_id)
        return feed

    def turn_pause(self, server_id: int, called: str) -> tuple[FeedRecord, bool]:
        """Let a feed rest for a server, or end its rest, and say whether it rests now.

        Raises SubscriptionRefused.
        """
        feed = self.find_for(server_id, called, own=True)
        resting = dict(self._store.list_followed(server_id))[feed]
        self._store.pause_for(server_id, feed.feed_id, paused=not resting)
        return feed, not resting

    def turn_in_channel(self, server_id: int, channel_id: int, called: str) -> tuple[str, ...]:
        """Take a feed up among those that a channel is answered from, or out of them.

        The names of those it is answered from now, "" for the articles of no feed; none for all
        that the server sees. Raises SubscriptionRefused.
        """
        wanted = "" if called == FOLDERS else self.find_for(server_id, called).feed_id
        settings = self._servers.read(server_id)
        changed = settings.with_feeds(
            channel_id, (settings.feeds_of(channel_id) or frozenset()) ^ {wanted}
        )
        self._servers.write(server_id, changed)
        seen = {each.feed.feed_id: name_feed(each.feed) for each in self.list_for(server_id)}
        chosen = changed.feeds_of(channel_id) or frozenset()
        return tuple(sorted(seen.get(feed_id, "") for feed_id in chosen if feed_id in {"", *seen}))

    def explain_for(self, server_id: int, called: str) -> tuple[FeedRecord, int]:
        """A feed that a server sees, and how many entries it had; raises SubscriptionRefused."""
        feed = self.find_for(server_id, called)
        return feed, self._store.count_entries(feed.feed_id)


def list_seen(store: Feeds, server_id: int) -> tuple[Followed, ...]:
    """What a server sees: its own feeds, then those that the operator shares."""
    own = [
        Followed(feed=feed, paused=paused, shared=False)
        for feed, paused in store.list_followed(server_id)
    ]
    known = {followed.feed.feed_id for followed in own}
    shared = (
        Followed(feed=feed, paused=feed.paused, shared=True)
        for feed in store.list_shared()
        if feed.feed_id not in known
    )
    return (*own, *shared)


async def look_at(poller: Poller, typed: str) -> tuple[str, ParsedFeed]:
    """The address that a feed would be kept by, and what it holds; raises SubscriptionRefused."""
    try:
        address, fetched = await poller.fetch_feed(parse_address(typed))
        body, content_type = fetched.body or b"", fetched.content_type
        parsed = await poller.away(parse_feed, body, fetched.address, content_type)
    except (AddressError, FetchError, FeedError) as error:
        raise SubscriptionRefused("address", str(error)) from None
    return address, parsed


def keep_configured(store: Feeds, feeds: Iterable[FeedSettings]) -> tuple[str, ...]:
    """Keep the feeds of the settings in place of those kept before; a line for each refused."""
    kept: dict[str, tuple[str, str, str, bool]] = {}
    refused = []
    for feed in feeds:
        try:
            address = parse_address(feed.address)
        except AddressError as error:
            refused.append(f"feeds: {feed.name or 'a feed without a name'}: {error}")
            continue
        kept[identify_feed(address)] = (identify_feed(address), address, feed.name, feed.shared)
    store.configure(kept.values())
    return tuple(refused)


def name_feed(feed: FeedRecord) -> str:
    """What a feed is called: by the operator, else by itself, else its address without secrets."""
    return feed.name or feed.title or mask_address(feed.address)


def find_feed_called(called: str, feeds: Iterable[FeedRecord]) -> FeedRecord:
    """The feed of that id, address or name, else the one whose name holds the words.

    Raises SubscriptionRefused where there is none, or more than one.
    """
    listed = tuple(feeds)
    try:
        wanted = identify_feed(parse_address(called))
    except AddressError:
        wanted = ""
    for feed in listed:
        if feed.feed_id in {wanted, called}:
            return feed
    words = called.casefold().strip()
    exact = [feed for feed in listed if name_feed(feed).casefold() == words]
    near = exact or [
        f for f in listed if words and words in f"{name_feed(f)} {f.feed_id}".casefold()
    ]
    if len(near) != 1:
        raise SubscriptionRefused("several" if near else "unknown", called[:100])
    return near[0]
