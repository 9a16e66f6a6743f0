"""A reply for the eyes of one person only: help, privacy, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import discord
from discord.ui import ActionRow, Container, Item, LayoutView, Separator, TextDisplay

from bot.discord_bot.layout import ANSWERED, NOBODY, lay_out
from bot.replies import Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord_bot.interactions import DeskInteraction

Row: TypeAlias = ActionRow[LayoutView]


def in_row(item: Item[Any]) -> Row:
    """Put one button or menu into a row of its own."""
    return ActionRow(item)


def lay_out_sections(*sections: str) -> LayoutView:
    """Build a message of our own words in Markdown, with a line between sections."""
    view = LayoutView(timeout=None)
    container: Container[LayoutView] = Container(accent_colour=ANSWERED)
    for place, section in enumerate(sections):
        if place:
            container.add_item(Separator())
        container.add_item(TextDisplay(section))
    view.add_item(container)
    return view


async def defer_ephemeral(interaction: DeskInteraction) -> None:
    """Tell Discord at once that a private reply will come."""
    await interaction.response.defer(ephemeral=True, thinking=True)


async def send_ephemeral(
    interaction: DeskInteraction,
    reply: Reply | LayoutView,
    rows: Sequence[Row] = (),
    *,
    file: discord.File | None = None,
) -> None:
    """Show what fits one message, with buttons and a file below; fills in what was acknowledged."""
    view = lay_out(reply) if isinstance(reply, Reply) else reply
    for row in rows:
        view.add_item(row)
    files = [file] if file else []
    for each in files:
        view.add_item(discord.ui.File(f"attachment://{each.filename}"))
    if interaction.response.is_done():
        await interaction.edit_original_response(
            view=view, attachments=files, allowed_mentions=NOBODY
        )
    else:
        await interaction.response.send_message(
            view=view, files=files, ephemeral=True, allowed_mentions=NOBODY
        )
