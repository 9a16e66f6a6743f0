"""The bot in a server on a Discord in memory, with a feed server beside it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.compose import build_client, build_desk, open_feeds, open_store
from retrieval.coverage import Coverage
from tests.support.articles import tiny_articles
from tests.support.feed_server import serve_feeds
from tests.support.files import write_articles
from tests.support.messages import read_text
from tests.support.scene import open_scene, tiny_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.feeds.opening import FeedParts
    from bot.settings import FetchingSettings
    from tests.support.feed_server import FeedServer
    from tests.support.scene import Scene


class Room:
    """The bot in a server, with a feed server beside it."""

    def __init__(
        self, scene: Scene, server: FeedServer, feeds: FeedParts, coverage: Coverage
    ) -> None:
        self.scene, self.server, self.feeds, self.coverage = scene, server, feeds, coverage

    async def manage(self, command: str, **options: Any) -> str:  # noqa: ANN401  # any option
        """Use a subcommand of /feeds as a moderator, or another command."""
        command = command if " " in command else f"feeds {command}"
        shown = await self.scene.moderator.slash(self.scene.channel, command, **options)
        assert shown.ephemeral
        assert shown.response is not None
        return read_text(shown.response)

    async def poll(self) -> None:
        """Fetch what is due and index it, as the bot does by itself."""
        await self.feeds.loop.poll_due()
        self.coverage.refresh()

    async def ask(self, question: str) -> str:
        """Ask as a member."""
        shown = await self.scene.member.slash(self.scene.channel, "ask", question=question)
        assert shown.response is not None
        return read_text(shown.response)


@asynccontextmanager
async def open_room(folder: Path, rules: FetchingSettings) -> AsyncIterator[Room]:
    """Open a room whose feeds are fetched by these rules."""
    news = write_articles(folder / "news", tiny_articles())
    settings = tiny_settings(news, fetching=rules)
    coverage = Coverage.open([news], folder / "index")
    async with serve_feeds() as server:
        with open_store(settings) as store:
            desk = build_desk(settings, coverage, store)
            opening = open_feeds(settings, coverage, store, desk, asyncio.Event())
            async with opening as feeds:
                assert feeds is not None
                client = build_client(settings, desk, feeds=feeds)
                async with open_scene(client) as scene:
                    yield Room(scene, server, feeds, coverage)
