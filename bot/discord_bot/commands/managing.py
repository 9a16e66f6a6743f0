"""What the commands for those who manage a server have in common: group, refusals, places."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import discord
from discord import app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, Choice

from bot.discord_bot.asker import asker_of
from bot.discord_bot.ephemeral import defer_ephemeral, send_ephemeral
from bot.discord_bot.escaping import strip_unseen
from bot.discord_bot.settings_panel import admit_manager
from bot.feeds.subscriptions import SubscriptionRefused, name_feed
from bot.feeds.watchlist import WatchRefused
from bot.replies import Note, Reply, Title
from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.discord_bot.interactions import DeskInteraction
    from bot.wording import Wording

OFFERED = 25
LONGEST_NAME = 100
LONGEST_LINE = 200

Service = TypeVar("Service")


def build_group(name: str, description: str) -> app_commands.Group:
    """A group of commands for a server, shown to those who manage it."""
    return app_commands.Group(
        name=name,
        description=description,
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_installs=AppInstallationType(guild=True, user=False),
        allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
    )


async def answer_manager(
    interaction: DeskInteraction,
    table: str,
    service: Service | None,
    act: Callable[[Service, int, Wording], Awaitable[Reply]],
) -> None:
    """Do what a manager asked, and show what came of it to them alone.

    `table` of the catalogue says why there is no `service`: the operator fetches nothing.
    """
    server_id = await admit_manager(interaction)
    if server_id is None:
        return
    await defer_ephemeral(interaction)
    wording = interaction.client.desk.speak(asker_of(interaction))
    try:
        if service is None:
            reply = refuse(wording.say(f"{table}.refused_off"))
        else:
            reply = await act(service, server_id, wording)
    except SubscriptionRefused as refused:
        reply = refuse(wording.say(f"feeds.refused_{refused.reason}", about=line(refused.about)))
    except WatchRefused as refused:
        reply = refuse(wording.say(f"alerts.refused_{refused.reason}", about=line(refused.about)))
    await send_ephemeral(interaction, reply)


def find_place(
    interaction: DeskInteraction, chosen: discord.TextChannel | None
) -> discord.TextChannel | discord.Thread:
    """The channel chosen, else the one of the command, if the bot may post there.

    Raises WatchRefused.
    """
    place = chosen or interaction.channel
    if not isinstance(place, discord.TextChannel | discord.Thread):
        raise WatchRefused("channel")
    granted = place.permissions_for(place.guild.me)
    if not (granted.view_channel and granted.send_messages):
        raise WatchRefused("channel")
    return place


def name_channel(interaction: DeskInteraction, channel_id: int) -> str:
    """A channel of the server as it is called, "#?" for one that is gone."""
    channel = interaction.guild.get_channel(channel_id) if interaction.guild else None
    return f"#{channel.name}" if channel else "#?"


async def suggest_own_feeds(interaction: DeskInteraction, typed: str) -> list[Choice[str]]:
    """Offer the feeds that the server added, to those who manage it."""
    return await _suggest(interaction, typed, own=True)


async def suggest_feeds(interaction: DeskInteraction, typed: str) -> list[Choice[str]]:
    """Offer the feeds that the server sees, to those who manage it."""
    return await _suggest(interaction, typed, own=False)


async def _suggest(interaction: DeskInteraction, typed: str, *, own: bool) -> list[Choice[str]]:
    client, server_id = interaction.client, interaction.guild_id
    if server_id is None or client.subscriptions is None:
        return []
    if not interaction.permissions.manage_guild:
        return []
    listed = await client.desk.away(client.subscriptions.list_for, server_id)
    feeds = (each.feed for each in listed if not (own and each.shared))
    shown = ((cut_line(strip_unseen(name_feed(f)), LONGEST_NAME), f.feed_id) for f in feeds)
    wanted = typed.casefold()
    return [Choice(name=n, value=i) for n, i in shown if n and wanted in n.casefold()][:OFFERED]


def say(*lines: str, title: str = "") -> Reply:
    """Lines of our own words, under a title where there is one."""
    head = (Title(title),) if title else ()
    return Reply(blocks=(*head, *map(Note, lines)))


def refuse(text: str) -> Reply:
    """One line that says why nothing was done."""
    return Reply(blocks=(Note(text),), answered=False)


def line(text: str) -> str:
    """Words of strangers on one line, of a bearable length."""
    return cut_line(strip_unseen(text), LONGEST_LINE)
