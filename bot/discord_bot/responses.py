"""Replies sent: to an interaction, to a message, and by changing what was sent."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.desk.days import parse_days
from bot.desk.refusals import Refusal
from bot.discord_bot.asker import asker_of
from bot.discord_bot.buttons import Place, build_rows
from bot.discord_bot.charts import draw_timeline
from bot.discord_bot.errors import ALREADY_ANSWERED, EXPIRED_TOKEN, UNKNOWN_WEBHOOK, explain
from bot.discord_bot.layout import NOBODY, lay_out, paginate
from bot.discord_bot.resending import insist, post
from retrieval.model import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord.ui import LayoutView

    from bot.desk.records import Served
    from bot.desk.requests import Request
    from bot.discord_bot.interactions import DeskClient, DeskInteraction

NO_HISTORY = 160002  # replying needs Read Message History
RUN_OUT = (UNKNOWN_WEBHOOK, EXPIRED_TOKEN)  # what an interaction's token came too late for


async def answer(
    interaction: DeskInteraction,
    request: Request,
    *,
    since: str = "",
    until: str = "",
    private: bool | None = None,
) -> None:
    """Acknowledge a command at once, look it up, and fill the answer in; or say why not.

    `since` and `until` are days as a person typed them. `private` none leaves it to the server.
    """
    desk, asker = interaction.client.desk, asker_of(interaction)
    try:
        first, last = parse_days(since, until, request.as_of, desk.speak(asker))
        request = replace(request, since=first, until=last)
        desk.admit(asker, request)
    except Refusal as refusal:
        await explain(interaction, refusal)
        return
    hidden = desk.settings(asker.server_id).private if private is None else private
    await acknowledge(interaction, private=hidden)
    served = await desk.serve(asker, request)
    place = _place(interaction, private=hidden)
    view, files = await compose(interaction.client, served, place)
    try:
        sent_id = (await _fill_in(interaction, view, files)).id
    except discord.HTTPException as error:
        if error.code not in RUN_OUT:
            raise
        sent_id = await _post_instead(interaction, view, files, private=hidden)
    await desk.attach(served, sent_id)


async def acknowledge(interaction: DeskInteraction, *, private: bool) -> None:
    """Show that an answer is coming; again after a cut, which may have been heard."""
    tries = 0

    async def defer() -> None:
        nonlocal tries
        tries += 1
        try:
            await interaction.response.defer(ephemeral=private, thinking=True)
        except discord.HTTPException as error:
            if tries == 1 or error.code != ALREADY_ANSWERED:
                raise

    await insist(defer)


async def _post_instead(
    interaction: DeskInteraction,
    view: LayoutView,
    files: Sequence[discord.File],
    *,
    private: bool,
) -> int:
    """Post an answer that its interaction is too old for: what was to be private to the asker."""
    channel = None if private else interaction.channel
    target = channel if isinstance(channel, discord.abc.Messageable) else interaction.user
    return (await post(target, view, files)).id


async def add_answer(
    interaction: DeskInteraction,
    served: Served,
    *,
    private: bool,
    page: int = 1,
) -> None:
    """Send another message after an interaction that was acknowledged."""
    place = _place(interaction, private=private)
    view, files = await compose(interaction.client, served, place, page)
    sent = await interaction.followup.send(
        view=view, files=files, ephemeral=private, allowed_mentions=NOBODY, wait=True
    )
    await interaction.client.desk.attach(served, sent.id)


async def change_answer(interaction: DeskInteraction, served: Served, page: int) -> None:
    """Show another page or order in the message whose button was pressed."""
    private = interaction.message is not None and interaction.message.flags.ephemeral
    place = _place(interaction, private=private)
    view, files = await compose(interaction.client, served, place, page)
    await _fill_in(interaction, view, files)


async def _fill_in(
    interaction: DeskInteraction, view: LayoutView, files: Sequence[discord.File]
) -> discord.InteractionMessage:
    """Put an answer in the place of "thinking…" or of the page before, again where that fails."""

    async def edit() -> discord.InteractionMessage:
        for file in files:
            file.reset(seek=True)
        return await interaction.edit_original_response(
            view=view, attachments=files, allowed_mentions=NOBODY
        )

    return await insist(edit)


async def reply_to(message: discord.Message, client: DeskClient, served: Served) -> None:
    """Reply to a message without pinging its author, also when it is gone meanwhile."""
    place = Place.of(message.channel, private=False)
    view, files = await compose(client, served, place)
    sent_id = await send_reply(message, client, view, files)
    await client.desk.attach(served, sent_id, message.id)


async def send_reply(
    message: discord.Message,
    client: DeskClient,
    view: LayoutView,
    files: Sequence[discord.File] = (),
) -> int:
    """Reply to a message, in the place of the reply to it before it was edited; the reply's id."""
    answered = client.answered.find(message.id)
    if answered and answered.reply:
        with suppress(discord.NotFound):
            await answered.reply.edit(view=view, attachments=files, allowed_mentions=NOBODY)
            client.answered.note(message)
            return answered.reply.id
    sent = await _post_reply(message, view, files)
    client.answered.note(message, _partial(client, sent))
    return sent.id


def _partial(client: DeskClient, sent: discord.Message) -> discord.PartialMessage:
    """What is kept of a message to change it later, without the message itself."""
    return client.get_partial_messageable(sent.channel.id).get_partial_message(sent.id)


async def _post_reply(
    message: discord.Message, view: LayoutView, files: Sequence[discord.File]
) -> discord.Message:
    """Post a message that names the one it replies to, where Discord allows that."""
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        return await post(message.channel, view, files, reference)
    except discord.Forbidden as forbidden:
        if forbidden.code != NO_HISTORY:
            raise
        return await post(message.channel, view, files)


async def compose(
    client: DeskClient, served: Served, place: Place, page: int = 1
) -> tuple[LayoutView, list[discord.File]]:
    """Build the message of a page, with a chart where the reply is a timeline."""
    pages = await client.desk.away(paginate, served.reply)
    shown = pages[min(max(page, 1), len(pages)) - 1]
    chart = await _draw(client, served) if shown.page == 1 else None
    view = lay_out(shown, build_rows(shown, served, place), chart=chart)
    return view, [chart] if chart else []


def _place(interaction: DeskInteraction, *, private: bool) -> Place:
    """Where an answer stands; where only a person brought the bot, it cannot open threads."""
    server_id = interaction.guild_id
    is_member = server_id is not None and interaction.client.get_guild(server_id) is not None
    return Place.of(interaction.channel if is_member else None, private=private)


async def _draw(client: DeskClient, served: Served) -> discord.File | None:
    if not isinstance(served.result, Timeline):
        return None
    chart = await client.desk.away(draw_timeline, served.result, served.wording)
    if chart is None:
        return None
    return discord.File(io.BytesIO(chart.png), "timeline.png", description=chart.alt)
