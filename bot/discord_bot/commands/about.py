"""/about: what the bot answers from, how fresh that is, and what kind of program it is."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from discord import app_commands

from bot.discord_bot.asker import asker_of
from bot.discord_bot.commands.feeds import render_moment, say_next_try
from bot.discord_bot.ephemeral import send_ephemeral
from bot.replies import Footer, Note, Reply, Title
from bot.replies.citing import cite

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.store.feed_records import Freshness
    from bot.wording import Wording
    from retrieval import Status
    from retrieval.model import Article

FAILING_NAMED = 3


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
    newest = await desk.newest(asker)
    await send_ephemeral(interaction, describe_bot(status, wording, freshness, newest))


def describe_freshness(freshness: Freshness, wording: Wording) -> list[str]:
    """When a feed was last read and is read next, and which cannot be; nothing without feeds."""
    lines = []
    if freshness.read_at:
        moment = render_moment(freshness.read_at)
        lines.append(wording.say("feeds.fresh", n=freshness.feeds, when=moment))
    if freshness.feeds and freshness.next_at:
        lines.append(wording.say("feeds.next", when=render_moment(freshness.next_at)))
    if freshness.failing:
        lines.append(wording.say("feeds.some_fail", n=len(freshness.failing)))
        lines += [say_next_try(feed, wording) for feed in freshness.failing[:FAILING_NAMED]]
    return lines


def describe_bot(
    status: Status, wording: Wording, freshness: Freshness, newest: Article | None
) -> Reply:
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
            *([cite(newest, wording)] if newest else []),
            Footer(f"Clippings {version('clippings')}"),
        )
    )
