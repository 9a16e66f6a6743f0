"""What is sent again, how often, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.discord_bot import resending
from bot.discord_bot.resending import insist

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resending, "WAITS", (0.0, 0.0))


class Door:
    """Fails as told, and then lets everything in."""

    def __init__(self, *failures: Exception) -> None:
        self._failures: Iterator[Exception] = iter(failures)
        self.knocks = 0

    async def send(self) -> str:
        self.knocks += 1
        for failure in self._failures:
            raise failure
        return "sent"


async def test_what_fails_in_passing_is_sent_again() -> None:
    door = Door(aiohttp.ServerDisconnectedError(), ConnectionResetError())
    assert await insist(door.send) == "sent"
    assert door.knocks == 3


async def test_what_goes_on_failing_is_raised_in_the_end() -> None:
    door = Door(*[ConnectionResetError("cut")] * 5)
    with pytest.raises(ConnectionResetError, match="cut"):
        await insist(door.send)
    assert door.knocks == 3


async def test_what_no_later_try_mends_is_raised_at_once() -> None:
    door = Door(ValueError("no such form"))
    with pytest.raises(ValueError, match="no such form"):
        await insist(door.send)
    assert door.knocks == 1
