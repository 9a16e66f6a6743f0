"""Messages heard once, and those said while the bot was away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord_bot import hearing
from bot.discord_bot.hearing import Heard, catch_up
from bot.discord_bot.leaving import finish_work

if TYPE_CHECKING:
    import pytest

    from tests.support.scene import Scene

QUESTION = "When will the harbour bridge close?"


def test_a_message_is_new_once() -> None:
    heard = Heard()
    assert [heard.is_new(number) for number in (1, 2, 1, 2, 3)] == [True, True, False, False, True]


def test_what_was_heard_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "REMEMBERED", 2)
    heard = Heard()
    assert [heard.is_new(number) for number in (1, 2, 3, 3, 1)] == [True, True, True, False, True]


async def test_only_questions_without_a_reply_are_caught_up_with(scene: Scene) -> None:
    me = scene.client.user
    assert me is not None
    await scene.member.send(scene.channel, f"{me.mention} {QUESTION}")
    scene.client.leaving = True  # so that the next one is not answered
    await scene.member.send(scene.channel, f"{me.mention} {QUESTION}")
    await scene.member.send(scene.channel, "Nothing for the bot.")
    assert replies(scene) == 1

    scene.client.leaving = False
    scene.client.heard = Heard()  # as after a restart
    await catch_up(scene.client, scene.env.backend.clock.now())
    assert await finish_work(5) == 0
    assert replies(scene) == 2
    await catch_up(scene.client, scene.env.backend.clock.now())
    assert await finish_work(5) == 0
    assert replies(scene) == 2


async def test_a_direct_message_is_caught_up_with_where_somebody_asked_before(scene: Scene) -> None:
    await scene.member.send_dm(QUESTION)
    scene.client.leaving = True
    await scene.member.send_dm("Who won the island prize?")
    channel = scene.member.user.dm_channel
    assert len(channel.history()) == 3

    scene.client.leaving = False
    scene.client.heard = Heard()  # as after a restart
    for _ in range(2):
        await catch_up(scene.client, scene.env.backend.clock.now())
        assert await finish_work(5) == 0
        assert len(channel.history()) == 4


def replies(scene: Scene) -> int:
    me = scene.client.user
    return sum(me is not None and m.author.id == me.id for m in scene.channel.history())
