"""Messages heard once, however often Discord tells of them, and those said in its absence."""

from __future__ import annotations

import logging
from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

import discord
from discord.utils import snowflake_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.discord_bot.interactions import DeskClient

# All three by hand: Discord repeats the events of minutes; nobody waits longer for an answer; a
# request for each channel must not keep a large bot busy.
REMEMBERED = 10_000  # messages
AWAY = timedelta(minutes=15)
CHANNELS, MESSAGES = 100, 100
Channel: TypeAlias = "discord.TextChannel | discord.VoiceChannel | discord.Thread"

log = logging.getLogger(__name__)


class Heard:
    """The messages heard last, by id."""

    def __init__(self) -> None:
        self._ids: OrderedDict[int, None] = OrderedDict()

    def is_new(self, message_id: int) -> bool:
        """Whether this message is told of for the first time; from now on it is known."""
        if message_id in self._ids:
            return False
        self._ids[message_id] = None
        if len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)
        return True


async def catch_up(client: DeskClient, now: datetime) -> None:
    """Have the questions heard that were put to the bot in the last minutes and got no reply.

    After a lost session and after a restart Discord does not tell of them. Only channels in which
    something was said since are looked at, and only those whose history the bot may read.
    """
    since = now - AWAY
    for channel in list(_spoken_in(client, since))[:CHANNELS]:
        try:
            said = [m async for m in channel.history(after=since, limit=MESSAGES)]
        except discord.HTTPException as error:
            log.warning("channel %s cannot be caught up with: %s", channel.id, error)
            continue
        replied = {m.reference.message_id for m in said if m.author == client.user and m.reference}
        for message in said:
            if client.user in message.mentions and message.id not in replied:
                client.dispatch("message", message)


def _spoken_in(client: DeskClient, since: datetime) -> Iterator[Channel]:
    """Channels with a message newer than that, as Discord told when the session began."""
    for guild in client.guilds:
        channels: list[Channel] = [*guild.text_channels, *guild.voice_channels, *guild.threads]
        for channel in channels:
            last = channel.last_message_id
            readable = channel.permissions_for(guild.me).read_message_history
            if last and readable and snowflake_time(last) > since:
                yield channel
