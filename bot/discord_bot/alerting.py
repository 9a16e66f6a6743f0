"""Alerts posted in the channel that each server chose for them, in that server's language."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot.desk.alerts import Failed, Quiet, Recovered, Rejected, StoreFailed, StoreRecovered
from bot.discord_bot.connection import UNREACHABLE
from bot.discord_bot.layout import NOBODY, lay_out
from bot.replies import Note, Reply
from bot.replies.cutting import cut_line
from bot.replies.rejects import name_rejects
from bot.store import StoreError
from bot.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.desk.alerts import Alert
    from bot.discord_bot.interactions import DeskClient

NAMED = 3  # rejected files
LONGEST_LINE = 300  # of a path and a reason that others wrote
NOT_THERE = "server %s cannot be told of an alert: channel %s is not there"
log = logging.getLogger(__name__)


class Alerting:
    """Tells alerts through the client that is connected; until one is, it keeps them."""

    def __init__(self) -> None:
        self._client: DeskClient | None = None
        self._kept: tuple[Alert, ...] = ()

    def use(self, client: DeskClient) -> DeskClient:
        """Tell through this client from now on; returns it."""
        self._client = client
        return client

    async def tell(self, alerts: Iterable[Alert]) -> None:
        """Post alerts, after those kept so far; without a connection, keep them for the next call.

        Where one server cannot be told, a line in the log says so and the others are.
        """
        self._kept = (*self._kept, *alerts)
        client = self._client
        if client is None or not client.is_ready() or client.is_closed():
            return
        told, self._kept = self._kept, ()
        for alert in told:
            for guild in tuple(client.guilds):
                await _tell_server(client, guild, alert)


def describe_alert(alert: Alert, wording: Wording) -> Reply:
    """What happened, and where more of it can be read."""
    match alert:
        case Failed(folder):
            lines = [_describe_failure(folder, wording), wording.say("alert.until_then")]
        case Recovered():
            lines = [wording.say("alert.recovered")]
        case Rejected(rejects):
            lines = [wording.say("alert.rejected", n=len(rejects))]
            lines += name_rejects(rejects, wording, NAMED)
            lines.append(wording.say("alert.listed"))
        case Quiet(since):
            lines = [wording.say("alert.quiet", day=wording.day(since))]
        case StoreFailed():
            lines = [wording.say("alert.store_failed")]
        case StoreRecovered():
            lines = [wording.say("alert.store_recovered")]
    good_news = isinstance(alert, Recovered | StoreRecovered)
    return Reply(blocks=tuple(map(Note, lines)), answered=good_news)


def _describe_failure(folder: str, wording: Wording) -> str:
    if not folder:
        return wording.say("alert.failed")
    return wording.say("alert.closed", folder=cut_line(folder, LONGEST_LINE))


async def _tell_server(client: DeskClient, guild: discord.Guild, alert: Alert) -> None:
    try:
        settings = client.desk.settings(guild.id)
        if settings.alert_channel is None:
            return
        channel = guild.get_channel(settings.alert_channel)
        if not isinstance(channel, discord.TextChannel):
            log.warning(NOT_THERE, guild.id, settings.alert_channel)
            return
        wording = Wording(settings.language or guild.preferred_locale.value)
        await channel.send(view=lay_out(describe_alert(alert, wording)), allowed_mentions=NOBODY)
    except (StoreError, discord.HTTPException, *UNREACHABLE) as error:
        log.warning("server %s cannot be told of an alert: %s", guild.id, error)
