"""What managers decide about people: mutes, limits, and that none of it binds themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.discord_bot.commands.moderation import set_limit
from bot.store import ServerSettings
from tests.bot.discord_bot.test_messages import CLOSING, last_of_bot, me, text_of
from tests.support.messages import read_text

if TYPE_CHECKING:
    from tests.support.scene import Scene


async def test_a_muted_member_is_not_heard_until_unmuted(scene: Scene) -> None:
    await scene.moderator.slash(scene.channel, "desk mute", member=scene.member)
    await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    assert last_of_bot(scene, scene.channel) is None
    refused = await scene.member.slash(scene.channel, "ask", question=CLOSING)
    assert refused.response is not None
    assert "has muted you" in read_text(refused.response)
    assert str(scene.member.id) not in str(scene.client.desk.settings(scene.guild.id))

    await scene.moderator.slash(scene.channel, "desk mute", member=scene.member, muted=False)
    await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    assert "2 June" in text_of(last_of_bot(scene, scene.channel))


async def test_members_may_ask_as_often_as_the_managers_say(scene: Scene) -> None:
    await scene.moderator.slash(scene.channel, "desk limit", questions=2)
    for _ in range(4):
        await scene.member.send(scene.channel, f"{me(scene)} {CLOSING}")
    said = [text_of(m) for m in scene.channel.history() if m.author == scene.client.user]
    assert ["asked a lot" in text for text in said].count(True) == 1
    assert len(said) == 3


async def test_only_managers_may_mute_or_limit(scene: Scene) -> None:
    assert "desk mute" not in scene.member.available_commands(scene.channel)


@pytest.mark.parametrize(
    "rules",
    [
        {"denied_channels": True},
        {"allowed_roles": frozenset({77})},
    ],
)
async def test_who_manages_the_server_is_never_locked_out(
    scene: Scene, rules: dict[str, object]
) -> None:
    if "denied_channels" in rules:
        rules = {"denied_channels": frozenset({scene.channel.id})}
    scene.store.servers.write(scene.guild.id, ServerSettings(**rules))  # type: ignore[arg-type]  # as its fields
    asked = await scene.moderator.slash(scene.channel, "ask", question=CLOSING)
    assert asked.response is not None
    assert "2 June" in read_text(asked.response).replace("**", "")


async def test_a_change_of_settings_is_told_where_alerts_are_read(scene: Scene) -> None:
    chosen = ServerSettings(alert_channel=scene.channel.id)
    scene.store.servers.write(scene.guild.id, chosen)
    await scene.moderator.slash(scene.channel, "desk limit", questions=5)
    told = text_of(last_of_bot(scene, scene.channel))
    assert f"{scene.moderator.mention} changed the settings" in told


async def test_settings_survive_that_the_bot_is_removed_for_a_while(scene: Scene) -> None:
    scene.store.servers.write(scene.guild.id, ServerSettings(language="de"))
    await scene.client.desk.forget_server(scene.guild.id)
    assert scene.store.servers.read(scene.guild.id).language == "de"
    await scene.client.desk.welcome([scene.guild.id])
    assert scene.store.servers.read(scene.guild.id).language == "de"


def test_a_limit_of_a_role_is_replaced_and_taken_away() -> None:
    rules = set_limit(set_limit(ServerSettings(), 5, 7), 9, 7)
    assert rules.limit_of({7}) == 9
    assert set_limit(rules, 0, 7).limit_of({7}) == 0


async def test_status_counts_questions_by_day_and_how_they_ended(scene: Scene) -> None:
    await scene.member.slash(scene.channel, "ask", question=CLOSING)
    await scene.member.slash(scene.channel, "ask", question="Which zzzzzzzz has qqqqqqqq?")
    shown = await scene.moderator.slash(scene.channel, "desk status")
    assert shown.response is not None
    text = read_text(shown.response)
    assert "questions 2 · answered 1 · not sure 0 · nothing found 1" in text
    assert "Running since" in text
