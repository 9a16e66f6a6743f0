"""A Discord on this machine with one server in it, for a bot that runs as its own process."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from tests.wire.server import serve_discord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import simcord

    from tests.wire.server import DiscordServer


@dataclass(slots=True)
class Newsroom:
    """A server, a channel, a member and a moderator; `home` is where the bot keeps its files."""

    discord: DiscordServer
    home: Path
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    member: simcord.MemberActor
    moderator: simcord.MemberActor


@asynccontextmanager
async def open_newsroom(home: Path) -> AsyncIterator[Newsroom]:
    """Open the doors; on leaving, check every request that came, as in the tests without a wire."""
    async with serve_discord() as server:
        guild = server.world.create_guild("Newsroom")
        channel = guild.create_text_channel("ask-the-coverage")
        desk = guild.create_role("desk", permissions=discord.Permissions(manage_guild=True))
        member = guild.add_member(server.world.create_user("robin"))
        moderator = guild.add_member(server.world.create_user("kim"), roles=[desk])
        yield Newsroom(server, home, guild, channel, member, moderator)
        server.check()
