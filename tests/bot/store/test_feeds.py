"""Feeds in the store: kept once for all, due in time, gone with the server that added them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.store.feed_records import Landing

if TYPE_CHECKING:
    from bot.store import Store
    from tests.bot.store.conftest import OpenStore

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
ADDRESS = "https://example.org/rss"


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    return open_store(lambda: NOON)


def due(store: Store) -> list[str]:
    return [feed.feed_id for feed in store.feeds.due(99)]


def test_a_feed_that_many_follow_is_kept_once(store: Store) -> None:
    for server_id in range(1, 500):
        store.feeds.follow(server_id, "wire", ADDRESS, most=9)
    assert due(store) == ["wire"]
    assert len(store.feeds.followers("wire")) == 499


def test_a_server_follows_no_more_than_it_may_and_one_feed_once(store: Store) -> None:
    assert [store.feeds.follow(1, feed_id, ADDRESS, most=2) for feed_id in "aabc"] == [
        True,
        True,
        True,
        False,
    ]


def test_each_server_sees_what_it_follows_and_what_is_shared(store: Store) -> None:
    store.feeds.add("all", ADDRESS, shared=True)
    store.feeds.add("hidden", ADDRESS)
    store.feeds.follow(1, "one", ADDRESS, most=9)
    assert store.feeds.visible_to(1) == {"", "all", "one"}
    assert store.feeds.visible_to(2) == store.feeds.visible_to(None) == {"", "all"}


def test_a_paused_feed_is_seen_and_not_fetched(store: Store) -> None:
    store.feeds.follow(1, "one", ADDRESS, most=9)
    store.feeds.pause_for(1, "one", paused=True)
    assert (due(store), store.feeds.visible_to(1)) == ([], frozenset({"", "one"}))


def test_a_feed_is_due_when_its_time_has_come(store: Store) -> None:
    store.feeds.add("wire", ADDRESS, shared=True)
    store.feeds.land("wire", Landing(next_at=(NOON + timedelta(hours=1)).timestamp()))
    assert due(store) == []
    assert store.feeds.next_due() == NOON + timedelta(hours=1)
    store.feeds.fail("wire", "answers 500", NOON.timestamp())
    assert due(store) == ["wire"]


def test_the_settings_own_feeds_come_and_go_with_the_settings(store: Store) -> None:
    store.feeds.add("by command", ADDRESS, shared=True)
    store.feeds.configure([("set", ADDRESS, "Set", True)])
    assert {feed.feed_id for feed in store.feeds.list_all()} == {"by command", "set"}
    store.feeds.configure([])
    assert {feed.feed_id for feed in store.feeds.list_all()} == {"by command"}


def test_a_server_that_the_bot_left_follows_nothing(store: Store) -> None:
    store.feeds.follow(1, "one", ADDRESS, most=9)
    store.servers.forget(1)
    assert (due(store), store.feeds.visible_to(1)) == ([], frozenset({""}))


def test_freshness_is_that_of_what_a_server_sees(store: Store) -> None:
    store.feeds.follow(1, "one", ADDRESS, most=9)
    store.feeds.land("one", Landing(next_at=0.0))
    store.feeds.follow(2, "two", ADDRESS, most=9)
    store.feeds.fail("two", "answers 500", 0.0)
    one, two = store.feeds.freshness(1), store.feeds.freshness(2)
    assert (one.feeds, one.failing, one.read_at) == (1, (), NOON)
    assert (two.feeds, two.read_at) == (1, None)
    assert [(feed.feed_id, feed.error) for feed in two.failing] == [("two", "answers 500")]
