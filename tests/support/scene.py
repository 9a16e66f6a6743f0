"""A Discord in memory with the bot in it: a server, a channel, a member and a moderator."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
import simcord

from bot.compose import build_client, build_desk, open_store
from bot.settings import CoverageSettings, Section, Settings, StoreSettings
from retrieval.coverage import Coverage
from tests.support.articles import tiny_articles
from tests.support.requests import assert_requests_pass

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from pathlib import Path

    from bot.discord_bot.client import ClippingsClient
    from bot.store import Store
    from retrieval.model import Article


@dataclass(slots=True)
class Scene:
    """What a test of the bot works with; `env` is SimCord's."""

    env: simcord.Env
    client: ClippingsClient
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    member: simcord.MemberActor
    moderator: simcord.MemberActor

    @property
    def store(self) -> Store:
        """What the bot remembers, which the desk shows nobody."""
        return self.client.desk._store  # noqa: SLF001  # a test looks behind the counter

    @property
    def coverage(self) -> Coverage:
        """What the bot answers from, as above."""
        return self.client.desk._coverage  # noqa: SLF001  # as above

    def answer_whatever(self) -> None:
        """Let the bot be sure of every answer that nobody asked for."""
        self.client.desk._confident = 0.0  # noqa: SLF001  # as above

    async def restart(self, client: ClippingsClient) -> None:
        """Stop the bot and start another in its place, as a deployment does."""
        await self.env.restart_bot(client)
        self.client = client


def tiny_settings(folder: Path, **sections: Section) -> Settings:
    """Settings whose index and store lie in the folder; sections as in the settings file."""
    return Settings(
        coverage=CoverageSettings(folders=(folder,), cache=folder / "cache"),
        store=StoreSettings(path=folder / "store.sqlite3"),
    ).model_copy(update=sections)


def build_tiny_client(
    folder: Path, articles: Iterable[Article] = (), **sections: Section
) -> ClippingsClient:
    """Build the bot as `run` does, over a tiny coverage; call it inside a running event loop."""
    settings = tiny_settings(folder, **sections)
    coverage = Coverage.of_articles(articles or tiny_articles(), folder / "cache")
    return build_client(settings, build_desk(settings, coverage, open_store(settings)))


@asynccontextmanager
async def open_scene(
    client: ClippingsClient, *, approved: discord.Intents | None = None
) -> AsyncIterator[Scene]:
    """Log the bot in to a server of its own; on leaving, check every request that it made.

    `approved` are the privileged intents that Discord allows (none given: all). An error of the bot
    that the test did not look at in `env.errors` fails it.
    """
    env = simcord.Env(client, approved_intents=approved)
    await env.start()
    try:
        yield _furnish(env, client)
    finally:
        await env.shutdown()
    env._raise_errors_since(env._errors_acknowledged)  # noqa: SLF001  # as `simcord.run`, which a fixture cannot leave
    assert_requests_pass(env.http_requests)


def _furnish(env: simcord.Env, client: ClippingsClient) -> Scene:
    guild = env.create_guild("Newsroom")
    channel = guild.create_text_channel("ask-the-coverage")
    member = guild.add_member(env.create_user("robin"))
    desk = guild.create_role("desk", permissions=discord.Permissions(manage_guild=True))
    moderator = guild.add_member(env.create_user("kim"), roles=[desk])
    return Scene(env, client, guild, channel, member, moderator)
