"""Lasting components explain their failures, whatever they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, cast

from discord.ui import ActionRow, Button, Item, LayoutView

from bot.discord_bot.interactions import SafeDynamicItem
from tests.support.messages import read_text

if TYPE_CHECKING:
    import re

    import discord

    from bot.discord_bot.interactions import DeskInteraction
    from tests.support.scene import Scene


class BrokenButton(SafeDynamicItem[Button[LayoutView]], template=r"test:broken"):
    """A button that cannot do what it is for."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button."""
        del interaction, match
        return cls(cast("Button[LayoutView]", item))

    async def act(self, interaction: DeskInteraction) -> None:
        """Fail."""
        raise ZeroDivisionError(interaction.id)


async def test_a_button_that_fails_says_so_to_the_one_who_pressed_it(scene: Scene) -> None:
    scene.client.add_dynamic_items(BrokenButton)
    view = LayoutView(timeout=None)
    view.add_item(ActionRow(BrokenButton(Button(label="Try", custom_id="test:broken"))))
    channel = scene.client.get_channel(scene.channel.id)
    await channel.send(view=view)  # type: ignore[union-attr]  # a text channel
    (message,) = scene.channel.history()
    pressed = await scene.member.click(message, custom_id="test:broken")
    assert pressed.response is not None
    assert pressed.response.ephemeral
    assert "went wrong" in read_text(pressed.response)
