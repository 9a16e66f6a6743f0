"""/alerts: saved queries that are told when an article arrives, for those who manage a server."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import AppCommandContext, AppInstallationType

from bot.discord_bot.asker import asker_of
from bot.discord_bot.commands.autocomplete import suggest_outlets
from bot.discord_bot.ephemeral import defer_ephemeral, send_ephemeral
from bot.discord_bot.settings_panel import admit_manager
from bot.feeds.digests import DigestError, parse_minute, parse_zone
from bot.feeds.watchlist import WatchRefused
from bot.replies import Note, Reply, Title
from bot.replies.citing import cite

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.feeds.watchlist import Watchlist
    from bot.store.watches import Watch
    from bot.wording import Wording


def add_to(client: DeskClient) -> None:
    """Add /alerts."""
    client.tree.add_command(alerts)


alerts = app_commands.Group(
    name="alerts",
    description="Be told when articles with some words arrive, for those who manage this server",
    default_permissions=discord.Permissions(manage_guild=True),
    allowed_installs=AppInstallationType(guild=True, user=False),
    allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
)


@alerts.command(name="add", description="Post a message when an article with these words arrives")
@app_commands.describe(
    words='Whole words that must all be in it, "a phrase", -without',
    outlet="Only articles of this outlet",
    channel="Where to post; here unless you choose",
)
@app_commands.autocomplete(outlet=suggest_outlets)
async def add(
    interaction: DeskInteraction,
    words: str,
    outlet: str = "",
    channel: discord.TextChannel | None = None,
) -> None:
    """Keep a query, where the bot can post what it finds."""
    place = channel or interaction.channel

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        if not isinstance(place, discord.TextChannel | discord.Thread):
            raise WatchRefused("channel")
        me = place.guild.me
        granted = place.permissions_for(me)
        if not (granted.view_channel and granted.send_messages):
            raise WatchRefused("channel")
        away = interaction.client.desk.away
        watch = await away(watchlist.add, server_id, place.id, words, outlet)
        said = wording.say("alerts.added", query=watch.query, channel=f"#{place.name}")
        return Reply(blocks=(Note(said),))

    await answer_manager(interaction, act)


@alerts.command(name="list", description="The alerts of this server")
async def list_(interaction: DeskInteraction) -> None:
    """List the queries with their numbers."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        listed = await interaction.client.desk.away(watchlist.list_for, server_id)
        lines = [_describe(watch, interaction, wording) for watch in listed]
        title = Title(wording.say("alerts.listed"))
        return Reply(blocks=(title, *map(Note, lines or [wording.say("alerts.none")])))

    await answer_manager(interaction, act)


@alerts.command(name="remove", description="Be told of some words no more")
@app_commands.describe(number="The number of the alert, from /alerts list")
async def remove(interaction: DeskInteraction, number: int) -> None:
    """Drop a query."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        watch = await interaction.client.desk.away(watchlist.remove, server_id, number)
        return Reply(blocks=(Note(wording.say("alerts.removed", query=watch.query)),))

    await answer_manager(interaction, act)


@alerts.command(name="pause", description="Let an alert rest, or end its rest")
@app_commands.describe(number="The number of the alert, from /alerts list")
async def pause(interaction: DeskInteraction, number: int) -> None:
    """Pause a query, and go on with one that is paused."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        away = interaction.client.desk.away
        watch, paused = await away(watchlist.turn_pause, server_id, number)
        said = "alerts.paused_now" if paused else "alerts.resumed"
        return Reply(blocks=(Note(wording.say(said, query=watch.query)),))

    await answer_manager(interaction, act)


@alerts.command(name="test", description="What an alert would have found in the last week")
@app_commands.describe(words='Whole words that must all be in it, "a phrase", -without')
async def test(interaction: DeskInteraction, words: str) -> None:
    """Match a query with the articles of a week, and keep nothing."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        total, found = await interaction.client.desk.away(watchlist.test, server_id, words)
        title = Title(wording.say("alerts.title", query=words[:150]))
        said = Note(wording.say("alerts.tested", n=total))
        return Reply(blocks=(title, said, *(cite(article, wording) for article in found)))

    await answer_manager(interaction, act)


@alerts.command(name="quiet", description="Hours in which nothing is posted; it waits")
@app_commands.describe(
    start="When they begin: 22:00; the same as the end for none",
    end="When they end: 7:00",
    zone="The time zone: Europe/Berlin",
)
async def quiet(interaction: DeskInteraction, start: str, end: str, zone: str = "UTC") -> None:
    """Keep a server's quiet hours and time zone."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        del watchlist
        try:
            first, last, place = parse_minute(start), parse_minute(end), parse_zone(zone)
        except DigestError as error:
            raise WatchRefused("time", str(error)) from None
        desk = interaction.client.desk
        settings = desk.settings(server_id)
        changed = replace(settings, quiet_from=first, quiet_until=last, zone=place)
        await desk.change_settings(server_id, changed)
        said = wording.say("alerts.quiet", start=start, end=end, zone=place)
        return Reply(blocks=(Note(said),))

    await answer_manager(interaction, act)


async def answer_manager(
    interaction: DeskInteraction, act: Callable[[Watchlist, int, Wording], Awaitable[Reply]]
) -> None:
    """Do what a manager asked, and show what came of it to them alone."""
    server_id = await admit_manager(interaction)
    if server_id is None:
        return
    await defer_ephemeral(interaction)
    client = interaction.client
    wording = client.desk.speak(asker_of(interaction))
    try:
        if client.watchlist is None:
            raise WatchRefused("off")  # noqa: TRY301  # told as every other refusal is
        reply = await act(client.watchlist, server_id, wording)
    except WatchRefused as refused:
        said = wording.say(f"alerts.refused_{refused.reason}", about=refused.about)
        reply = Reply(blocks=(Note(said),), answered=False)
    await send_ephemeral(interaction, reply)


def _describe(watch: Watch, interaction: DeskInteraction, wording: Wording) -> str:
    channel = interaction.guild.get_channel(watch.channel_id) if interaction.guild else None
    parts = [f"{watch.watch_id}: {watch.query}", f"#{channel.name}" if channel else "#?"]
    parts += [watch.outlet] if watch.outlet else []
    parts += [wording.say("feeds.paused")] if watch.paused else []
    return " · ".join(parts)
