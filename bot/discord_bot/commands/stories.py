"""/story, /timeline, /compare and /changes: what the articles about one event tell together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.desk.requests import Request
from bot.discord_bot import responses
from bot.discord_bot.commands.autocomplete import suggest_titles

if TYPE_CHECKING:
    from bot.desk.requests import RequestKind
    from bot.discord_bot.interactions import DeskClient, DeskInteraction


def add_to(client: DeskClient) -> None:
    """Add /story, /timeline, /compare and /changes."""
    client.tree.add_command(story)
    client.tree.add_command(timeline)
    client.tree.add_command(compare)
    client.tree.add_command(changes)


@app_commands.command(description="Every report of one story, earliest first")
@app_commands.describe(about="A headline, or words of the story", private="Show it to you alone")
@app_commands.autocomplete(about=suggest_titles)
async def story(
    interaction: DeskInteraction,
    about: str,
    private: bool | None = None,  # noqa: FBT001  # Discord reads the option's type here
) -> None:
    """List the reports of a story."""
    await _tell(interaction, "story", about, private=private)


@app_commands.command(description="How a story unfolded: a chart, and what each report added")
@app_commands.describe(about="A headline, or words of the story", private="Show it to you alone")
@app_commands.autocomplete(about=suggest_titles)
async def timeline(
    interaction: DeskInteraction,
    about: str,
    private: bool | None = None,  # noqa: FBT001  # Discord reads the option's type here
) -> None:
    """Show a story in time order."""
    await _tell(interaction, "timeline", about, private=private)


@app_commands.command(description="Who told a story, who did not, and where they differ")
@app_commands.describe(about="A headline, or words of the story", private="Show it to you alone")
@app_commands.autocomplete(about=suggest_titles)
async def compare(
    interaction: DeskInteraction,
    about: str,
    private: bool | None = None,  # noqa: FBT001  # Discord reads the option's type here
) -> None:
    """Show a story outlet by outlet."""
    await _tell(interaction, "compare", about, private=private)


@app_commands.command(description="New stories, and new reports of older ones, since a day")
@app_commands.describe(
    since="From this day on: 10 Sep 2023, last Monday",
    until="Up to this day",
    private="Show it to you alone",
)
async def changes(
    interaction: DeskInteraction,
    since: str,
    until: str = "",
    private: bool | None = None,  # noqa: FBT001  # Discord reads the option's type here
) -> None:
    """Show what changed since a day."""
    request = Request(kind="changes", as_of=interaction.client.desk.today())
    await responses.answer(interaction, request, since=since, until=until, private=private)


async def _tell(
    interaction: DeskInteraction,
    kind: RequestKind,
    about: str,
    *,
    private: bool | None,
) -> None:
    request = Request(kind=kind, as_of=interaction.client.desk.today(), text=about)
    await responses.answer(interaction, request, private=private)
