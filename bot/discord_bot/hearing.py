"""Messages heard once, however often Discord tells of them, and those said in its absence."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

import discord
from discord.utils import snowflake_time

from bot.discord_bot.messages import is_meant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.discord_bot.interactions import DeskClient

# All three by hand: Discord repeats the events of minutes; nobody waits longer for an answer; a
# request for each channel must not keep a large bot busy.
REMEMBERED = 10_000  # messages
AWAY = timedelta(minutes=15)
CHANNELS, DIRECT, MESSAGES = 100, 50, 300
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
    something was said since are looked at, and only those whose history the bot may read. Of direct
    messages Discord lists nothing: looked at are the channels of those who asked something before.
    """
    since = now - AWAY
    direct = map(client.get_partial_messageable, await client.desk.direct_channels(DIRECT))
    for channel in [*await _find_spoken_in(client, since), *direct]:
        try:
            newest = channel.history(after=since, limit=MESSAGES, oldest_first=False)
            said = [message async for message in newest][::-1]
        except discord.HTTPException as error:
            log.warning("channel %s cannot be caught up with: %s", channel.id, error)
            continue
        replied = {m.reference.message_id for m in said if m.author == client.user and m.reference}
        for message in said:
            if is_meant(client, message) and message.id not in replied:
                client.dispatch("message", message)


async def _find_spoken_in(client: DeskClient, since: datetime) -> list[Channel]:
    """Channels with a message newer than that, as Discord told when the session began."""
    found: list[Channel] = []
    for guild in tuple(client.guilds):
        await asyncio.sleep(0)  # thousands of servers must not keep a question waiting
        found += _spoken_in(guild, since)
        if len(found) >= CHANNELS:
            break
    return found[:CHANNELS]


def _spoken_in(guild: discord.Guild, since: datetime) -> Iterator[Channel]:
    channels: list[Channel] = [*guild.text_channels, *guild.voice_channels, *guild.threads]
    for channel in channels:
        last = channel.last_message_id
        if not last or snowflake_time(last) <= since:
            continue  # most are silent, and rights take longer to see than days
        if channel.permissions_for(guild.me).read_message_history:
            yield channel
