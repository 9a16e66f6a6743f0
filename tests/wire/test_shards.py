"""Shards in several processes: each serves its own, and what is to happen once happens once."""

from __future__ import annotations

from contextlib import asynccontextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

import discord
import pytest

from bot.settings import DATABASE
from tests.support.feed_server import NETWORK, Published, serve_feeds
from tests.support.messages import read_text
from tests.wire.bot_process import UNHURRIED, assert_tidy, run_bot
from tests.wire.server import serve_discord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import simcord

    from tests.wire.bot_process import BotProcess
    from tests.wire.server import DiscordServer

HURRIED = UNHURRIED | {
    "CLIPPINGS_FETCHING__PRIVATE_NETWORKS": NETWORK,
    "CLIPPINGS_FETCHING__SHORTEST_MINUTES": "0.01",
}
QUESTION, ANSWER = "What is Meta building to rival GPT-4?", "a new AI model"
FIVE_SECONDS = 4.5  # less what a machine that is busy adds to the time of another one
BRIDGE = Published(title="Harbour bridge shut", text="The harbour bridge is shut.", guid="1")


KEEPER = Published(
    title="Lighthouse keeper Quillfeather resigns",
    text="The keeper Quillfeather resigned on Friday over fourteen unpaid lamps.",
    guid="2",
)
POOL = Published(
    title="Aldan swims by night",
    text="The council of Aldan hung forty brass lamps over its new swimming pool.",
    guid="3",
)


class Place:
    """A server of one shard, with somebody who manages it."""

    def __init__(self, server: DiscordServer, guild_id: int) -> None:
        self.server = server
        guild = server.world.create_guild(f"Newsroom {guild_id}", id=guild_id)
        self.channel: simcord.ChannelHandle = guild.create_text_channel("ask")
        desk = guild.create_role("desk", permissions=discord.Permissions(manage_guild=True))
        self.manager = guild.add_member(server.world.create_user(f"kim{guild_id}"), roles=[desk])

    async def command(self, name: str, **options: str) -> str:
        shown = await self.manager.slash(self.channel, name, **options)
        return read_text(await self.server.answered(shown, seconds=60))

    def count_alerts(self) -> int:
        """How many alerts were posted."""
        said = map(read_text, self.server.world.messages_in(self.channel))
        return sum("Alert: lamps" in text for text in said)


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with serve_discord() as opened:
        yield opened
        opened.check()


@asynccontextmanager
async def run_part(
    server: DiscordServer, home: Path, url: str, shards: str
) -> AsyncIterator[BotProcess]:
    environment = HURRIED | {DATABASE: url}
    async with run_bot(server, home, "--shards", shards, environment=environment) as bot:
        yield bot


async def test_each_process_serves_its_shards_and_alerts_are_told_once_though_one_dies(
    server: DiscordServer, tmp_path: Path, database_url: str
) -> None:
    places = [Place(server, (1000 + shard) << 22) for shard in range(2)]
    async with (
        serve_feeds() as feeds,
        run_part(server, tmp_path, database_url, "0-0/2") as first,
    ):
        await server.connected(60)
        address = feeds.give_feed("/wire", BRIDGE, Cache_Control="max-age=1")
        async with run_part(server, tmp_path, database_url, "1-1/2") as second:
            await server.connected(60)
            for place in places:
                assert ANSWER in await place.command("ask", question=QUESTION)
                await place.command("feeds add", address=address)
                await place.command("alerts add", words="lamps")
            await first.says("1 new, 0 edited", 60)
            feeds.give_feed("/wire", KEEPER, BRIDGE, Cache_Control="max-age=1")
            await server.until(lambda: [p.count_alerts() for p in places] == [1, 1], 60)

            await first.kill()
            feeds.give_feed("/wire", POOL, KEEPER, Cache_Control="max-age=1")
            async with run_part(server, tmp_path, database_url, "0-0/2") as third:
                await server.connected(60)
                await server.until(lambda: [p.count_alerts() for p in places] == [2, 2], 90)
                assert ANSWER in await places[0].command("ask", question=QUESTION)
                assert [await bot.stop(60) for bot in (second, third)] == [0, 0]
                assert_tidy(third)
            assert_tidy(second)
    assert [shard for shard, _ in server.gateway.identified] == [0, 1, 0]
    for sooner, later in pairwise(moment for _, moment in server.gateway.identified):
        assert later - sooner > FIVE_SECONDS


async def test_shards_of_one_process_take_turns(server: DiscordServer, tmp_path: Path) -> None:
    places = [Place(server, (1000 + shard) << 22) for shard in range(2)]
    async with run_bot(server, tmp_path, "--shards", "2", environment=UNHURRIED) as bot:
        await server.until(lambda: len(server.gateway.identified) > 1, 60)
        for place in places:
            assert ANSWER in await place.command("ask", question=QUESTION)
        assert await bot.stop(60) == 0
        assert_tidy(bot)
    (_, sooner), (_, later) = server.gateway.identified
    assert later - sooner > FIVE_SECONDS


@pytest.mark.parametrize("shards", ["1", "2"])
async def test_too_few_shards_are_explained(
    server: DiscordServer, tmp_path: Path, shards: str
) -> None:
    for n in range(3):
        Place(server, (1000 + n) << 22)
    server.gateway.most_guilds = 1
    async with run_bot(server, tmp_path, "--shards", shards) as bot:
        assert await bot.left(60) == 1
    (line,) = [said for said in bot.log if "wants more" in said]
    assert f"more than {shards} shards" in line
    assert f'"{2 * int(shards)}"' in line
    assert_tidy(bot)


async def test_shards_that_are_none_are_refused_at_once(
    server: DiscordServer, tmp_path: Path
) -> None:
    async with run_bot(server, tmp_path, "--shards", "3-5/4") as bot:
        assert await bot.left(60) == 2
    assert "shards go from 0 to 3" in "\n".join(bot.log)
