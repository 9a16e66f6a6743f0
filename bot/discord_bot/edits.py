"""Questions that were edited or deleted: answered anew in the same reply, or taken back with it."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import discord

from bot.discord_bot.messages import handle_message, is_meant

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskClient

LATE = timedelta(minutes=15)  # a message edited later is no longer waited on; by hand

log = logging.getLogger(__name__)


async def handle_edit(client: DeskClient, message: discord.Message) -> None:
    """Answer what a message asks now; nothing where only a preview was added to it."""
    answered = client.answered.find(message.id)
    if answered and answered.text == message.content:
        return
    if not is_meant(client, message) or discord.utils.utcnow() - message.created_at > LATE:
        return
    await handle_message(client, message)


async def handle_delete(client: DeskClient, message_id: int) -> None:
    """Delete the reply to a question that was deleted, and what its buttons worked on."""
    answered = client.answered.pop(message_id)
    if answered is None or answered.reply is None:
        return
    await client.desk.forget_message(answered.reply.id)
    with suppress(discord.NotFound):
        try:
            await answered.reply.delete()
        except discord.HTTPException as failure:
            log.warning("message %s cannot be taken back: %s", answered.reply.id, failure)
