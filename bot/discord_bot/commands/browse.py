"""/latest, /article and /outlets: the coverage without a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.desk.requests import Request
from bot.discord_bot import responses
from bot.discord_bot.commands.autocomplete import suggest_outlets, suggest_titles, suggest_topics

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskClient, DeskInteraction


def add_to(client: DeskClient) -> None:
    """Add /latest, /article and /outlets."""
    client.tree.add_command(latest)
    client.tree.add_command(article)
    client.tree.add_command(outlets)


@app_commands.command(description="The newest articles")
@app_commands.describe(
    topic="Only articles on this topic",
    outlet="Only articles of this outlet",
    private="Show the list to you alone",
)
@app_commands.autocomplete(topic=suggest_topics, outlet=suggest_outlets)
async def latest(
    interaction: DeskInteraction,
    topic: str = "",
    outlet: str = "",
    private: bool | None = None,  # noqa: FBT001  # Discord reads the option's type here
) -> None:
    """List the newest articles."""
    today = interaction.client.desk.today()
    request = Request(kind="latest", as_of=today, topic=topic, outlet=outlet)
    await responses.answer(interaction, request, private=private)


@app_commands.command(description="One article: its source, its day, how it begins")
@app_commands.describe(title="Its headline", private="Show it to you alone")
@app_commands.autocomplete(title=suggest_titles)
async def article(
    interaction: DeskInteraction,
    title: str,
    private: bool | None = None,  # noqa: FBT001  # Discord reads the option's type here
) -> None:
    """Show one article."""
    request = Request(kind="article", as_of=interaction.client.desk.today(), text=title)
    await responses.answer(interaction, request, private=private)


@app_commands.command(description="Every outlet of the coverage, with its number of articles")
@app_commands.describe(private="Show the list to you alone")
async def outlets(
    interaction: DeskInteraction,
    private: bool | None = None,  # noqa: FBT001  # Discord reads the option's type here
) -> None:
    """List the outlets."""
    request = Request(kind="outlets", as_of=interaction.client.desk.today())
    await responses.answer(interaction, request, private=private)
