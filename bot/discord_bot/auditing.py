"""A line for each change of a server's settings: in the log, and in its channel for alerts."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot.discord_bot.asker import asker_of
from bot.discord_bot.layout import NOBODY, lay_out_line

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskInteraction

log = logging.getLogger(__name__)


async def note_change(interaction: DeskInteraction, what: str) -> None:
    """Say who changed what, to those who read alerts; `what` is in the server's language."""
    log.info("server %s: member %s changed %s", interaction.guild_id, interaction.user.id, what)
    desk, guild = interaction.client.desk, interaction.guild
    chosen = desk.settings(interaction.guild_id).alert_channel
    channel = guild.get_channel(chosen) if guild and chosen else None
    if not isinstance(channel, discord.TextChannel):
        return
    said = desk.speak(asker_of(interaction)).say(
        "audit.changed", who=interaction.user.mention, what=what
    )
    try:
        await channel.send(view=lay_out_line(said, refused=False), allowed_mentions=NOBODY)
    except discord.HTTPException as failure:
        log.warning("server %s cannot be told of a change: %s", interaction.guild_id, failure)
