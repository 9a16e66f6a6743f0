"""What is sent again after a passing failure of Discord's, so that no answer is lost or doubled."""

from __future__ import annotations

import asyncio
import logging
import secrets
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

import aiohttp
import discord

from bot.discord_bot.layout import NOBODY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from discord.abc import Messageable
    from discord.ui import LayoutView

PASSING = (aiohttp.ClientError, OSError, discord.DiscordServerError)
WAITS = (0.5, 1.0, 2.0, 4.0)  # seconds before each further try, by hand

Sent = TypeVar("Sent")
log = logging.getLogger(__name__)


async def insist(send: Callable[[], Awaitable[Sent]]) -> Sent:
    """Send something that does no more when it arrives twice, again where it failed in passing.

    discord.py itself tries again what 500, 502 and 504 met; a cut connection and 503 end here.
    """
    for wait in WAITS:
        try:
            return await send()
        except PASSING as error:
            log.info("sending again in %.1f s: %s", wait, str(error) or type(error).__name__)
            await asyncio.sleep(wait)
    return await send()


@asynccontextmanager
async def show_typing(channel: Messageable) -> AsyncIterator[None]:
    """Show that an answer is coming, where Discord lets the bot; the answer comes in any case."""
    async with AsyncExitStack() as stack:
        with suppress(*PASSING, discord.HTTPException):
            await stack.enter_async_context(channel.typing())
        yield


async def post(
    channel: Messageable,
    view: LayoutView,
    files: Sequence[discord.File] = (),
    reference: discord.MessageReference | None = None,
) -> discord.Message:
    """Post a message that pings nobody; by its nonce Discord knows a second try for what it is."""
    nonce = secrets.randbits(64)

    async def send() -> discord.Message:
        for file in files:
            file.reset(seek=True)
        if reference is None:
            return await channel.send(view=view, files=files, nonce=nonce, allowed_mentions=NOBODY)
        return await channel.send(
            view=view, files=files, nonce=nonce, reference=reference, allowed_mentions=NOBODY
        )

    return await insist(send)
