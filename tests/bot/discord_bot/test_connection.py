"""Staying connected: what is tried again, and what no later try mends."""

from __future__ import annotations

import asyncio

import discord
import pytest

from bot.discord_bot import connection
from bot.discord_bot.connection import RunError, run_until_told


class StubClient(discord.Client):
    """A client that fails as told, and notes each try."""

    tries = 0

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.none())

    async def setup_hook(self) -> None:
        """Fail as a slip of our own would."""
        self.no_such_thing  # type: ignore[attr-defined]  # noqa: B018  # the slip

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Begin as discord.py does, without a network."""
        del token, reconnect
        type(self).tries += 1
        await self.setup_hook()


class NeverConnected(StubClient):
    """A client whose first connection is refused: discord.py then trips over itself."""

    async def setup_hook(self) -> None:
        """Fail in discord.py, then stop being tried."""
        if self.tries > 1:
            raise discord.LoginFailure
        discord.Client.latency.fget(self.tries)  # type: ignore[attr-defined]  # no number has one


async def run(kind: type[StubClient]) -> None:
    kind.tries = 0
    await asyncio.wait_for(run_until_told(kind, "token"), 20)


async def test_a_slip_of_our_own_is_raised_and_not_tried_again() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        await run(StubClient)
    assert StubClient.tries == 1


async def test_a_refused_first_connection_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(connection, "FIRST_WAIT", 0.01)
    with pytest.raises(RunError, match="refuses DISCORD_TOKEN"):
        await run(NeverConnected)
    assert NeverConnected.tries == 2
    assert "cannot be reached" in caplog.text
