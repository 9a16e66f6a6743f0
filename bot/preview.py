"""The same bot in a Discord-like page on this machine: no token, no network, the real commands."""

from __future__ import annotations

import asyncio
import signal
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import discord

from bot.compose import build_client, build_desk, open_coverage, open_store
from bot.desk.first_question import choose_question

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import simcord

    from bot.discord_bot.client import ClippingsClient
    from bot.settings import Settings
    from retrieval.coverage import Coverage

NAME = "Clippings"
SETTLE_SECONDS = 30.0  # a first chart takes a while to draw


class PreviewError(Exception):
    """The page cannot be opened; the message says what to do."""


def open_preview(settings: Settings, say: Callable[[str], None], *, port: int = 0) -> None:
    """Serve the page until Ctrl-C or SIGTERM; `say` is given each line for the person.

    What the desk remembers is kept in a store of its own and dropped at the end. Raises
    PreviewError, CoverageError and StorageError.
    """
    _require_simcord()
    coverage = open_coverage(settings)
    with tempfile.TemporaryDirectory(prefix="clippings-preview-") as folder:
        store = settings.store.model_copy(update={"path": Path(folder) / "store.sqlite3"})
        apart = settings.model_copy(update={"store": store})
        asyncio.run(_serve(apart, coverage, say, port))


def _require_simcord() -> None:
    try:
        import simcord.preview  # noqa: F401, PLC0415  # the extra that only the preview needs
    except ImportError:
        raise PreviewError(
            "the preview needs SimCord: pip install 'clippings[preview]', or use make preview"
        ) from None


async def _serve(
    settings: Settings, coverage: Coverage, say: Callable[[str], None], port: int
) -> None:
    client = build_client(settings, build_desk(settings, coverage, open_store(settings)))
    async with open_newsroom(client) as newsroom:
        if question := choose_question(coverage):
            await newsroom.member.slash(newsroom.channel, "ask", question=question)
        async with newsroom.open_page(port) as page:
            say(f"The bot is at {page.url}")
            say("Type /ask and a question, or /help; Ctrl-C ends it.")
            await _until_told(page)
    say("The preview has ended.")


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A server in memory with one channel, and a member who may set the bot up."""

    env: simcord.Env
    channel: simcord.ChannelHandle
    member: simcord.MemberActor

    def open_page(self, port: int = 0) -> simcord.Preview:
        """Show the channel as a page that the member can click through; port 0 takes a free one."""
        return self.env.preview(self.channel, viewers=[self.member], layout="channel", port=port)


@asynccontextmanager
async def open_newsroom(client: ClippingsClient) -> AsyncIterator[Newsroom]:
    """Log the bot in to a Discord in memory, its commands in place."""
    import simcord  # noqa: PLC0415  # the extra that only the preview needs

    async with simcord.run(
        client, strict_sync=False, check_errors=False, settle_timeout=SETTLE_SECONDS
    ) as env:
        _dress(env)
        guild = env.create_guild("Newsroom")
        channel = guild.create_text_channel("ask-the-coverage")
        desk = guild.create_role("desk", permissions=discord.Permissions(manage_guild=True))
        member = guild.add_member(env.create_user("you"), roles=[desk])
        yield Newsroom(env, channel, member)


def _dress(env: simcord.Env) -> None:
    """Give the bot its name, and the page today's date: SimCord's clock begins on a fixed day."""
    env.backend.edit_bot_profile(NAME)
    env.backend.clock._epoch = datetime.now(UTC)  # noqa: SLF001  # SimCord offers no other way


async def _until_told(page: simcord.Preview) -> None:
    """Wait for Ctrl-C, SIGTERM, or the end of the session in the page itself."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, told.set)
    waiting = [asyncio.ensure_future(told.wait()), asyncio.ensure_future(page.wait_closed())]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
