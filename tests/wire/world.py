"""SimCord's Discord without a bot inside: what people do in it goes out to whoever is connected."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import discord
import simcord
from simcord._clock import Clock

if TYPE_CHECKING:
    from simcord.backend.models import Interaction


class WallClock(Clock):
    """Real time instead of SimCord's own: a bot in another process lives by nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self._started = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    @elapsed.setter
    def elapsed(self, seconds: float) -> None:
        """Leave it to the real clock; the base class sets it to nought at first."""

    def now(self) -> datetime:
        """The real time."""
        return datetime.now(UTC)


class World(simcord.Env):
    """Servers, channels and people; their verbs return at once, the bot's answer comes later.

    SimCord waits after each verb until the bot inside its process is idle. Here the bot is another
    process, so there is nothing to wait for: ask the server's `until`.
    """

    def __init__(self) -> None:
        super().__init__(discord.Client(intents=discord.Intents(guilds=True)))
        self.backend.clock = WallClock()
        self._message_states.add(self.bot._connection)  # noqa: SLF001  # so that what is sent can be pointed at

    async def _settle_internal(self, **_: Any) -> None:  # noqa: ANN401  # SimCord's signature
        return

    def messages_in(self, channel: simcord.ChannelHandle) -> list[simcord.ResponseMessage]:
        """The bot's messages in a channel, oldest first, as ones that can be clicked."""
        sent = sorted(self.backend.messages.get(channel.id, {}).values(), key=lambda m: m.id)
        mine = self.backend.bot_user.id
        return [simcord.ResponseMessage(self, m) for m in sent if m.author_id == mine]

    def last_interaction(self) -> Interaction:
        """What somebody did last: a command, a suggestion asked for, a press."""
        return max(self.backend.interactions.values(), key=lambda interaction: interaction.id)
