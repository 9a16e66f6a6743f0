"""Saved queries and digests by server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store.outbox import Order

if TYPE_CHECKING:
    from bot.store import Store
    from tests.bot.store.conftest import OpenStore


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    return open_store()


def test_a_query_is_kept_once_a_channel_and_so_many_a_server(store: Store) -> None:
    first = store.watches.add(1, 10, "lamps", most=2)
    assert store.watches.add(1, 10, "lamps", most=2) == first
    assert store.watches.add(1, 11, "lamps", most=2)
    assert store.watches.add(1, 12, "lamps", most=2) is None
    assert store.watches.add(2, 12, "lamps", most=2)


def test_a_server_reads_and_removes_its_own_alone(store: Store) -> None:
    watch = store.watches.add(1, 10, "lamps", most=9)
    assert watch is not None
    assert store.watches.read(2, watch.watch_id) is None
    assert not store.watches.remove(2, watch.watch_id)
    assert store.watches.remove(1, watch.watch_id)


def test_what_waits_of_a_removed_query_is_not_sent(store: Store) -> None:
    watch = store.watches.add(1, 10, "lamps", most=9)
    assert watch is not None
    order = Order(server_id=1, channel_id=10, kind="alert", content={}, watch_id=watch.watch_id)
    store.outbox.commit([order], ())
    store.watches.remove(1, watch.watch_id)
    assert store.outbox.due(9) == ()


def test_the_version_changes_with_every_change(store: Store) -> None:
    seen = {store.watches.version()}
    watch = store.watches.add(1, 10, "lamps", most=9)
    assert watch is not None
    seen.add(store.watches.version())
    store.watches.pause(1, watch.watch_id, paused=True)
    seen.add(store.watches.version())
    store.watches.add(1, 10, "tower", most=9)
    seen.add(store.watches.version())
    store.watches.add(1, 10, "lamps", role_id=7, most=9)
    seen.add(store.watches.version())
    store.watches.remove(1, watch.watch_id)
    seen.add(store.watches.version())
    assert len(seen) == 6


def test_a_query_mentions_the_role_that_was_named_last(store: Store) -> None:
    first = store.watches.add(1, 10, "lamps", role_id=7, most=9)
    again = store.watches.add(1, 10, "lamps", role_id=8, most=9)
    assert first is not None
    assert again is not None
    assert (first.role_id, again.role_id) == (7, 8)
    assert store.watches.list_for(1) == (again,)
