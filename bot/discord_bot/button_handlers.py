"""What each button does: acknowledged first, and no reader turns another's page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import discord

from bot.desk.lookup import LISTED
from bot.desk.refusals import Refusal
from bot.discord_bot import responses
from bot.discord_bot.asker import asker_of
from bot.discord_bot.escaping import strip_unseen
from bot.discord_bot.layout import NOBODY, lay_out_line
from bot.discord_bot.permissions import missing_permissions
from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.desk.records import Opened
    from bot.desk.requests import Request, RequestKind
    from bot.discord_bot.interactions import DeskInteraction
    from bot.store.feedback import Thumb
    from retrieval.model import Sort


THREAD_NAME_LIMIT = 90
PRESS_COST = 0.25  # of a question: turning a page is cheaper than asking


async def handle_button(interaction: DeskInteraction, verb: str, token: str, page: int) -> None:
    """Acknowledge a button or a choice, and do it."""
    await interaction.response.defer()
    opened = await interaction.client.desk.reopen(asker_of(interaction), token)
    await _do(interaction, opened, verb, page)


async def handle_choice(interaction: DeskInteraction, article_id: str, token: str) -> None:
    """Show what was asked for of the story of that article, in the place of the choices."""
    await interaction.response.defer()
    opened = await interaction.client.desk.reopen(asker_of(interaction), token)
    await _show(interaction, opened, replace(opened.request, text=article_id), 1)


async def _do(interaction: DeskInteraction, opened: Opened, verb: str, page: int) -> None:
    if verb in PAGES:
        await _show(interaction, opened, opened.request, page)
    elif verb in PARTS:
        skipped = max(0, opened.request.skipped + PARTS[verb] * LISTED)
        part = replace(opened.request, skipped=skipped)
        await _show(interaction, opened, part, 1 if PARTS[verb] > 0 else LAST)
    elif verb in OPENED:
        await _open(interaction, opened, cast("RequestKind", verb))
    elif verb in ORDERS:
        await _sort(interaction, opened, cast("Sort", verb))
    elif verb in DONE:
        await DONE[verb](interaction, opened)
    else:  # a button of an older version
        raise Refusal("expired")


async def _sort(interaction: DeskInteraction, opened: Opened, order: Sort) -> None:
    request = replace(opened.request, sort=order, skipped=0)
    if request.kind == "ask":  # an answer stays as it is: its sources are what can be ordered
        request = replace(request, kind="sources")
        await _add(interaction, request)
        return
    await _show(interaction, opened, request, 1)


async def _show(interaction: DeskInteraction, opened: Opened, request: Request, page: int) -> None:
    """Change the message for the one who asked; anybody else gets a copy of their own."""
    desk, asker = interaction.client.desk, asker_of(interaction)
    desk.admit(asker, request, cost=PRESS_COST)
    if opened.is_asker:
        served = await desk.serve(asker, request, pressed=True, token=opened.token)
        await responses.change_answer(interaction, served, page)
        return
    served = await desk.serve(asker, request, pressed=True)
    await responses.add_answer(interaction, served, private=True, page=page)


async def _open(interaction: DeskInteraction, opened: Opened, kind: RequestKind) -> None:
    about = opened.request.text if kind in ("sources", "search") else opened.story
    await _add(interaction, replace(opened.request, kind=kind, text=about, sort="relevance"))


async def _add(interaction: DeskInteraction, request: Request) -> None:
    """Answer beside the message, for the presser's eyes only where others look on."""
    desk, asker = interaction.client.desk, asker_of(interaction)
    desk.admit(asker, request, cost=PRESS_COST)
    served = await desk.serve(asker, request, pressed=True)
    await responses.add_answer(interaction, served, private=interaction.guild_id is not None)


async def _ask_first(interaction: DeskInteraction, opened: Opened) -> None:
    """Ask the question that /help proposes: a turn like any other, for the presser's eyes."""
    desk, asker = interaction.client.desk, asker_of(interaction)
    desk.admit(asker, opened.request)
    served = await desk.serve(asker, opened.request)
    await responses.add_answer(interaction, served, private=True)


async def _publish(interaction: DeskInteraction, opened: Opened) -> None:
    desk, asker = interaction.client.desk, asker_of(interaction)
    desk.admit(asker, opened.request, cost=PRESS_COST)
    served = await desk.serve(asker, opened.request, pressed=True)
    await responses.add_answer(interaction, served, private=False)


async def _continue(interaction: DeskInteraction, opened: Opened) -> None:
    """Open a thread on the answer, where the asker's next question keeps the subject."""
    message, desk, asker = interaction.message, interaction.client.desk, asker_of(interaction)
    if message is None or not isinstance(interaction.channel, discord.TextChannel):
        raise Refusal("thread")
    missing = missing_permissions("thread", interaction.app_permissions)
    if missing:
        raise Refusal("permission", about=", ".join(missing))
    wording = desk.speak(asker)
    asked = cut_line(strip_unseen(opened.request.text), THREAD_NAME_LIMIT)
    name = asked or wording.say("thread.name")
    thread = await message.create_thread(name=name, auto_archive_duration=1440)
    await desk.carry_over(asker, opened, thread.id)
    hint = lay_out_line(wording.say("thread.hint"), refused=False)
    await thread.send(view=hint, allowed_mentions=NOBODY)


async def _thumb(interaction: DeskInteraction, opened: Opened, thumb: Thumb) -> None:
    desk, asker = interaction.client.desk, asker_of(interaction)
    outcome = await desk.turn_thumb(asker, opened, thumb)
    thanks = lay_out_line(desk.speak(asker).say(f"thanks.{outcome}"), refused=False)
    await interaction.followup.send(view=thanks, ephemeral=True, allowed_mentions=NOBODY)


async def _thumb_up(interaction: DeskInteraction, opened: Opened) -> None:
    await _thumb(interaction, opened, "up")


async def _thumb_down(interaction: DeskInteraction, opened: Opened) -> None:
    await _thumb(interaction, opened, "down")


async def _delete(interaction: DeskInteraction, opened: Opened) -> None:
    """Delete the answer for its asker, or for someone who may delete any message here."""
    if not (opened.is_asker or interaction.permissions.manage_messages):
        raise Refusal("not_yours")
    await interaction.delete_original_response()
    await interaction.client.desk.forget(opened)


PAGES = frozenset({"page", "place", "next"})
PARTS = {"back": -1, "further": 1}  # of a list that is longer than what is looked up at once
LAST = 10_000  # beyond any last page, which is shown for it
ORDERS = frozenset({"relevance", "newest", "oldest"})
OPENED = frozenset({"sources", "search", "story", "timeline", "compare"})
DONE: Mapping[str, Callable[[DeskInteraction, Opened], Awaitable[None]]] = {
    "try": _ask_first,
    "show": _publish,
    "thread": _continue,
    "up": _thumb_up,
    "down": _thumb_down,
    "delete": _delete,
}
