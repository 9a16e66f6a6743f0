"""/desk: what managers see and change, and what others are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.compose import build_client, build_desk, open_coverage, open_store
from bot.desk.refusals import Refusal
from bot.discord_bot.settings_panel import FIELDS, change
from bot.settings import CoverageSettings, DiscordSettings
from bot.store import ServerSettings
from bot.wording import LANGUAGES
from retrieval.index import IndexWriter
from retrieval.ingest import INDEX_FOLDER
from tests.support.messages import list_buttons, read_text
from tests.support.scene import build_tiny_client, open_scene, tiny_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import simcord

    from tests.support.scene import Scene

QUESTION = "When does the harbour bridge close?"


async def open_desk(scene: Scene, command: str) -> simcord.ResponseMessage:
    shown = await scene.moderator.slash(scene.channel, f"desk {command}")
    assert shown.ephemeral
    assert shown.response is not None
    return shown.response


async def choose(scene: Scene, field: str, *values: Any) -> simcord.ResponseMessage:  # noqa: ANN401  # handles of SimCord, or strings
    panel = await open_desk(scene, "settings")
    await scene.moderator.select(panel, values, custom_id=f"desk:set:{field}")
    return panel


def kept(scene: Scene) -> ServerSettings:
    return scene.client.desk.settings(scene.guild.id)


async def ask(scene: Scene) -> str:
    answered = await scene.member.slash(scene.channel, "ask", question=QUESTION)
    assert answered.response is not None
    return read_text(answered.response)


async def test_only_those_who_manage_the_server_see_the_commands(scene: Scene) -> None:
    assert "desk settings" in scene.moderator.available_commands(scene.channel)
    assert "desk settings" not in scene.member.available_commands(scene.channel)


async def test_every_setting_is_explained_and_has_its_menu(scene: Scene) -> None:
    panel = await open_desk(scene, "settings")
    menus = {
        c["custom_id"]
        for row in panel.components[0]["components"]
        for c in row.get("components", [])
    }
    assert menus == {f"desk:set:{field}" for field in FIELDS}
    assert "Channels where I answer every post" in read_text(panel)


async def test_a_denied_channel_gets_no_answer_until_it_is_cleared(scene: Scene) -> None:
    await choose(scene, "denied_channels", scene.channel)
    assert kept(scene).denied_channels == {scene.channel.id}
    assert "I do not answer in this channel" in await ask(scene)
    await choose(scene, "denied_channels")
    assert "for a year" in await ask(scene)


async def test_allowing_one_channel_leaves_out_the_others(scene: Scene) -> None:
    await choose(scene, "allowed_channels", scene.guild.create_text_channel("archive"))
    assert "I do not answer in this channel" in await ask(scene)


async def test_only_members_with_an_allowed_role_may_ask(scene: Scene) -> None:
    await choose(scene, "allowed_roles", scene.guild.create_role("reporters"))
    assert "Your roles may not ask me here" in await ask(scene)


async def test_answers_can_be_private_by_default(scene: Scene) -> None:
    await choose(scene, "private", "private")
    answered = await scene.member.slash(scene.channel, "ask", question=QUESTION)
    assert answered.ephemeral
    await choose(scene, "private", "public")
    assert not kept(scene).private


@pytest.mark.parametrize("language", [*LANGUAGES, "own"])
async def test_the_language_of_a_server_is_spoken_at_once(scene: Scene, language: str) -> None:
    panel = await choose(scene, "language", language)
    assert kept(scene).language == ("" if language == "own" else language)
    shown = read_text(await open_desk(scene, "settings"))
    assert {"de": "Kanäle", "es": "Canales", "fr": "Salons", "zh-CN": "频道"}.get(
        language, "Channels"
    ) in shown
    assert panel.id


def count_gaps(scene: Scene) -> int:
    return scene.store.feedback.count_gaps(scene.guild.id)


async def test_switching_off_what_is_kept_deletes_it_when_that_was_asked(scene: Scene) -> None:
    await scene.member.slash(scene.channel, "ask", question="Where do zebrafish sleep?")
    asked = await choose(scene, "kept", "keep_feedback")
    assert "deletes what was kept of: Questions without an answer." in read_text(asked)
    assert kept(scene).keep_gaps
    assert count_gaps(scene) == 1
    await scene.moderator.click(asked, custom_id=list_buttons(asked)["Delete it"])
    assert (kept(scene).keep_gaps, kept(scene).keep_feedback) == (False, True)
    assert count_gaps(scene) == 0
    assert "Settings of this server" in read_text(asked)


async def test_what_was_to_be_deleted_can_stay(scene: Scene) -> None:
    await scene.member.slash(scene.channel, "ask", question="Where do zebrafish sleep?")
    asked = await choose(scene, "kept")
    assert "an answer and Thumbs, rephrasings, follow-ups." in read_text(asked)
    await scene.moderator.click(asked, custom_id=list_buttons(asked)["Keep it"])
    assert (kept(scene).keep_gaps, kept(scene).keep_feedback) == (True, True)
    assert count_gaps(scene) == 1
    assert "Settings of this server" in read_text(asked)


async def test_keeping_more_is_not_asked(scene: Scene) -> None:
    store = scene.store.servers
    store.write(scene.guild.id, ServerSettings(keep_gaps=False))
    await choose(scene, "kept", "keep_gaps", "keep_feedback")
    assert kept(scene).keep_gaps


async def test_the_alert_channel_is_one_and_can_be_none(scene: Scene) -> None:
    await choose(scene, "alert_channel", scene.channel)
    assert kept(scene).alert_channel == scene.channel.id
    await choose(scene, "alert_channel")
    assert kept(scene).alert_channel is None


async def test_the_menus_work_after_a_restart(scene: Scene, tmp_path: Path) -> None:
    panel = await open_desk(scene, "settings")
    await scene.restart(build_tiny_client(tmp_path))
    await scene.moderator.select(panel, ["private"], custom_id="desk:set:private")
    assert kept(scene).private


@pytest.mark.parametrize("command", ["settings", "gaps", "status", "reload"])
async def test_who_was_let_in_but_does_not_manage_the_server_is_told_so(
    scene: Scene, command: str
) -> None:
    (known,) = [each for each in await scene.client.tree.fetch_commands() if each.name == "desk"]
    scene.guild.set_command_permissions(known, {scene.member: True})
    shown = await scene.member.slash(scene.channel, f"desk {command}")
    assert shown.ephemeral
    assert shown.response is not None
    assert "Only those who manage the server" in read_text(shown.response)


async def test_a_permission_that_is_missing_is_named_with_its_channel(scene: Scene) -> None:
    closed = scene.guild.create_text_channel(
        "closed_desk",
        overwrites={scene.guild.default_role: discord.PermissionOverwrite(send_messages=False)},
    )
    await choose(scene, "alert_channel", closed)
    panel = read_text(await open_desk(scene, "settings"))
    assert "In closed\\_desk I lack: Send Messages" in panel


async def test_answering_posts_says_what_to_switch_on_until_it_is(
    scene: Scene, tmp_path: Path
) -> None:
    assert "Message Content Intent" in read_text(await open_desk(scene, "settings"))
    posting = build_tiny_client(tmp_path, discord=DiscordSettings(answer_posts=True))
    await scene.restart(posting)
    assert "Message Content Intent" not in read_text(await open_desk(scene, "settings"))


async def test_gaps_lists_what_was_asked_in_vain_and_attaches_all_of_it(scene: Scene) -> None:
    assert "No question has gone without" in read_text(await open_desk(scene, "gaps"))
    for question in ("Where do zebrafish sleep?", "do ZEBRAFISH sleep? where?"):
        await scene.member.slash(scene.channel, "ask", question=question)
    report = await open_desk(scene, "gaps")
    assert "1 question without a good answer" in read_text(report)
    assert "no answer: 2" in read_text(report)
    assert [file.filename for file in report.attachments] == ["gaps.csv"]


async def test_a_question_in_the_report_cannot_ping_or_format(scene: Scene) -> None:
    await scene.member.slash(
        scene.channel,
        "ask",
        question="@everyone **where** do [zebrafish](https://x.example) sleep?",
    )
    report = read_text(await open_desk(scene, "gaps"))
    assert "@everyone" not in report
    assert "**where**" not in report
    assert "[zebrafish](" not in report


async def test_status_tells_of_coverage_connection_and_permissions(scene: Scene) -> None:
    text = read_text(await open_desk(scene, "status"))
    for fact in (
        "Articles: 8",
        "without a good answer here: 0",
        "answer\\_posts",
        "every permission",
        "Clippings",
    ):
        assert fact in text


@pytest.fixture
async def filed(tmp_path: Path) -> AsyncIterator[Scene]:
    """The bot over coverage that lies in files."""
    folder = tmp_path / "coverage"
    folder.mkdir()
    write_article(folder, "one")
    where = CoverageSettings(folders=(folder,), cache=tmp_path / "cache")
    settings = tiny_settings(tmp_path, coverage=where)
    coverage = open_coverage(settings)
    client = build_client(settings, build_desk(settings, coverage, open_store(settings)))
    async with open_scene(client) as scene:
        yield scene


def write_article(folder: Path, name: str) -> None:
    matter = f"title: A report on {name}\nurl: https://example.org/{name}"
    text = f"---\n{matter}\n---\nThe {name} is open.\n"
    (folder / f"{name}.md").write_text(text, encoding="utf-8")


async def test_reload_reads_what_is_new_and_answers_from_it(filed: Scene) -> None:
    (folder,) = filed.coverage.folders
    write_article(folder, "lighthouse")
    text = read_text(await open_desk(filed, "reload"))
    assert "2 articles" in text
    assert "New: 1 · changed: 0 · removed: 0" in text
    found = await filed.member.slash(filed.channel, "search", query="lighthouse")
    assert found.response is not None
    assert "A report on lighthouse" in read_text(found.response)


async def test_reload_while_another_process_writes_says_so(filed: Scene) -> None:
    coverage = filed.coverage
    write_article(coverage.folders[0], "lighthouse")
    with IndexWriter(coverage.cache / INDEX_FOLDER):
        assert "being read already" in read_text(await open_desk(filed, "reload"))


async def test_reload_of_a_folder_that_is_gone_goes_on_with_what_it_had(filed: Scene) -> None:
    coverage = filed.coverage
    coverage.folders = (coverage.folders[0] / "gone",)
    assert "could not be read" in read_text(await open_desk(filed, "reload"))
    assert len(coverage.snapshot) == 1


def test_a_menu_that_no_longer_exists_is_refused() -> None:
    with pytest.raises(Refusal, match="expired"):
        change(ServerSettings(), "colour", ["blue"])
