"""/digest: the stories of a day or a week, posted at a time, for those who manage a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, Choice

from bot.discord_bot.commands.watches import answer_manager
from bot.feeds.watchlist import WatchRefused
from bot.replies import Note, Reply

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.feeds.watchlist import Watchlist
    from bot.wording import Wording

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CHOICES = [Choice(name=day.title(), value=day) for day in WEEKDAYS]


def add_to(client: DeskClient) -> None:
    """Add /digest."""
    client.tree.add_command(digest)


digest = app_commands.Group(
    name="digest",
    description="The stories of a day or a week in one message, for those who manage this server",
    default_permissions=discord.Permissions(manage_guild=True),
    allowed_installs=AppInstallationType(guild=True, user=False),
    allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
)


@digest.command(name="daily", description="Post the stories of a day here, every day")
@app_commands.describe(time="When: 8:00", zone="The time zone: Europe/Berlin")
async def daily(interaction: DeskInteraction, time: str, zone: str = "UTC") -> None:
    """Keep a daily digest of this channel."""
    await _keep(interaction, time, zone, None)


@digest.command(name="weekly", description="Post the stories of a week here, every week")
@app_commands.describe(day="On which day", time="When: 8:00", zone="The time zone: Europe/Berlin")
@app_commands.choices(day=CHOICES)
async def weekly(interaction: DeskInteraction, day: str, time: str, zone: str = "UTC") -> None:
    """Keep a weekly digest of this channel."""
    await _keep(interaction, time, zone, WEEKDAYS.index(day))


@digest.command(name="off", description="Post no digest here any more")
async def off(interaction: DeskInteraction) -> None:
    """Drop the digest of this channel."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        channel_id = interaction.channel_id or 0
        await interaction.client.desk.away(watchlist.remove_digest, server_id, channel_id)
        return Reply(blocks=(Note(wording.say("digest.off")),))

    await answer_manager(interaction, act)


async def _keep(interaction: DeskInteraction, time: str, zone: str, weekday: int | None) -> None:
    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        place = interaction.channel
        if not isinstance(place, discord.TextChannel | discord.Thread):
            raise WatchRefused("channel")
        away = interaction.client.desk.away
        kept = await away(watchlist.keep_digest, server_id, place.id, time, zone, weekday)
        when = kept.next_at.strftime("%Y-%m-%d %H:%M UTC")
        return Reply(blocks=(Note(wording.say("digest.kept", when=when)),))

    await answer_manager(interaction, act)
