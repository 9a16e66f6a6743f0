"""The manual names every command and shows every picture that is kept for it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.scene import Scene

DOCS = Path(__file__).parents[2] / "docs"
MANUAL = (DOCS / "manual.md").read_text("utf-8")
PICTURES = sorted(DOCS.glob("screenshots/*.png"))
MOST_BYTES = 150_000


async def test_every_command_and_menu_is_named(scene: Scene) -> None:
    for command in scene.moderator.available_commands(scene.channel):
        assert f"/{command}" in MANUAL
    menus = [name for name, kind in scene.env.backend.commands[None] if kind != 1]
    assert all(f"**{name}**" in MANUAL for name in menus)


def test_every_picture_shown_is_there_and_says_what_it_shows() -> None:
    shown = re.findall(r"!\[([^]]*)\]\(([^)]+)\)", MANUAL)
    assert all(described and (DOCS / path).is_file() for described, path in shown)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_pictures_are_small(picture: Path) -> None:
    assert picture.stat().st_size < MOST_BYTES
