"""A question that was edited is answered anew in its reply; one that was deleted takes it along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.discord_bot.test_messages import CLOSING, last_of_bot, me, text_of
from tests.support.scene import build_tiny_client

if TYPE_CHECKING:
    from pathlib import Path

    import discord

    from tests.support.scene import Scene


def said_by_bot(scene: Scene) -> list[discord.Message]:
    return [m for m in scene.channel.history() if m.author == scene.client.user]


async def test_an_edited_question_is_answered_anew_in_its_reply(scene: Scene) -> None:
    asked = await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    await scene.member.edit(asked, f"{me(scene)} Who won the island prize?")
    (answer,) = said_by_bot(scene)
    assert "garden" in text_of(answer)
    assert "2 June" not in text_of(answer)


async def test_the_same_words_again_change_nothing(scene: Scene) -> None:
    asked = await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    requests = len(scene.env.http_requests)
    await scene.member.edit(asked, f"{me(scene)} {CLOSING}")
    assert not [r for r in scene.env.http_requests[requests:] if "/messages" in r.path and r.json]


async def test_an_edit_that_names_the_bot_asks_it(scene: Scene) -> None:
    said = await scene.member.send(scene.channel, CLOSING)
    assert said_by_bot(scene) == []
    await scene.member.edit(said, f"{me(scene)} {CLOSING}")
    assert "2 June" in text_of(last_of_bot(scene, scene.channel))


async def test_a_deleted_question_takes_its_reply_along(scene: Scene) -> None:
    asked = await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    await scene.member.delete(asked)
    assert said_by_bot(scene) == []
    assert not [row for row in scene.store.see(scene.member.id) if row.kind == "ticket"]


async def test_a_reply_that_is_gone_already_is_no_failure(scene: Scene) -> None:
    asked = await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    (answer,) = said_by_bot(scene)
    await answer.delete()
    await scene.member.edit(asked, f"{me(scene)} Who won the island prize?")
    assert "garden" in text_of(last_of_bot(scene, scene.channel))


async def test_edits_and_deletions_find_the_reply_after_a_restart(
    scene: Scene, tmp_path: Path
) -> None:
    asked = await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    await scene.restart(build_tiny_client(tmp_path))
    requests = len(scene.env.http_requests)
    await scene.member.edit(asked, f"{me(scene)}  {CLOSING}")  # as with a preview added to it
    assert not [r for r in scene.env.http_requests[requests:] if "/messages" in r.path and r.json]

    await scene.member.edit(asked, f"{me(scene)} Who won the island prize?")
    (answer,) = said_by_bot(scene)
    assert "garden" in text_of(answer)
    await scene.restart(build_tiny_client(tmp_path))
    await scene.member.delete(asked)
    assert said_by_bot(scene) == []
    assert not [row for row in scene.store.see(scene.member.id) if row.kind == "ticket"]
