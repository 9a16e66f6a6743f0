"""What is waited for before the bot leaves."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.discord_bot.leaving import find_work, finish_work
from tests.support.messages import read_text

if TYPE_CHECKING:
    import pytest

    from tests.support.scene import Scene


async def wait_for(event: asyncio.Event) -> None:
    await event.wait()


async def test_answers_are_waited_for_and_nothing_else() -> None:
    done = asyncio.Event()
    answer = asyncio.create_task(wait_for(done), name="CommandTree-invoker")
    idle = asyncio.create_task(asyncio.Event().wait(), name="discord-ui-view-timeout-1")
    assert find_work() == {answer}
    leaving = asyncio.create_task(finish_work(10))
    done.set()
    assert await leaving == 0
    assert not idle.done()
    idle.cancel()


async def test_what_takes_too_long_is_counted(caplog: pytest.LogCaptureFixture) -> None:
    stuck = asyncio.create_task(asyncio.Event().wait(), name="discord.py: on_message")
    assert await finish_work(0.01) == 1
    assert "1 questions unanswered" in caplog.text
    stuck.cancel()


async def test_nothing_new_is_taken_on(scene: Scene) -> None:
    scene.client.leaving = True
    refused = await scene.member.slash(scene.channel, "ask", question="When does it close?")
    assert refused.response is not None
    assert "restarted" in read_text(refused.response)
    me = scene.client.user
    assert me is not None
    await scene.member.send(scene.channel, f"{me.mention} When does it close?")
    assert [m for m in scene.channel.history() if m.author.id == me.id] == []
