"""Alerts and digests out of the outbox into their channels, each once whatever fails in between."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord.ui import Button, LayoutView

from bot.discord_bot.asker import asker_of
from bot.discord_bot.connection import UNREACHABLE
from bot.discord_bot.ephemeral import in_row, send_ephemeral
from bot.discord_bot.interactions import SafeDynamicItem
from bot.discord_bot.layout import NOBODY
from bot.discord_bot.parcels import lay_out_notice, mention, render_parcel
from bot.replies import Note, Reply
from bot.store import StoreError
from bot.store.followed_questions import FollowedQuestion
from bot.store.watches import Watch
from bot.wording import Wording

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from discord.ui import Item

    from bot.discord_bot.ephemeral import Row
    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.settings import AlertsSettings
    from bot.store import Store
    from bot.store.outbox import Parcel
    from retrieval.coverage import Coverage

BATCH = 50
LOOKED_EVERY, UNCONNECTED = 15.0, 1.0  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 3600.0  # seconds after a failure, twice as long each time
LEFT_ALONE = 600.0  # seconds, while a server cannot be seen
GIVEN_UP = timedelta(days=1)
# An index that another process writes is read within moments of each change.
UNREAD, UNREAD_PAUSE = timedelta(minutes=10), 2.0
HOUR = timedelta(hours=1)
LOOKED_BACK = 100  # messages of the channel: one request
SERVER_FAULT = 500
log = logging.getLogger(__name__)


class WhyButton(SafeDynamicItem[Button[LayoutView]], template=r"alert:why:(?P<token>[\w-]{1,40})"):
    """The button under an alert; its id names the message in the outbox, so it marks it as sent."""

    def __init__(self, button: Button[LayoutView], token: str) -> None:
        button.custom_id = mark(token)
        super().__init__(button)
        self.token = token

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button that was pressed."""
        del interaction
        return cls(cast("Button[LayoutView]", item), match["token"])

    async def act(self, interaction: DeskInteraction) -> None:
        """Say which saved query or question brought the message."""
        client = interaction.client
        wording = client.desk.speak(asker_of(interaction))
        brought = None
        if client.watchlist is not None:
            brought = await client.desk.away(
                client.watchlist.explain, interaction.guild_id, self.token
            )
        match brought:
            case Watch():
                number = str(brought.watch_id)
                said = wording.say("alerts.why", query=brought.query, number=number)
            case FollowedQuestion():
                number = str(brought.question_id)
                said = wording.say("follow.why", question=brought.question, number=number)
            case None:
                said = wording.say("alerts.gone")
        await send_ephemeral(interaction, Reply(blocks=(Note(said),)))


class Delivery:
    """Posts what waits in the outbox through the client that is connected."""

    def __init__(self, store: Store, coverage: Coverage, rules: AlertsSettings) -> None:
        self._store, self._coverage, self._rules = store, coverage, rules
        self._client: DeskClient | None = None
        self._waiting = asyncio.Event()

    def use(self, client: DeskClient) -> DeskClient:
        """Post through this client from now on; returns it."""
        self._client = client
        return client

    def wake(self) -> None:
        """Look into the outbox at once."""
        self._waiting.set()

    async def run(self) -> None:
        """Post for as long as the bot runs."""
        while True:
            self._waiting.clear()
            connected = True
            try:
                connected = await self.deliver_due()
            except StoreError as error:
                log.warning("%s; messages wait in the outbox", error)
            try:
                async with asyncio.timeout(LOOKED_EVERY if connected else UNCONNECTED):
                    await self._waiting.wait()
            except TimeoutError:
                continue

    async def deliver_due(self) -> bool:
        """Post what is due now; whether there is a connection, without which all of it waits."""
        client = self._client
        if client is None or not client.is_ready() or client.is_closed():
            return False
        held = client.shards_held
        shards = held.first, held.last, held.count
        for parcel in await client.desk.away(self._store.outbox.due, BATCH, shards):
            await self._deliver(client, parcel)
        return True

    async def _deliver(self, client: DeskClient, parcel: Parcel) -> None:
        guild = client.get_guild(parcel.server_id)
        wait = LEFT_ALONE if guild is None else await client.desk.away(self._hold_back, parcel)
        if guild is None or wait:
            await client.desk.away(self._store.outbox.postpone, parcel.token, wait)
            return
        channel = guild.get_channel_or_thread(parcel.channel_id)
        if not isinstance(channel, discord.TextChannel | discord.Thread):
            await self._drop(client, parcel, "its channel is gone")
            return
        locale = client.desk.settings(guild.id).language or guild.preferred_locale.value
        try:
            await self._post(client, parcel, channel, Wording(locale))
        except discord.NotFound:
            await self._drop(client, parcel, "its channel is gone")
        except discord.HTTPException as error:
            await self._put_off(client, parcel, error)
        except UNREACHABLE as error:
            await self._put_off(client, parcel, error)

    async def _post(
        self,
        client: DeskClient,
        parcel: Parcel,
        channel: discord.TextChannel | discord.Thread,
        wording: Wording,
    ) -> None:
        """Send a message, or edit the one that stands, and keep that it stands."""
        away, outbox = client.desk.away, self._store.outbox
        if await away(self._comes_early, parcel):
            await away(outbox.postpone, parcel.token, UNREAD_PAUSE)
            return
        rendered = await away(render_parcel, parcel, self._store, self._coverage, wording)
        if rendered is None:
            await away(outbox.drop, parcel.token)
            return
        role = channel.guild.get_role(rendered.role_id or 0)
        view = lay_out_notice(rendered.reply, build_why(parcel, wording), role)
        standing = parcel.message_id
        if standing is None and parcel.state == "sending":
            standing = await find_sent(channel, parcel)
        if not await away(outbox.begin, parcel):
            return  # another process is at it
        if standing is None:
            sent = await channel.send(view=view, nonce=parcel.token, allowed_mentions=mention(role))
            standing = sent.id
        elif parcel.message_id is not None:
            try:
                message = channel.get_partial_message(standing)
                await message.edit(view=view, allowed_mentions=NOBODY)
            except discord.NotFound:
                log.info("an alert that was deleted in server %s is not edited", parcel.server_id)
        await away(outbox.finish, parcel, standing)

    async def _put_off(self, client: DeskClient, parcel: Parcel, error: Exception) -> None:
        """Try again later, unless it was tried for a day or can never be."""
        status = error.status if isinstance(error, discord.HTTPException) else SERVER_FAULT
        hopeless = status < SERVER_FAULT and not isinstance(error, discord.Forbidden)
        if hopeless or datetime.now(UTC) - parcel.at > GIVEN_UP:
            await self._drop(client, parcel, str(error))
            return
        pause = min(FIRST_PAUSE * 2.0 ** min(parcel.attempts, 20), LONGEST_PAUSE)
        log.warning("server %s: a message waits %.0f s: %s", parcel.server_id, pause, error)
        await client.desk.away(self._store.outbox.postpone, parcel.token, pause)

    async def _drop(self, client: DeskClient, parcel: Parcel, why: str) -> None:
        log.warning("server %s: a message of %s is dropped: %s", parcel.server_id, parcel.kind, why)
        await client.desk.away(self._store.outbox.drop, parcel.token)

    def _hold_back(self, parcel: Parcel) -> float:
        """Seconds that a message has to wait: for quiet hours to end, or for room in the hour."""
        if parcel.message_id is not None:
            return 0.0  # an edit makes no noise
        settings = self._store.servers.read(parcel.server_id)
        if quiet := settings.seconds_of_quiet(datetime.now(UTC)):
            return quiet
        sent = self._store.outbox.count_sent(parcel.server_id, HOUR)
        return LEFT_ALONE if sent >= self._rules.per_hour else 0.0

    def _comes_early(self, parcel: Parcel) -> bool:
        """Whether another process told of articles that this one's index does not hold yet."""
        if parcel.kind != "alert" or datetime.now(UTC) - parcel.at > UNREAD:
            return False
        return not any(map(self._coverage.article, parcel.content["articles"]))


def mark(token: str) -> str:
    """What a message of the outbox is known by in its channel."""
    return f"alert:why:{token}"


def build_why(parcel: Parcel, wording: Wording) -> Row:
    """Build the button that marks a message."""
    label = wording.say("button.why")
    button: Button[LayoutView] = Button(label=label, style=discord.ButtonStyle.secondary)
    return in_row(WhyButton(button, parcel.token))


async def find_sent(channel: discord.TextChannel | discord.Thread, parcel: Parcel) -> int | None:
    """The message of an attempt whose outcome is not known, if it stands in the channel."""
    try:
        async for message in channel.history(limit=LOOKED_BACK):
            if mark(parcel.token) in _custom_ids(message.components):
                return message.id
    except discord.Forbidden:
        log.warning("server %s: the channel's history cannot be read", parcel.server_id)
    return None


def _custom_ids(components: Sequence[Any]) -> set[str]:
    found: set[str] = set()
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            found.add(custom_id)
        found |= _custom_ids(getattr(component, "children", ()))
    return found
