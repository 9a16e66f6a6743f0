"""How the connections to Discord stand, shard by shard."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.discord_bot.interactions import DeskClient


@dataclass(frozen=True, slots=True)
class ShardState:
    """One connection: whether it stands, a heartbeat's way there and back in seconds, servers."""

    connected: bool
    latency: float | None
    servers: int


def list_shards(client: DeskClient | None) -> Mapping[int, ShardState]:
    """The state of each shard that the client holds; none are known before the first login."""
    if client is None or not client.is_ready() or client.is_closed():
        return {}
    if isinstance(client, discord.AutoShardedClient):
        servers = Counter(guild.shard_id for guild in client.guilds)
        return {
            number: ShardState(not shard.is_closed(), _measured(shard.latency), servers[number])
            for number, shard in client.shards.items()
        }
    return {0: ShardState(client.ws.open, _measured(client.latency), len(client.guilds))}


def _measured(latency: float) -> float | None:
    return latency if math.isfinite(latency) else None
