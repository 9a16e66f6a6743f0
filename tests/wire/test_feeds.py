"""A feed from the command that adds it to the answer it gives, in a process of its own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.support.feed_server import NETWORK, Published, serve_feeds
from tests.support.messages import read_text
from tests.wire.bot_process import UNHURRIED, assert_tidy, run_bot

if TYPE_CHECKING:
    from tests.wire.newsroom import Newsroom

HURRIED = UNHURRIED | {
    "CLIPPINGS_FETCHING__PRIVATE_NETWORKS": NETWORK,
    "CLIPPINGS_FETCHING__SHORTEST_MINUTES": "0.01",
}
QUESTION = "Why did the lighthouse keeper Quillfeather resign?"
BRIDGE = Published(title="Harbour bridge shut", text="The harbour bridge is shut.", guid="1")
KEEPER = Published(
    title="Lighthouse keeper Quillfeather resigns",
    text="The keeper Quillfeather resigned on Friday over fourteen unpaid lamps.",
    guid="2",
)


async def answer(newsroom: Newsroom) -> str:
    asked = await newsroom.member.slash(newsroom.channel, "ask", question=QUESTION)
    return read_text(await newsroom.discord.answered(asked, seconds=60))


def count_alerts(newsroom: Newsroom) -> int:
    said = map(read_text, newsroom.discord.world.messages_in(newsroom.channel))
    return sum("Alert: lamps" in text for text in said)


async def test_what_is_published_is_answered(newsroom: Newsroom) -> None:
    async with (
        serve_feeds() as server,
        run_bot(newsroom.discord, newsroom.home, environment=HURRIED) as bot,
    ):
        await newsroom.discord.connected(60)
        address = server.give_feed("/wire", BRIDGE, Cache_Control="max-age=1")
        added = await newsroom.moderator.slash(newsroom.channel, "feeds add", address=address)
        assert "Harbour Wire" in read_text(await newsroom.discord.answered(added, seconds=60))
        watched = await newsroom.moderator.slash(newsroom.channel, "alerts add", words="lamps")
        await newsroom.discord.answered(watched, seconds=60)
        await bot.says("1 new, 0 edited", 60)
        server.give_feed("/wire", KEEPER, BRIDGE, Cache_Control="max-age=1")
        async with asyncio.timeout(90):
            while "fourteen unpaid lamps" not in await answer(newsroom):
                pass
        await newsroom.discord.until(lambda: count_alerts(newsroom) == 1, seconds=30)
        assert await bot.stop(60) == 0
        assert_tidy(bot)
