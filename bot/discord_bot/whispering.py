"""A reply for the eyes of one person only: help, privacy, settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import discord
from discord.ui import ActionRow, Item, LayoutView

from bot.discord_bot.layout import lay_out
from bot.discord_bot.sending import NOBODY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord_bot.client import ClippingsClient
    from bot.replies import Reply

Row: TypeAlias = ActionRow[LayoutView]


def in_row(item: Item[Any]) -> Row:
    """Put one button or menu into a row of its own."""
    return ActionRow(item)


async def acknowledge(interaction: discord.Interaction[ClippingsClient]) -> None:
    """Tell Discord at once that a private reply will come."""
    await interaction.response.defer(ephemeral=True, thinking=True)


async def whisper(
    interaction: discord.Interaction[ClippingsClient],
    reply: Reply,
    rows: Sequence[Row] = (),
    *,
    file: discord.File | None = None,
) -> None:
    """Show a reply that fits one message, with a file below it; fills in what was acknowledged."""
    view = lay_out(reply, rows)
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
