"""How often a person may ask: a minute's worth at once, then as fast as it comes back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.store import Store
    from tests.bot.store.conftest import OpenStore

ROBIN, KIM = 11, 12
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


def test_a_minutes_worth_can_be_spent_at_once_and_no_more(store: Store) -> None:
    assert [store.allowances.spend(ROBIN, 4) for _ in range(4)] == [0, 0, 0, 0]
    assert store.allowances.spend(ROBIN, 4) == pytest.approx(15)
    assert store.allowances.spend(KIM, 4) == 0


def test_a_refusal_costs_nothing_and_time_brings_it_back(store: Store, clock: Clock) -> None:
    for _ in range(4):
        store.allowances.spend(ROBIN, 4)
    for _ in range(10):
        assert store.allowances.spend(ROBIN, 4) > 0
    clock.now += timedelta(seconds=15)
    assert store.allowances.spend(ROBIN, 4) == 0
    assert store.allowances.spend(ROBIN, 4) > 0


def test_what_costs_more_takes_more(store: Store) -> None:
    assert store.allowances.spend(ROBIN, 4, cost=3) == 0
    assert store.allowances.spend(ROBIN, 4, cost=2) == pytest.approx(15)
    assert store.allowances.spend(ROBIN, 4, cost=1) == 0


def test_many_at_once_get_no_more_together(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: store.allowances.spend(ROBIN, 10), range(60)))
    assert waits.count(0.0) == 10


def test_a_store_that_fails_holds_nobody_up(store: Store) -> None:
    store.close()
    assert store.allowances.spend(ROBIN, 1) == 0
    assert store.allowances.spend(ROBIN, 1) == 0
    assert store.health.failure
