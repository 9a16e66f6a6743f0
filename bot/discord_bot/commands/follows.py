"""/follow: questions that are asked once a day, for those who manage a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.desk.requests import clean_text
from bot.discord_bot.commands.managing import (
    answer_manager,
    build_group,
    find_place,
    name_channel,
    say,
)
from bot.replies import Note, Reply, render_answer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.feeds.following import Following
    from bot.wording import Wording


def add_to(client: DeskClient) -> None:
    """Add /follow."""
    client.tree.add_command(follow)


follow = build_group(
    "follow", "Questions that are asked every day, for those who manage this server"
)


@follow.command(name="question", description="Ask every day, and be told when the answer is new")
@app_commands.describe(question="What to ask", channel="Where to post; here unless you choose")
async def question_(
    interaction: DeskInteraction, question: str, channel: discord.TextChannel | None = None
) -> None:
    """Keep a question, and show today's answer."""

    async def act(following: Following, server_id: int, wording: Wording) -> Reply:
        place = find_place(interaction, channel)
        away = interaction.client.desk.away
        kept, answer = await away(following.follow, server_id, place.id, clean_text(question))
        said = wording.say("follow.added", question=kept.question, channel=f"#{place.name}")
        today = render_answer(answer, wording)
        return Reply(blocks=(Note(said), *today.without_title().blocks), answered=today.answered)

    await _answer(interaction, act)


@follow.command(name="list", description="The questions that are asked every day")
async def list_(interaction: DeskInteraction) -> None:
    """List the questions with their numbers."""

    async def act(following: Following, server_id: int, wording: Wording) -> Reply:
        listed = await interaction.client.desk.away(following.list_for, server_id)
        lines = [
            f"{each.question_id}: {each.question} · {name_channel(interaction, each.channel_id)}"
            for each in listed
        ]
        return say(*(lines or [wording.say("follow.none")]), title=wording.say("follow.listed"))

    await _answer(interaction, act)


@follow.command(name="remove", description="Ask a question no more")
@app_commands.describe(number="The number of the question, from /follow list")
async def remove(interaction: DeskInteraction, number: int) -> None:
    """Drop a question."""

    async def act(following: Following, server_id: int, wording: Wording) -> Reply:
        gone = await interaction.client.desk.away(following.remove, server_id, number)
        return say(wording.say("follow.removed", question=gone.question))

    await _answer(interaction, act)


async def _answer(
    interaction: DeskInteraction, act: Callable[[Following, int, Wording], Awaitable[Reply]]
) -> None:
    await answer_manager(interaction, "alerts", interaction.client.following, act)
