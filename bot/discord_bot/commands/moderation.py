"""/desk mute and /desk limit: whom the bot does not hear, and how often members may ask."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.discord_bot.asker import asker_of
from bot.discord_bot.auditing import note_change
from bot.discord_bot.commands.admin import desk
from bot.discord_bot.ephemeral import send_ephemeral
from bot.discord_bot.layout import lay_out_line
from bot.discord_bot.settings_panel import admit_manager

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.store import ServerSettings

MOST = 1000  # questions a minute


def add_to(client: DeskClient) -> None:
    """Nothing of its own: the group /desk is added with its settings."""
    del client


@desk.command(name="mute", description="Hear a member no more, or again")
@app_commands.describe(member="Whom", muted="False: hear them again")
async def mute(
    interaction: DeskInteraction,
    member: discord.User,
    muted: bool = True,  # noqa: FBT001, FBT002  # Discord reads the option's type here
) -> None:
    """Mute a member for the bot, or end that."""
    server_id = await admit_manager(interaction)
    if server_id is None:
        return
    serving = interaction.client.desk
    await serving.mute(server_id, member.id, muted=muted)
    wording = serving.speak(asker_of(interaction))
    key = "mute.on" if muted else "mute.off"
    said = wording.say(key, member=member.mention)
    await send_ephemeral(interaction, lay_out_line(said, refused=False))
    await note_change(interaction, said)


@desk.command(name="limit", description="How many questions a minute each member may ask")
@app_commands.describe(questions="A minute; 0 is the usual", role="Only those with this role")
async def limit(
    interaction: DeskInteraction,
    questions: app_commands.Range[int, 0, MOST],
    role: discord.Role | None = None,
) -> None:
    """Set the limit of a server or of a role in it."""
    server_id = await admit_manager(interaction)
    if server_id is None:
        return
    serving = interaction.client.desk
    rules = set_limit(serving.settings(server_id), questions, role.id if role else None)
    await serving.change_settings(server_id, rules)
    wording = serving.speak(asker_of(interaction))
    whom = role.mention if role else wording.say("limit.everybody")
    usual = wording.say("limit.usual", whom=whom)
    said = wording.say("limit.set", n=questions, whom=whom) if questions else usual
    await send_ephemeral(interaction, lay_out_line(said, refused=False))
    await note_change(interaction, said)


def set_limit(rules: ServerSettings, questions: int, role_id: int | None) -> ServerSettings:
    """The settings with another limit for a role (none: for everybody); 0 takes it away."""
    if role_id is None:
        return replace(rules, person_limit=questions)
    others = tuple(pair for pair in rules.role_limits if pair[0] != role_id)
    return replace(rules, role_limits=(*others, *([(role_id, questions)] if questions else [])))
