"""A running bot looked at from outside: its health, its figures, its log."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING

import aiohttp

from tests.wire.bot_process import UNHURRIED, run_bot

if TYPE_CHECKING:
    from tests.wire.newsroom import Newsroom

QUESTION = "What is Meta building to rival GPT-4?"


async def fetch_status(session: aiohttp.ClientSession, page: str) -> int:
    async with session.get(page) as answer:
        return answer.status


async def test_a_running_bot_tells_how_it_stands(newsroom: Newsroom) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    watched = UNHURRIED | {
        "CLIPPINGS_MONITORING__PORT": str(port),
        "CLIPPINGS_LOG__FORMAT": "json",
    }
    page = f"http://127.0.0.1:{port}"
    async with (
        run_bot(newsroom.discord, newsroom.home, environment=watched) as bot,
        aiohttp.ClientSession() as session,
    ):
        await newsroom.discord.connected(60)
        asked = await newsroom.member.slash(newsroom.channel, "ask", question=QUESTION)
        await newsroom.discord.answered(asked, seconds=60)
        async with asyncio.timeout(30):
            while await fetch_status(session, f"{page}/readyz") != 200:  # noqa: ASYNC110  # it tells nobody
                await asyncio.sleep(0.1)  # discord.py waits a moment for servers to come
        async with session.get(f"{page}/metrics") as figures:
            said = await figures.text()
        assert 'clippings_questions_total{kind="ask",outcome="answered"} 1.0' in said
        assert 'clippings_shard_up{shard="0"} 1.0' in said
        assert "clippings_writer 1.0" in said
        assert await bot.stop(60) == 0
    lines = [json.loads(line) for line in bot.log]
    (question,) = [line for line in lines if line["message"] == "question"]
    assert question["outcome"] == "answered"
    assert "rival" not in json.dumps(lines)
