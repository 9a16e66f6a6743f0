"""Commands are sent when Discord knows others, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.discord_bot.sync import says
from tests.support.scene import build_tiny_client, open_scene

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.scene import Scene

COMMAND = {"name": "ask", "description": "Ask", "options": [], "nsfw": False}


def sent(scene: Scene) -> list[Any]:
    """What the bot told Discord about its commands, each time."""
    return [r.json for r in scene.env.http_requests if r.method == "PUT"]


async def test_a_first_start_tells_discord_of_every_command(scene: Scene) -> None:
    (commands,) = sent(scene)
    assert {"ask", "search", "latest", "story", "timeline", "compare", "changes"} <= {
        command["name"] for command in commands
    }


async def test_a_second_start_tells_nothing_new(scene: Scene, tmp_path: Path) -> None:
    await scene.restart(build_tiny_client(tmp_path))
    assert len(sent(scene)) == 1


async def test_sync_tells_it_again_all_the_same(scene: Scene, tmp_path: Path) -> None:
    client = build_tiny_client(tmp_path)
    client.sync_always = True
    await scene.restart(client)
    assert len(sent(scene)) == 2


async def test_a_changed_command_is_told(scene: Scene, tmp_path: Path) -> None:
    client = build_tiny_client(tmp_path)
    client.tree.remove_command("outlets")
    await scene.restart(client)
    assert len(sent(scene)) == 2


async def test_commands_can_be_installed_by_servers_and_people_and_used_everywhere(
    tmp_path: Path,
) -> None:
    async with open_scene(build_tiny_client(tmp_path)) as scene:
        (commands,) = sent(scene)
    ask = next(command for command in commands if command["name"] == "ask")
    assert sorted(ask["integration_types"]) == [0, 1]
    assert sorted(ask["contexts"]) == [0, 1, 2]


@pytest.mark.parametrize(
    ("theirs", "same"),
    [
        (COMMAND | {"id": "1", "version": "2", "options": None}, True),
        (COMMAND | {"description": "Ask me"}, False),
        (COMMAND | {"options": [{"name": "question"}]}, False),
        ({"name": "ask", "description": "Ask"}, True),
        (COMMAND | {"description_localizations": None}, True),
    ],
)
def test_what_discord_adds_of_itself_is_no_difference(theirs: dict[str, Any], same: bool) -> None:  # noqa: FBT001  # a table's column
    assert says(theirs, COMMAND) is same
