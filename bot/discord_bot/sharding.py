"""Several connections to Discord in one process, and their turns in identifying themselves."""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import TYPE_CHECKING, Any

import discord

from bot.discord_bot.client import ClippingsClient
from bot.store import StoreError

if TYPE_CHECKING:
    import yarl

    from bot.desk.desk import Desk
    from bot.shards import Shards
    from bot.store.leases import Leases

# Discord lets one shard of a bucket identify itself in five seconds; connecting takes part of one.
SPACING = 6.0
LOOKED_EVERY = 0.25  # seconds
log = logging.getLogger(__name__)


class ShardedClient(ClippingsClient, discord.AutoShardedClient):
    """The client that holds some of a bot's shards, each in its turn among those of all processes.

    `leases` are of the store that these processes share.
    """

    def __init__(self, desk: Desk, shards: Shards, leases: Leases, **options: Any) -> None:  # noqa: ANN401  # the client's
        shard_ids = list(range(shards.first, shards.last + 1))
        super().__init__(desk, shard_ids=shard_ids, shard_count=shards.count, **options)
        self.shards_held = shards
        self._leases = leases
        self._buckets = 1
        self._turns: set[int] = set()

    async def setup_hook(self) -> None:
        """Ask Discord also how many shards may identify themselves at once."""
        await super().setup_hook()
        advised, _, limits = await self.http.get_bot_gateway()
        self._buckets = max(1, limits["max_concurrency"])
        log.info("shards %s; Discord advises %d", self.shards_held, advised)

    async def launch_shard(
        self, gateway: yarl.URL, shard_id: int, *, initial: bool = False
    ) -> None:
        """Wait for the shard's turn before it connects: an open connection must not wait long."""
        await self._take_turn(shard_id)
        self._turns.add(shard_id)
        await super().launch_shard(gateway, shard_id, initial=initial)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for the turn of a shard whose session was lost."""
        del initial
        if shard_id in self._turns:
            self._turns.discard(shard_id)
        elif shard_id is not None:
            await self._take_turn(shard_id)

    async def _take_turn(self, shard_id: int) -> None:
        bucket, nobody_else = f"identify {shard_id % self._buckets}", secrets.token_hex(8)
        while True:
            try:
                if await self.desk.away(self._leases.claim, bucket, nobody_else, SPACING):
                    return
            except StoreError as error:
                log.warning("%s; shard %d does not wait for its turn", error, shard_id)
                return
            await asyncio.sleep(LOOKED_EVERY)
