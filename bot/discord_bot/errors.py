"""What people are told when something cannot be done, and what the log keeps of it."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING, Any

import discord
from discord import InteractionResponseType
from discord.app_commands import AppCommandError, CommandInvokeError, CommandTree
from discord.app_commands.errors import CommandNotFound, CommandSignatureMismatch
from discord.utils import format_dt

from bot.desk.refusals import Refusal
from bot.discord_bot.asker import asker_of
from bot.discord_bot.escaping import escape_line
from bot.discord_bot.interactions import DeskClient
from bot.discord_bot.layout import NOBODY, lay_out_line
from bot.replies.cutting import cut_line
from bot.store import StoreError
from bot.wording import Wording
from retrieval.errors import StorageError

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskInteraction

UNKNOWN_INTERACTION = 10062  # more than three seconds went by before we answered
ALREADY_ANSWERED = 40060
UNKNOWN_WEBHOOK, EXPIRED_TOKEN = 10015, 50027  # more than a quarter of an hour after the question
TOO_LATE = frozenset({UNKNOWN_INTERACTION, ALREADY_ANSWERED, UNKNOWN_WEBHOOK, EXPIRED_TOKEN})
UNKNOWN_MESSAGE, UNKNOWN_CHANNEL = 10008, 10003
INVALID_FORM = 50035  # of a reply: the message that it names does not exist any more
EXPLAINED = {
    160004: "error.thread_exists",
    UNKNOWN_MESSAGE: "error.gone",
    UNKNOWN_CHANNEL: "error.gone",
}
SHOWN = 200

log = logging.getLogger(__name__)


class ExplainingTree(CommandTree[DeskClient]):
    """Commands whose failures end in a line for the person and a traceback in the log."""

    async def interaction_check(self, interaction: DeskInteraction, /) -> bool:
        """Turn commands away when the bot is about to leave."""
        typing = interaction.type is discord.InteractionType.autocomplete
        if typing or not interaction.client.leaving:
            return True
        await explain(interaction, Refusal("leaving"))
        return False

    async def on_error(self, interaction: DeskInteraction, error: AppCommandError, /) -> None:
        """Explain what went wrong in a command."""
        cause = error.original if isinstance(error, CommandInvokeError) else error
        await explain(interaction, cause)


async def explain(interaction: DeskInteraction, error: BaseException) -> None:
    """Tell the person, for their eyes only, what to do; log what they can do nothing about."""
    if interaction.client.is_closed():
        log.info("interaction %s was at work when the bot left", interaction.id)
        return
    if isinstance(error, discord.HTTPException) and error.code in TOO_LATE:
        log.warning("interaction %s was answered too late: %s", interaction.id, error)
        return
    wording = _speak(interaction)
    try:
        await _tell(interaction, describe(error, wording))
    except discord.HTTPException as failure:
        log.warning("interaction %s cannot be told of an error: %s", interaction.id, failure)


def _speak(interaction: DeskInteraction) -> Wording:
    """The language to explain in, also when it is the store that failed."""
    try:
        return interaction.client.desk.speak(asker_of(interaction))
    except StoreError:
        return Wording(interaction.locale.value)


def describe(error: BaseException, wording: Wording) -> str:
    """Return the line for an error, in Discord's Markdown; log it unless it says all there is."""
    match error:
        case Refusal():
            return describe_refusal(error, wording)
        case CommandNotFound() | CommandSignatureMismatch():
            log.warning("a command that Discord knows in another form: %s", error)
            return wording.say("error.stale")
        case discord.Forbidden():
            log.warning("Discord forbade it: %s", error)
            return wording.say("error.forbidden")
        case discord.HTTPException(code=code) if code in EXPLAINED:
            log.info("told what Discord said: %s", error)
            return wording.say(EXPLAINED[code])
        case StorageError():
            log.error("the index cannot be searched: %s", error)
            return wording.say("error.index")
        case _:
            number = secrets.token_hex(3)
            log.error("unexpected error %s", number, exc_info=error)
            return wording.say("error.unexpected", number=number)


def is_gone(error: BaseException) -> bool:
    """Whether a message could not be replied to because it, or its channel, was deleted."""
    if not isinstance(error, discord.HTTPException):
        return False
    unknown = error.code == INVALID_FORM and "UNKNOWN_MESSAGE" in _codes_of(error)
    return unknown or error.code in (UNKNOWN_MESSAGE, UNKNOWN_CHANNEL)


def _codes_of(error: discord.HTTPException) -> str:
    return error.text.upper().replace(" ", "_")


def describe_refusal(refusal: Refusal, wording: Wording) -> str:
    """Return the line for a request that was turned away."""
    values: dict[str, Any] = {"about": escape_line(cut_line(refusal.about, SHOWN))}
    if refusal.retry_at:
        values["when"] = format_dt(refusal.retry_at, "R")
    return wording.say(f"refused.{refusal.reason}", **values)


async def _tell(interaction: DeskInteraction, line: str) -> None:
    """Answer for the person's eyes only, also where the answer was to be public."""
    if not interaction.response.is_done():
        await interaction.response.send_message(
            view=lay_out_line(line), ephemeral=True, allowed_mentions=NOBODY
        )
        return
    thinking = interaction.response.type is InteractionResponseType.deferred_channel_message
    if thinking:  # what follows "thinking…" is shown to whom that was shown, so it is ended first
        await interaction.edit_original_response(view=lay_out_line(line), allowed_mentions=NOBODY)
    await interaction.followup.send(
        view=lay_out_line(line), ephemeral=True, allowed_mentions=NOBODY
    )
    if thinking:
        await interaction.delete_original_response()
