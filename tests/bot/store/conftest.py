"""Every part of the store is tried on both databases that it can stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from bot.store import Store
from bot.store.database import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.store.database import Clock


class OpenStore(Protocol):
    """Opens an empty store of the kind that is tried; it is closed when the test ends."""

    def __call__(self, clock: Clock = ...) -> Store:
        """Open one."""


@pytest.fixture(params=["sqlite", "postgresql"])
def open_store(request: pytest.FixtureRequest) -> Iterator[OpenStore]:
    """Give a way to open a store, once for each database."""
    opened: list[Store] = []

    def open_one(clock: Clock = utc_now) -> Store:
        if request.param == "sqlite":
            opened.append(Store.open(None, clock=clock))
        else:
            opened.append(Store.connect(request.getfixturevalue("database_url"), clock=clock))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()
