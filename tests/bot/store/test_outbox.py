"""The outbox: what is kept with what it came of, and noted in every state it goes through."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.store.feed_records import Landing
from bot.store.outbox import HELD, Order
from bot.store.watches import Digest

if TYPE_CHECKING:
    from bot.store import Store
    from tests.bot.store.conftest import OpenStore

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
ORDER = Order(server_id=1, channel_id=2, kind="alert", content={"articles": ["a"]}, watch_id=3)


class Clock:
    """A clock that a test turns."""

    now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock, open_store: OpenStore) -> Store:
    return open_store(clock)


def test_messages_are_kept_with_the_arrivals_they_came_of(store: Store) -> None:
    store.feeds.add("wire", "https://example.org/rss")
    store.feeds.land("wire", Landing(next_at=0.0, arrived=("one", "two")))
    store.outbox.commit([ORDER], [("wire", "one")])
    assert [key for _, key, _ in store.feeds.read_arrivals(9)] == ["two"]
    assert len(store.outbox.due(9)) == 1


def test_where_one_message_cannot_be_kept_nothing_is(store: Store) -> None:
    store.feeds.add("wire", "https://example.org/rss")
    store.feeds.land("wire", Landing(next_at=0.0, arrived=("one",)))
    broken = Order(server_id=1, channel_id=2, kind="alert", content={"x": object()})
    with pytest.raises(TypeError):
        store.outbox.commit([ORDER, broken], [("wire", "one")])
    assert len(store.feeds.read_arrivals(9)) == 1
    assert store.outbox.due(9) == ()


def test_a_message_goes_from_waiting_by_sending_to_sent(store: Store, clock: Clock) -> None:
    store.outbox.commit([ORDER], ())
    (parcel,) = store.outbox.due(9)
    assert store.outbox.begin(parcel)
    assert store.outbox.due(9) == ()
    clock.now += timedelta(seconds=HELD)
    (begun,) = store.outbox.due(9)
    assert (begun.state, begun.attempts, begun.tried_at) == ("sending", 1, NOON)
    store.outbox.finish(parcel, 77)
    sent = store.outbox.read(parcel.token)
    assert sent is not None
    assert (sent.state, sent.message_id) == ("sent", 77)


def test_what_is_added_while_it_is_sent_is_not_lost(store: Store) -> None:
    store.outbox.commit([ORDER], ())
    (parcel,) = store.outbox.due(9)
    store.outbox.begin(parcel)
    more = Order(
        server_id=1,
        channel_id=2,
        kind="alert",
        content={"articles": ["a", "b"]},
        token=parcel.token,
    )
    store.outbox.commit([more], ())
    store.outbox.finish(parcel, 77)
    (again,) = store.outbox.due(9)
    assert (again.message_id, again.content) == (77, {"articles": ["a", "b"]})


def test_what_was_sent_is_forgotten_in_time(store: Store, clock: Clock) -> None:
    store.outbox.commit([ORDER], ())
    (parcel,) = store.outbox.due(9)
    store.outbox.begin(parcel)
    store.outbox.finish(parcel, 77)
    clock.now += timedelta(days=15)
    store.outbox.commit([], ())
    assert store.outbox.read(parcel.token) is None


def test_what_waits_is_never_forgotten(store: Store, clock: Clock) -> None:
    store.outbox.commit([ORDER], ())
    clock.now += timedelta(days=60)
    store.outbox.commit([], ())
    assert len(store.outbox.due(9)) == 1


def test_a_server_that_the_bot_left_is_sent_nothing(store: Store) -> None:
    store.outbox.commit([ORDER], ())
    store.servers.forget(1)
    assert store.outbox.due(9) == ()


def test_of_two_that_tell_of_the_same_arrivals_the_first_does(store: Store) -> None:
    store.feeds.add("wire", "https://example.org/rss")
    store.feeds.land("wire", Landing(next_at=0.0, arrived=("one", "two")))
    assert store.outbox.commit([ORDER], [("wire", "one")])
    assert not store.outbox.commit([ORDER], [("wire", "two"), ("wire", "one")])
    assert len(store.outbox.due(9)) == 1
    assert [key for _, key, _ in store.feeds.read_arrivals(9)] == ["two"]


def test_of_two_that_plan_one_digest_the_first_does(store: Store) -> None:
    digest = Digest(
        server_id=1, channel_id=2, weekday=None, minute=0, zone="UTC", since=NOON, next_at=NOON
    )
    store.digests.keep(digest)
    following = replace(digest, next_at=NOON + timedelta(days=1))
    order = replace(ORDER, kind="digest")
    assert store.outbox.commit_digest(order, following)
    assert not store.outbox.commit_digest(order, following)
    assert len(store.outbox.due(9)) == 1


def test_of_two_that_tell_of_a_failing_feed_the_first_does(store: Store) -> None:
    store.feeds.add("wire", "https://example.org/rss")
    order = replace(ORDER, kind="failing")
    assert store.outbox.commit_failing([order], "wire")
    assert not store.outbox.commit_failing([order], "wire")
    assert len(store.outbox.due(9)) == 1


def test_of_two_that_send_one_message_the_first_does(store: Store) -> None:
    store.outbox.commit([ORDER], ())
    (parcel,) = store.outbox.due(9)
    assert store.outbox.begin(parcel)
    assert not store.outbox.begin(parcel)
    store.outbox.finish(parcel, 77)
    assert not store.outbox.begin(parcel)


def test_each_process_is_given_what_its_shards_serve(store: Store) -> None:
    orders = [replace(ORDER, server_id=(1000 + shard) << 22) for shard in range(4)]
    store.outbox.commit(orders, ())
    served = [
        sorted(p.server_id >> 22 for p in store.outbox.due(9, (first, last, 4)))
        for first, last in ((0, 0), (1, 3))
    ]
    assert served == [[1000], [1001, 1002, 1003]]
    assert store.outbox.count_waiting() == 4
