"""What only one process may do: held by one, kept by renewing it, free again once that ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.store import Store
    from tests.bot.store.conftest import OpenStore

NOON = datetime(2031, 5, 20, 12, tzinfo=UTC)


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


def test_one_holds_a_name_until_its_time_is_up(store: Store, clock: Clock) -> None:
    assert store.leases.claim("ingest", "first", 10)
    assert not store.leases.claim("ingest", "second", 10)
    clock.now += timedelta(seconds=11)
    assert store.leases.claim("ingest", "second", 10)
    assert not store.leases.claim("ingest", "first", 10)


def test_who_holds_a_name_can_keep_it(store: Store, clock: Clock) -> None:
    for _ in range(5):
        assert store.leases.claim("ingest", "first", 10)
        clock.now += timedelta(seconds=8)
    assert not store.leases.claim("ingest", "second", 10)


def test_a_name_that_is_let_go_is_free_at_once(store: Store) -> None:
    assert store.leases.claim("ingest", "first", 10)
    store.leases.release("ingest", "second")  # which it does not hold
    assert not store.leases.claim("ingest", "second", 10)
    store.leases.release("ingest", "first")
    assert store.leases.claim("ingest", "second", 10)


def test_of_many_at_one_moment_one_gets_it(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda n: store.leases.claim("ingest", str(n), 10), range(40)))
    assert sum(got) == 1
