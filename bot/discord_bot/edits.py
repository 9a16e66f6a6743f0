"""Questions that were edited or deleted: answered anew in the same reply, or taken back with it."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import discord

from bot.desk.requests import clean_text
from bot.discord_bot.messages import handle_message, is_meant, question_of

if TYPE_CHECKING:
    from bot.desk.records import SentReply
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
    if answered is None and (before := await client.desk.reply_to(message.id)):
        if before.question == clean_text(question_of(client, message)):
            return
        client.answered.note(message, _find_message(client, before))
    await handle_message(client, message)


async def handle_delete(client: DeskClient, message_id: int) -> None:
    """Delete the reply to a question that was deleted, and what its buttons worked on."""
    answered = client.answered.pop(message_id)
    reply = answered.reply if answered else None
    if answered is None and (before := await client.desk.reply_to(message_id)):
        reply = _find_message(client, before)
    if reply is None:
        return
    await client.desk.forget_message(reply.id)
    with suppress(discord.NotFound):
        try:
            await reply.delete()
        except discord.HTTPException as failure:
            log.warning("message %s cannot be taken back: %s", reply.id, failure)


def _find_message(client: DeskClient, reply: SentReply) -> discord.PartialMessage:
    """What is needed to change a message of which only the ids are known."""
    channel = client.get_partial_messageable(reply.channel_id)
    return channel.get_partial_message(reply.message_id)
