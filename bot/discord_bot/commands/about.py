"""/help and /about: how to ask, with a first question out of the coverage, and what answers."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from discord import app_commands
from discord.ui import Button

from bot.desk.requests import Request
from bot.discord_bot.asker import asker_of
from bot.discord_bot.buttons import ActionButton
from bot.discord_bot.ephemeral import Row, defer_ephemeral, in_row, lay_out_sections, send_ephemeral
from bot.discord_bot.escaping import escape_line
from bot.replies import Footer, Note, Reply, Title
from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.store.feeds import Freshness
    from bot.wording import Wording
    from retrieval.model import Status

LABEL_LIMIT = 80
HEADLINE_SHOWN = 200
WAYS = ("command", "mention", "reply", "message", "menu")
COMMANDS = (
    *("ask", "search", "latest", "article", "story", "timeline", "compare", "changes", "outlets"),
    *("about", "privacy", "desk", "feeds"),
)


def add_to(client: DeskClient) -> None:
    """Add /help and /about."""
    client.tree.add_command(help_)
    client.tree.add_command(about)


@app_commands.command(name="help", description="How to ask, and a first question to try")
async def help_(interaction: DeskInteraction) -> None:
    """Explain the bot to one person."""
    desk, asker = interaction.client.desk, asker_of(interaction)
    await defer_ephemeral(interaction)
    wording = desk.speak(asker)
    headline = cut_line(await desk.first_question(asker), HEADLINE_SHOWN)
    rows: list[Row] = []
    if headline:
        request = Request(kind="ask", as_of=desk.today(), text=headline)
        token = await desk.propose(asker, request)
        label = cut_line(wording.say("button.first_question", headline=headline), LABEL_LIMIT)
        rows.append(in_row(ActionButton(Button(label=label), "try", token)))
    await send_ephemeral(interaction, lay_out_sections(*explain_use(headline, wording)), rows)


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


def explain_use(headline: str, wording: Wording) -> tuple[str, ...]:
    """What to expect with the first question, the ways to ask, and every command, in Markdown."""
    first = wording.say("help.first", headline=f"**{escape_line(headline)}**") if headline else ""
    ways = "\n".join(f"- {wording.say(f'help.{way}')}" for way in WAYS)
    commands = "\n".join(
        f"- **/{name}** {wording.say(f'command.{name}.description')}" for name in COMMANDS
    )
    promise = f"### {wording.say('help.title')}\n{wording.say('help.promise')}"
    return (
        f"{promise}\n\n{first}".strip(),
        f"**{wording.say('help.ways')}**\n{ways}",
        f"**{wording.say('help.commands')}**\n{commands}",
    )


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
