"""The saved queries and digests of servers, as those who manage them add and remove them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from bot.feeds.digests import DigestError, find_next, parse_minute, parse_zone
from bot.feeds.limits import LIMITS
from bot.feeds.queries import QueryError, Words, parse_query
from bot.feeds.subscriptions import find_feed_called, list_seen
from bot.store.outbox import Order
from bot.store.watches import Digest
from retrieval import match_outlet
from retrieval.model import Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.feeds.queries import SavedQuery
    from bot.settings import AlertsSettings
    from bot.store import Store
    from bot.store.followed_questions import FollowedQuestion
    from bot.store.watches import Watch
    from retrieval.coverage import Coverage
    from retrieval.model import Article

TESTED = timedelta(days=7)
SHOWN = 10

WatchRefusal = Literal[
    "query", "full", "outlet", "number", "time", "none", "channel", "role",
    "question", "no_question",
    "questions",  # as many are followed as may be
    "off",  # the operator fetches nothing
]  # fmt: skip


class WatchRefused(Exception):  # noqa: N818  # an outcome that a person is told
    """A query or a digest that is not kept; `about` is what the line speaks of."""

    def __init__(self, reason: WatchRefusal, about: str = "") -> None:
        super().__init__(f"{reason} {about}".strip())
        self.reason = reason
        self.about = about


class Watchlist:
    """Every method is synchronous and quick, but `test`, which reads a week; call off the loop."""

    def __init__(
        self,
        coverage: Coverage,
        store: Store,
        rules: AlertsSettings,
        clock: Callable[[], datetime],
    ) -> None:
        self._coverage, self._store, self._rules, self._clock = coverage, store, rules, clock

    def add(  # what a query is made of
        self,
        server_id: int,
        channel_id: int,
        query: str,
        outlet: str = "",
        role_id: int | None = None,
    ) -> Watch:
        """Keep a query; raises WatchRefused."""
        _check(query)
        known = self._name_outlet(server_id, outlet)
        most = self._rules.per_server
        words = " ".join(query.split())
        watch = self._store.watches.add(
            server_id, channel_id, words, outlet=known, role_id=role_id, most=most
        )
        if watch is None:
            raise WatchRefused("full", str(most))
        return watch

    def list_for(self, server_id: int) -> tuple[Watch, ...]:
        """A server's queries, the oldest first."""
        return self._store.watches.list_for(server_id)

    def remove(self, server_id: int, number: int) -> Watch:
        """Drop a query; raises WatchRefused."""
        watch = self._read(server_id, number)
        self._store.watches.remove(server_id, number)
        return watch

    def turn_pause(self, server_id: int, number: int) -> tuple[Watch, bool]:
        """Let a query rest or end its rest, and say whether it rests now; raises WatchRefused."""
        watch = self._read(server_id, number)
        self._store.watches.pause(server_id, number, paused=not watch.paused)
        return watch, not watch.paused

    def test(self, server_id: int, query: str) -> tuple[int, tuple[Article, ...]]:
        """How many articles of the last week match, and the newest of them; raises WatchRefused."""
        saved = _check(query)
        seen = self._see(server_id)
        today = self._clock().date()
        lately = seen.snapshot.articles_between(Window(today - TESTED, today))
        found = [article for article in lately if saved.matches(Words(article))]
        return len(found), tuple(found[: -SHOWN - 1 : -1])

    def explain(self, server_id: int | None, token: str) -> Watch | FollowedQuestion | None:
        """The query or question that brought a message of the outbox, none where it is gone."""
        parcel = self._store.outbox.read(token)
        if parcel is None or server_id is None or parcel.server_id != server_id:
            return None
        if parcel.kind == "answer":
            return self._store.questions.read(server_id, parcel.content["question"])
        return self._store.watches.read(server_id, parcel.watch_id)

    def keep_digest(  # noqa: PLR0913, PLR0917  # what a digest is made of
        self,
        server_id: int,
        channel_id: int,
        time: str,
        zone: str,
        weekday: int | None,
        feeds: str = "",
    ) -> Digest:
        """Post a digest in a channel from now on.

        The `zone` given is the server's from now on, "" leaves what it is; `feeds` are names with
        commas between them, "" for all. Raises WatchRefused and SubscriptionRefused.
        """
        place = self._settle_zone(server_id, zone)
        minute = parse_time(time)
        seen = [each.feed for each in list_seen(self._store.feeds, server_id)]
        names = [name for name in map(str.strip, feeds.split(",")) if name]
        now = self._clock()
        digest = Digest(
            server_id=server_id,
            channel_id=channel_id,
            weekday=weekday,
            minute=minute,
            zone=place,
            since=now - (timedelta(days=1) if weekday is None else timedelta(days=7)),
            next_at=find_next(now, minute, place, weekday),
            feeds=frozenset(find_feed_called(name, seen).feed_id for name in names),
        )
        self._store.digests.keep(digest)
        return digest

    def keep_quiet(self, server_id: int, start: str, end: str, zone: str) -> str:
        """Post nothing between two times of a day; the zone they are in. Raises WatchRefused."""
        first, last = parse_time(start), parse_time(end)
        place = self._settle_zone(server_id, zone)
        settings = self._store.servers.read(server_id)
        changed = replace(settings, quiet_from=first, quiet_until=last)
        self._store.servers.write(server_id, changed)
        return place

    def _settle_zone(self, server_id: int, zone: str) -> str:
        """The server's time zone, the one given from now on."""
        settings = self._store.servers.read(server_id)
        if not zone.strip():
            return settings.zone
        try:
            place = parse_zone(zone)
        except DigestError as error:
            raise WatchRefused("time", str(error)) from None
        if place != settings.zone:
            self._store.servers.write(server_id, replace(settings, zone=place))
        return place

    def remove_digest(self, server_id: int, channel_id: int) -> None:
        """Post no digest in a channel any more; raises WatchRefused where there was none."""
        if not self._store.digests.remove(server_id, channel_id):
            raise WatchRefused("none")

    def _read(self, server_id: int, number: int) -> Watch:
        watch = self._store.watches.read(server_id, number)
        if watch is None:
            raise WatchRefused("number", str(number))
        return watch

    def _see(self, server_id: int) -> Coverage:
        return self._coverage.visible_to(self._store.visible_to(server_id))

    def _name_outlet(self, server_id: int, typed: str) -> str:
        if not typed.strip():
            return ""
        named = match_outlet(typed, self._see(server_id).snapshot.outlets)
        if not named:
            raise WatchRefused("outlet", typed[:100])
        return named


def parse_time(text: str) -> int:
    """Minutes from midnight of a time; raises WatchRefused."""
    try:
        return parse_minute(text)
    except DigestError as error:
        raise WatchRefused("time", str(error)) from None


def tell_failing(store: Store, clock: Callable[[], datetime]) -> int:
    """Tell the followers of feeds that fail for a day, once, where they want to be told."""
    failing = store.feeds.failing_untold(clock().timestamp() - LIMITS.told_after)
    for feed in failing:
        servers = store.feeds.followers(feed.feed_id)
        channels = (
            (server_id, store.servers.read(server_id).alert_channel) for server_id in servers
        )
        orders = [
            Order(
                server_id=server_id,
                channel_id=channel_id,
                kind="failing",
                content={"feed": feed.feed_id},
            )
            for server_id, channel_id in channels
            if channel_id is not None
        ]
        store.outbox.commit_failing(orders, feed.feed_id)
    return len(failing)


def _check(query: str) -> SavedQuery:
    try:
        return parse_query(query)
    except QueryError as error:
        raise WatchRefused("query", str(error)) from None
