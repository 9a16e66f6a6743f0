"""Questions in messages: a mention, a reply to an answer, a direct message, a chosen channel."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from discord.abc import GuildChannel

from bot.desk.questions import build_question
from bot.desk.refusals import Refusal
from bot.desk.requests import clean_text
from bot.desk.small_talk import classify_talk
from bot.discord_bot import responses
from bot.discord_bot.asker import author_of
from bot.discord_bot.errors import describe, is_gone
from bot.discord_bot.layout import NOBODY, lay_out_line
from bot.discord_bot.permissions import missing_permissions
from bot.discord_bot.resending import show_typing

if TYPE_CHECKING:
    from bot.desk.requests import Request
    from bot.discord_bot.interactions import DeskClient

SPOKEN = frozenset({discord.MessageType.default, discord.MessageType.reply})
# What stays unanswered in public: who is not heard in a channel could fill it through the bot.
TOLD_ASIDE = frozenset({"channel", "role", "muted"})

log = logging.getLogger(__name__)


async def handle_message(client: DeskClient, message: discord.Message) -> None:
    """Answer a message if it is meant for the bot, or stands where every post is answered."""
    if message.author.bot or message.webhook_id or message.type not in SPOKEN:
        return
    try:
        if is_meant(client, message):
            client.answered.note(message)
            await _answer(client, message)
        elif client.answer_posts and _is_post(client, message):
            await _answer_post(client, message)
    except Refusal as refusal:
        await _tell_refusal(client, message, refusal)
    except discord.Forbidden as forbidden:
        await _tell_author(client, message, forbidden)
    except Exception as error:  # noqa: BLE001  # the outermost edge: discord.py would only log it
        await _explain(client, message, error)


def is_meant(client: DeskClient, message: discord.Message) -> bool:
    """Whether a message speaks to the bot: it mentions it, or nobody else can read it."""
    return message.guild is None or client.user in message.mentions


def question_of(client: DeskClient, message: discord.Message) -> str:
    """Return what a message says apart from the bot's name."""
    me = client.user.id if client.user else 0
    return re.sub(rf"<@[!&]?{me}>", " ", message.content).strip()


def _is_post(client: DeskClient, message: discord.Message) -> bool:
    """Whether a message opens a forum post or stands in a text channel set to answer all."""
    asker = author_of(message)
    chosen = client.desk.settings(asker.server_id).answer_channels
    if isinstance(message.channel, discord.Thread):
        opens_post = message.id == message.channel.id
        return opens_post and asker.parent_id in chosen
    return asker.channel_id in chosen


async def _answer(client: DeskClient, message: discord.Message) -> None:
    asker, said = author_of(message), question_of(client, message)
    about = _replied_words(client, message)
    if classify_talk(clean_text(said)) and not about:
        await _answer_talk(client, message, said)
        return
    request = replace(build_question(said, as_of=client.desk.today(), about=about), titled=False)
    client.desk.admit(asker, request)
    async with show_typing(message.channel):
        request = replace(request, subject=await _subject_of(client, message, request))
        served = await client.desk.serve(asker, request)
    await responses.reply_to(message, client, served)


async def _answer_talk(client: DeskClient, message: discord.Message, said: str) -> None:
    """Say in a line how to ask, or what the bot is; thanks and insults get silence."""
    asker, kind = author_of(message), classify_talk(clean_text(said))
    if kind in ("thanks", "insult"):
        return
    client.desk.admit_talk(asker)
    wording = client.desk.speak(asker)
    line = wording.say("hint.identity" if kind == "identity" else "hint.question")
    await responses.send_reply(message, client, lay_out_line(line, refused=False))


def _replied_words(client: DeskClient, message: discord.Message) -> str:
    """What the message says that this one replies to, if Discord tells and it is no answer."""
    replied = message.reference.resolved if message.reference else None
    if not isinstance(replied, discord.Message) or replied.author == client.user:
        return ""
    return clean_text(replied.content)


async def _subject_of(client: DeskClient, message: discord.Message, request: Request) -> str:
    """The subject of the bot's message that this one replies to, else what is quoted in it."""
    replied = message.reference.message_id if message.reference else None
    continued = await client.desk.continue_from(replied) if replied else ""
    return continued or request.subject


async def _answer_post(client: DeskClient, message: discord.Message) -> None:
    title = message.channel.name if isinstance(message.channel, discord.Thread) else ""
    served = await client.desk.serve_post(author_of(message), title, message.content)
    if served:
        await responses.reply_to(message, client, served)


async def _tell_refusal(client: DeskClient, message: discord.Message, refusal: Refusal) -> None:
    """Say once why a question is not answered: aside where the channel itself is closed."""
    asker = author_of(message)
    if not client.desk.may_tell(asker, refusal):
        return
    if refusal.reason not in TOLD_ASIDE:
        await _explain(client, message, refusal)
        return
    line = lay_out_line(describe(refusal, client.desk.speak(asker)))
    try:
        await message.author.send(view=line, allowed_mentions=NOBODY)
    except discord.HTTPException as failure:
        log.info("the author of message %s takes no direct messages: %s", message.id, failure)


async def _explain(client: DeskClient, message: discord.Message, error: Exception) -> None:
    if client.is_closed():
        log.info("message %s was at work when the bot left", message.id)
        return
    if is_gone(error):
        log.info("message %s was deleted before it was answered", message.id)
        return
    line = describe(error, client.desk.speak(author_of(message)))
    try:
        await responses.send_reply(message, client, lay_out_line(line))
    except discord.HTTPException as failure:
        log.warning("message %s cannot be told of an error: %s", message.id, failure)


async def _tell_author(
    client: DeskClient, message: discord.Message, forbidden: discord.Forbidden
) -> None:
    """Say in a direct message what the bot lacks in a channel where it cannot say it."""
    log.warning("cannot answer in channel %s: %s", message.channel.id, forbidden)
    line = client.desk.speak(author_of(message)).say("error.cannot_write")
    if message.guild and isinstance(message.channel, GuildChannel | discord.Thread):
        granted = message.channel.permissions_for(message.guild.me)
        line += f" ({', '.join(missing_permissions('answer', granted))})"
    try:
        await message.author.send(view=lay_out_line(line), allowed_mentions=NOBODY)
    except discord.HTTPException as failure:
        log.warning("nor tell its author: %s", failure)
