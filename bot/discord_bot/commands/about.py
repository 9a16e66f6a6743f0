"""/about: what the bot answers from, how fresh that is, and what kind of program it is."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from discord import app_commands

from bot.discord_bot.asker import asker_of
from bot.discord_bot.ephemeral import send_ephemeral
from bot.replies import Footer, Note, Reply, Title

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.store.feeds import Freshness
    from bot.wording import Wording
    from retrieval import Status


def add_to(client: DeskClient) -> None:
    """Add /about."""
    client.tree.add_command(about)


@app_commands.command(description="What this bot answers from, and how fresh that is")
async def about(interaction: DeskInteraction) -> None:
    """Say what the coverage holds and what the bot is."""
    desk = interaction.client.desk
    asker = asker_of(interaction)
    wording, status = desk.speak(asker), desk.status(asker)
    freshness = await desk.freshness(asker)
    await send_ephemeral(interaction, describe_bot(status, wording, freshness))


def describe_freshness(freshness: Freshness, wording: Wording) -> list[str]:
    """When a feed was last read, and how many cannot be; nothing where there is no feed."""
    lines = []
    if freshness.read_at:
        moment = freshness.read_at.strftime("%Y-%m-%d %H:%M UTC")
        lines.append(wording.say("feeds.fresh", n=freshness.feeds, when=moment))
    if freshness.failing:
        lines.append(wording.say("feeds.some_fail", n=freshness.failing))
    return lines


def describe_bot(status: Status, wording: Wording, freshness: Freshness) -> Reply:
    """What the coverage holds, how fresh it is, and what kind of program answers."""
    span = status.span
    days = {"newest": span.newest, "updated": status.updated.date() if status.updated else None}
    lines = [
        wording.say("about.articles", n=span.articles, outlets=status.outlets),
        *(wording.say(f"about.{key}", day=wording.day(day)) for key, day in days.items() if day),
        *describe_freshness(freshness, wording),
        wording.say("about.method"),
        wording.say("about.licence"),
    ]
    return Reply(
        blocks=(
            Title(wording.say("about.title")),
            *map(Note, lines),
            Footer(f"Clippings {version('clippings')}"),
        )
    )
