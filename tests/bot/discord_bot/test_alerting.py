"""Alerts in the channel that a server chose: in its language, pinging nobody, failing quietly."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import discord
import pytest

from bot.compose import build_client, build_desk, open_coverage, open_store
from bot.desk.alerts import Failed, Quiet, Recovered, Rejected
from bot.discord_bot.alerting import Alerting, describe_alert
from bot.discord_bot.layout import PAGE_WEIGHT, weigh
from bot.running import refresh_regularly
from bot.settings import CoverageSettings
from bot.wording import LANGUAGES, Wording
from retrieval.reports import Reject
from tests.support.scene import build_tiny_client, open_scene, tiny_settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import simcord

    from bot.desk.alerts import Alert
    from tests.support.scene import Scene

FAILED = Failed("news")
ALERTS = (
    FAILED,
    Failed(),
    Recovered(),
    Rejected((Reject("a.txt", "empty"),)),
    Quiet(date(2024, 5, 4)),
)


def choose(scene: Scene, channel_id: int | None, language: str = "") -> None:
    desk = scene.client.desk
    settings = desk.settings(scene.guild.id)
    chosen = replace(settings, alert_channel=channel_id, language=language)
    scene.store.servers.write(scene.guild.id, chosen)


async def tell(scene: Scene, *alerts: Alert) -> None:
    alerting = Alerting()
    alerting.use(scene.client)
    await alerting.tell(alerts)
    await scene.env.settle()


def told(scene: Scene, channel: simcord.ChannelHandle | None = None) -> list[str]:
    return [text_of(message) for message in (channel or scene.channel).history()]


def text_of(message: discord.Message) -> str:
    view = discord.ui.LayoutView.from_message(message)
    texts = [each for each in view.walk_children() if isinstance(each, discord.ui.TextDisplay)]
    return "\n".join(text.content for text in texts)


async def test_a_server_that_chose_no_channel_is_told_nothing(scene: Scene) -> None:
    await tell(scene, *ALERTS)
    assert told(scene) == []


async def test_every_server_that_chose_one_is_told_in_its_language(scene: Scene) -> None:
    choose(scene, scene.channel.id, "de")
    other = scene.env.create_guild("Another newsroom")
    desk_channel = other.create_text_channel("desk")
    store = scene.store.servers
    store.write(other.id, replace(store.read(other.id), alert_channel=desk_channel.id))
    await tell(scene, FAILED, Recovered())
    failed, recovered = told(scene)
    assert failed.startswith("Das Archiv konnte nicht gelesen werden: Den Ordner news gibt es ")
    assert recovered == "Das Archiv kann wieder gelesen werden."
    failed, recovered = told(scene, desk_channel)
    assert failed.startswith("The coverage could not be read: I find no folder news, or may not ")
    assert recovered == "The coverage can be read again."


async def test_three_rejected_files_are_named_and_the_rest_counted(scene: Scene) -> None:
    choose(scene, scene.channel.id)
    await tell(scene, Rejected(tuple(Reject(f"{n}.txt", f"reason {n}") for n in range(5))))
    (said,) = told(scene)
    assert said.splitlines() == [
        "5 more files give no article:",
        *(f"{n}.txt: reason {n}" for n in range(3)),
        "clippings index lists every such file, for whoever runs the bot.",
    ]


async def test_names_of_files_neither_ping_nor_format(scene: Scene) -> None:
    choose(scene, scene.channel.id)
    await tell(scene, Rejected((Reject("@everyone/**a**.txt", f"<@{scene.member.id}>"),)))
    (said,) = told(scene)
    assert "@everyone" not in said
    assert "\\*\\*a\\*\\*" in said
    assert f"\\<@{scene.member.id}\\>" in said
    (posted,) = [
        r for r in scene.env.http_requests if r.method == "POST" and r.path.endswith("/messages")
    ]
    assert posted.json is not None
    assert posted.json["allowed_mentions"] == {"parse": []}


async def test_a_channel_it_may_not_write_in_costs_a_line_in_the_log(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    closed = scene.guild.create_text_channel(
        "closed",
        overwrites={scene.guild.default_role: discord.PermissionOverwrite(send_messages=False)},
    )
    choose(scene, closed.id)
    await tell(scene, FAILED)
    assert told(scene, closed) == []
    (line,) = [r.getMessage() for r in caplog.records if "cannot be told" in r.getMessage()]
    assert f"server {scene.guild.id}" in line
    assert "Missing Permissions" in line


async def test_so_does_a_channel_that_is_gone(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    choose(scene, 1)
    await tell(scene, FAILED)
    assert "channel 1 is not there" in caplog.text


async def test_what_cannot_be_told_before_the_bot_is_connected_is_told_after(
    scene: Scene, tmp_path: Path
) -> None:
    choose(scene, scene.channel.id)
    alerting = Alerting()
    await alerting.tell([FAILED])
    alerting.use(build_tiny_client(tmp_path))  # one that did not get to connect
    await alerting.tell([Recovered()])
    assert told(scene) == []
    alerting.use(scene.client)
    await alerting.tell([])
    assert len(told(scene)) == 2
    await alerting.tell([])
    assert len(told(scene)) == 2


async def test_what_the_regular_reading_finds_arrives_without_a_path_of_the_machine(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    settings = tiny_settings(tmp_path, coverage=CoverageSettings(folders=(news,), cache=tmp_path))
    client = build_client(
        settings, build_desk(settings, open_coverage(settings), open_store(settings))
    )
    async with asyncio.timeout(30), open_scene(client) as scene:
        choose(scene, scene.channel.id)
        alerting, told_once = Alerting(), asyncio.Event()
        alerting.use(client)

        async def tell_once(alerts: Iterable[Alert]) -> None:
            await alerting.tell(alerts)
            told_once.set()

        shutil.rmtree(news)
        reading = asyncio.create_task(refresh_regularly(client.desk, 0.001, tell_once))
        await told_once.wait()
        reading.cancel()
        await asyncio.wait([reading])
        (said,) = told(scene)
        assert "no folder news" in said
        assert str(tmp_path) not in said
        assert f"{news}: no such folder" in caplog.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_alert_fits_a_message_however_long_its_words(language: str) -> None:
    long = Rejected(tuple(Reject("*" * 5000, "_" * 5000) for _ in range(9)))
    for alert in (*ALERTS, Failed("*" * 5000), long):
        blocks = describe_alert(alert, Wording(language)).blocks
        assert 0 < sum(map(weigh, blocks)) < PAGE_WEIGHT
