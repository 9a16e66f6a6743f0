"""/digest: the stories of a day or a week, posted at a time, for those who manage a server."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.discord_bot.commands.managing import (
    answer_manager,
    build_group,
    find_place,
    say,
    suggest_feeds,
)

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.feeds.watchlist import Watchlist
    from bot.replies import Reply
    from bot.wording import Wording

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CHOICES = [Choice(name=day.title(), value=day) for day in WEEKDAYS]


def add_to(client: DeskClient) -> None:
    """Add /digest."""
    client.tree.add_command(digest)


digest = build_group(
    "digest", "The stories of a day or a week in one message, for those who manage this server"
)

_OPTIONS = {
    "time": "When: 8:00",
    "zone": "The server's time zone: Europe/Berlin; once is enough",
    "feeds": "Of these feeds alone, with commas between them",
    "channel": "Where to post; here unless you choose",
}


@digest.command(name="daily", description="Post the stories of a day, every day")
@app_commands.describe(**_OPTIONS)
@app_commands.autocomplete(feeds=suggest_feeds)
async def daily(
    interaction: DeskInteraction,
    time: str,
    zone: str = "",
    feeds: str = "",
    channel: discord.TextChannel | None = None,
) -> None:
    """Keep a daily digest of a channel."""
    await _keep(interaction, time, zone, feeds, channel)


@digest.command(name="weekly", description="Post the stories of a week, every week")
@app_commands.describe(day="On which day", **_OPTIONS)
@app_commands.choices(day=CHOICES)
@app_commands.autocomplete(feeds=suggest_feeds)
async def weekly(  # noqa: PLR0913, PLR0917  # the options of a command
    interaction: DeskInteraction,
    day: str,
    time: str,
    zone: str = "",
    feeds: str = "",
    channel: discord.TextChannel | None = None,
) -> None:
    """Keep a weekly digest of a channel."""
    await _keep(interaction, time, zone, feeds, channel, WEEKDAYS.index(day))


@digest.command(name="off", description="Post no digest any more")
@app_commands.describe(channel="In which channel; here unless you choose")
async def off(interaction: DeskInteraction, channel: discord.TextChannel | None = None) -> None:
    """Drop the digest of a channel."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        channel_id = channel.id if channel else interaction.channel_id or 0
        await interaction.client.desk.away(watchlist.remove_digest, server_id, channel_id)
        return say(wording.say("digest.off"))

    await answer_manager(interaction, "alerts", interaction.client.watchlist, act)


async def _keep(  # noqa: PLR0913, PLR0917  # the options of a command
    interaction: DeskInteraction,
    time: str,
    zone: str,
    feeds: str,
    channel: discord.TextChannel | None,
    weekday: int | None = None,
) -> None:
    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        place = find_place(interaction, channel)
        away = interaction.client.desk.away
        keep = watchlist.keep_digest
        kept = await away(keep, server_id, place.id, time, zone, weekday, feeds)
        local = kept.next_at.astimezone(ZoneInfo(kept.zone))
        when = f"{local:%Y-%m-%d %H:%M} ({kept.zone})"
        return say(wording.say("digest.kept", when=when, channel=f"#{place.name}"))

    await answer_manager(interaction, "alerts", interaction.client.watchlist, act)
