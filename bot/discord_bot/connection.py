"""Keeping the bot connected from its first login to the signal that ends it."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from traceback import walk_tb
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.discord_bot.interactions import DeskClient
from bot.discord_bot.leaving import finish_work
from bot.settings import PORTAL

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds
LAST_ANSWERS = 10.0  # seconds, by hand: what containers are given to end
UNREACHABLE = (OSError, aiohttp.ClientError, asyncio.TimeoutError, discord.GatewayNotFound)
# Close codes of the gateway: for a token that it does not take, and for shards that do not serve.
REFUSED, INVALID_SHARD, TOO_FEW_SHARDS = 4004, 4010, 4011
SERVER_FAULT = 500
log = logging.getLogger(__name__)


class RunError(Exception):
    """The bot cannot run, in one line: why, and what to do."""


async def run_until_told(
    build: Callable[[], discord.Client], token: str, *beside: Coroutine[None, None, None]
) -> None:
    """Run the bot until SIGTERM or Ctrl-C, with the other coroutines beside it; raises RunError.

    What was accepted by then is answered first, for at most ten seconds; a second signal ends that.
    """
    # The bot has no voice, so what that would need is no news.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    connection = _Connection(build, token)
    running = asyncio.create_task(connection.keep())
    others = [asyncio.create_task(one) for one in beside]
    leaving: list[asyncio.Task[None]] = []

    def leave() -> None:
        if leaving:
            running.cancel()
        leaving.append(asyncio.create_task(connection.leave(running)))

    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C works there
            loop.add_signal_handler(name, leave)
    try:
        with suppress(asyncio.CancelledError):
            await running
    finally:
        for other in (*others, *leaving):
            other.cancel()
        await asyncio.gather(*others, *leaving, return_exceptions=True)


class _Connection:
    """The client of the moment, from the first login to the last answer."""

    def __init__(self, build: Callable[[], discord.Client], token: str) -> None:
        self._build, self._token = build, token
        self._client: discord.Client | None = None

    async def leave(self, running: asyncio.Task[None]) -> None:
        """Take on nothing new, have what is at work answered, then end the connection."""
        if isinstance(self._client, DeskClient):
            self._client.leaving = True
            await finish_work(LAST_ANSWERS)
        running.cancel()

    async def keep(self) -> None:
        """Log in, with a new client for each try while Discord cannot be reached."""
        quiet = _QuietReconnects()
        for library in ("discord.client", "discord.shard"):
            logging.getLogger(library).addFilter(quiet)
        for wait in _waits():
            client = self._client = self._build()
            try:
                async with client:
                    await client.start(self._token)
            except discord.LoginFailure:
                raise RunError(_say_refused()) from None
            except discord.PrivilegedIntentsRequired:
                raise RunError(
                    "Discord does not allow the message content intent: switch it on at "
                    f"{PORTAL}, Bot, or set discord.answer_posts = false"
                ) from None
            except discord.ConnectionClosed as closed:
                raise RunError(_say_closed(closed, client)) from None
            except (*UNREACHABLE, discord.HTTPException, AttributeError) as error:
                log.warning("%s; trying again in %d s", _say_unreachable(error, client), wait)
                await asyncio.sleep(wait)
            else:
                return


def _say_unreachable(error: Exception, client: discord.Client) -> str:
    """The line for a failure that a later try may not meet; any other is raised again."""
    if isinstance(error, AttributeError) and not _is_of_library(error, client):
        raise error
    log.debug("the connection failed", exc_info=error)
    if isinstance(error, discord.HTTPException) and error.status < SERVER_FAULT:
        raise RunError(f"Discord refuses the login: {error.status} {error.text}") from None
    return "Discord cannot be reached"


def _is_of_library(error: AttributeError, client: discord.Client) -> bool:
    """Whether discord.py itself asked a connection that never stood for its sequence.

    Any other error of that kind is one of ours, which no later try mends.
    """
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    raised_in = str(frames[-1].f_globals.get("__name__")) if frames else ""
    return client.ws is None and raised_in.split(".")[0] == discord.__name__


def _say_refused() -> str:
    return f"Discord refuses DISCORD_TOKEN: was it revoked? Copy a new one at {PORTAL}, Bot"


def _say_closed(closed: discord.ConnectionClosed, client: discord.Client) -> str:
    if closed.code == REFUSED:
        return _say_refused()
    if closed.code in (INVALID_SHARD, TOO_FEW_SHARDS) and isinstance(client, DeskClient):
        held = client.shards_held
        if closed.code == INVALID_SHARD:
            return f"Discord knows no shards {held}: give every process of the bot the same number"
        return (
            f"Discord wants more than {held.count} shards for so many servers: set discord.shards "
            f'= "{2 * held.count}" for every process, one for each 1,000 servers or more'
        )
    return f"Discord closed the connection for good: code {closed.code} {closed.reason}".rstrip()


def _waits() -> Iterator[float]:
    """Seconds between tries: doubling, up to a minute."""
    wait = FIRST_WAIT
    while True:
        yield wait
        wait = min(2 * wait, LONGEST_WAIT)


class _QuietReconnects(logging.Filter):
    """Keeps discord.py's line on a lost connection, and drops the traceback under it."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, (*UNREACHABLE, discord.ConnectionClosed)):
            record.exc_info = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
