"""/ask: a question, answered with quotes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from discord import app_commands

from bot.desk.questions import build_question
from bot.desk.requests import clean_text
from bot.desk.small_talk import classify_talk
from bot.discord_bot import responses
from bot.discord_bot.asker import asker_of
from bot.discord_bot.commands.autocomplete import suggest_outlets
from bot.discord_bot.ephemeral import send_ephemeral
from bot.discord_bot.layout import lay_out_line

if TYPE_CHECKING:
    from bot.desk.small_talk import SmallTalk
    from bot.discord_bot.interactions import DeskClient, DeskInteraction


def add_to(client: DeskClient) -> None:
    """Add /ask."""
    client.tree.add_command(ask)


@app_commands.command(description="Ask the coverage: an answer in quotes, each with its source")
@app_commands.describe(
    question="What you want to know",
    since="Only articles from this day on: 10 Sep 2023, last Monday",
    until="Only articles up to this day",
    outlet="Only articles of this outlet",
    private="Show the answer to you alone",
)
@app_commands.autocomplete(outlet=suggest_outlets)
async def ask(  # noqa: PLR0913, PLR0917  # the options of a command are its parameters
    interaction: DeskInteraction,
    question: str,
    since: str = "",
    until: str = "",
    outlet: str = "",
    private: bool | None = None,  # noqa: FBT001  # Discord reads the option's type here
) -> None:
    """Answer a question."""
    said = clean_text(question)
    if said and (kind := classify_talk(said)):
        await _answer_talk(interaction, kind)
        return
    today = interaction.client.desk.today()
    request = replace(build_question(question, as_of=today), outlet=outlet)
    await responses.answer(interaction, request, since=since, until=until, private=private)


async def _answer_talk(interaction: DeskInteraction, kind: SmallTalk) -> None:
    """Say how to ask, or what the bot is, to the one who talked."""
    wording = interaction.client.desk.speak(asker_of(interaction))
    line = wording.say("hint.identity" if kind == "identity" else "hint.question")
    await send_ephemeral(interaction, lay_out_line(line, refused=False))
