"""/search: articles by words, with filters and an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from discord import app_commands

from bot.desk.requests import Request
from bot.discord_bot import responses
from bot.discord_bot.commands.autocomplete import SORT_CHOICES, suggest_outlets, suggest_topics

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from retrieval.model import Sort


def add_to(client: DeskClient) -> None:
    """Add /search."""
    client.tree.add_command(search)


@app_commands.command(description="Find articles by their words")
@app_commands.describe(
    query='Words, "phrases", -without, title:word, outlet:name',
    sort="In which order",
    since="Only articles from this day on: 10 Sep 2023, last Monday",
    until="Only articles up to this day",
    outlet="Only articles of this outlet",
    topic="Only articles on this topic",
    private="Show the list to you alone",
)
@app_commands.choices(sort=SORT_CHOICES)
@app_commands.autocomplete(outlet=suggest_outlets, topic=suggest_topics)
async def search(  # noqa: PLR0913, PLR0917  # the options of a command are its parameters
    interaction: DeskInteraction,
    query: str,
    sort: str = "relevance",
    since: str = "",
    until: str = "",
    outlet: str = "",
    topic: str = "",
    private: bool | None = None,  # noqa: FBT001  # Discord reads the option's type here
) -> None:
    """List the articles that a query finds."""
    request = Request(
        kind="search",
        as_of=interaction.client.desk.today(),
        text=query,
        outlet=outlet,
        topic=topic,
        sort=cast("Sort", sort),
    )
    await responses.answer(interaction, request, since=since, until=until, private=private)
