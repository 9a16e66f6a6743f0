"""/alerts: saved queries that are told when an article arrives, for those who manage a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.desk.requests import clean_text
from bot.discord_bot.commands.autocomplete import suggest_outlets
from bot.discord_bot.commands.managing import (
    answer_manager,
    build_group,
    find_place,
    name_channel,
    say,
)
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


alerts = build_group(
    "alerts", "Be told when articles with some words arrive, for those who manage this server"
)


@alerts.command(name="add", description="Post a message when an article with these words arrives")
@app_commands.describe(
    words='Whole words that must all be in it, "a phrase", -without',
    outlet="Only articles of this outlet",
    channel="Where to post; here unless you choose",
    role="Mention this role with each new message; nobody unless you choose",
)
@app_commands.autocomplete(outlet=suggest_outlets)
async def add(
    interaction: DeskInteraction,
    words: str,
    outlet: str = "",
    channel: discord.TextChannel | None = None,
    role: discord.Role | None = None,
) -> None:
    """Keep a query, where the bot can post what it finds."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        place = find_place(interaction, channel)
        if role:
            _check_role(interaction, role, place)
        away, role_id = interaction.client.desk.away, role.id if role else None
        wanted = clean_text(words)  # nobody's id is kept
        watch = await away(watchlist.add, server_id, place.id, wanted, outlet, role_id)
        lines = [wording.say("alerts.added", query=watch.query, channel=f"#{place.name}")]
        lines += [wording.say("alerts.mentions", role=f"@{role.name}")] if role else []
        return say(*lines)

    await _answer(interaction, act)


def _check_role(
    interaction: DeskInteraction,
    role: discord.Role,
    place: discord.TextChannel | discord.Thread,
) -> None:
    """Raise WatchRefused where this person, or the bot, may not mention a role there."""
    asking = interaction.permissions.mention_everyone
    able = place.permissions_for(place.guild.me).mention_everyone
    if role.is_default() or not (role.mentionable or (asking and able)):
        raise WatchRefused("role", f"@{role.name.removeprefix('@')}")


@alerts.command(name="list", description="The alerts of this server")
async def list_(interaction: DeskInteraction) -> None:
    """List the queries with their numbers."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        listed = await interaction.client.desk.away(watchlist.list_for, server_id)
        lines = [_describe(watch, interaction, wording) for watch in listed]
        title = Title(wording.say("alerts.listed"))
        return Reply(blocks=(title, *map(Note, lines or [wording.say("alerts.none")])))

    await _answer(interaction, act)


@alerts.command(name="remove", description="Be told of some words no more")
@app_commands.describe(number="The number of the alert, from /alerts list")
async def remove(interaction: DeskInteraction, number: int) -> None:
    """Drop a query."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        watch = await interaction.client.desk.away(watchlist.remove, server_id, number)
        return Reply(blocks=(Note(wording.say("alerts.removed", query=watch.query)),))

    await _answer(interaction, act)


@alerts.command(name="pause", description="Let an alert rest, or end its rest")
@app_commands.describe(number="The number of the alert, from /alerts list")
async def pause(interaction: DeskInteraction, number: int) -> None:
    """Pause a query, and go on with one that is paused."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        away = interaction.client.desk.away
        watch, paused = await away(watchlist.turn_pause, server_id, number)
        said = "alerts.paused_now" if paused else "alerts.resumed"
        return Reply(blocks=(Note(wording.say(said, query=watch.query)),))

    await _answer(interaction, act)


@alerts.command(name="test", description="What an alert would have found in the last week")
@app_commands.describe(words='Whole words that must all be in it, "a phrase", -without')
async def test(interaction: DeskInteraction, words: str) -> None:
    """Match a query with the articles of a week, and keep nothing."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        total, found = await interaction.client.desk.away(watchlist.test, server_id, words)
        title = Title(wording.say("alerts.title", query=words[:150]))
        said = Note(wording.say("alerts.tested", n=total))
        return Reply(blocks=(title, said, *(cite(article, wording) for article in found)))

    await _answer(interaction, act)


@alerts.command(name="quiet", description="Hours in which nothing is posted; it waits")
@app_commands.describe(
    start="When they begin: 22:00; the same as the end for none",
    end="When they end: 7:00",
    zone="The server's time zone: Europe/Berlin; once is enough",
)
async def quiet(interaction: DeskInteraction, start: str, end: str, zone: str = "") -> None:
    """Keep a server's quiet hours and time zone."""

    async def act(watchlist: Watchlist, server_id: int, wording: Wording) -> Reply:
        away = interaction.client.desk.away
        place = await away(watchlist.keep_quiet, server_id, start, end, zone)
        return say(wording.say("alerts.quiet", start=start, end=end, zone=place))

    await _answer(interaction, act)


async def _answer(
    interaction: DeskInteraction, act: Callable[[Watchlist, int, Wording], Awaitable[Reply]]
) -> None:
    await answer_manager(interaction, "alerts", interaction.client.watchlist, act)


def _describe(watch: Watch, interaction: DeskInteraction, wording: Wording) -> str:
    parts = [f"{watch.watch_id}: {watch.query}", name_channel(interaction, watch.channel_id)]
    parts += [watch.outlet] if watch.outlet else []
    role = interaction.guild.get_role(watch.role_id or 0) if interaction.guild else None
    parts += [f"@{role.name}"] if role else []
    parts += [wording.say("feeds.paused")] if watch.paused else []
    return " · ".join(parts)
