"""/ask: a question, answered with quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.desk.requests import Request
from bot.discord_bot import responses
from bot.discord_bot.commands.autocomplete import suggest_outlets

if TYPE_CHECKING:
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
    today = interaction.client.desk.today()
    request = Request(kind="ask", as_of=today, text=question, outlet=outlet)
    await responses.answer(interaction, request, since=since, until=until, private=private)
