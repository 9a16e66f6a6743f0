"""/help: a first question out of the coverage, the ways to ask, and the commands to click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import discord
from discord import app_commands
from discord.app_commands import Command, Group
from discord.ui import Button

from bot.desk.requests import Request
from bot.discord_bot.asker import asker_of
from bot.discord_bot.buttons import ActionButton
from bot.discord_bot.ephemeral import (
    Row,
    defer_ephemeral,
    in_row,
    lay_out_sections,
    send_ephemeral,
)
from bot.discord_bot.escaping import escape_line
from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.wording import Wording

SlashCommand: TypeAlias = "Command[Any, ..., Any] | Group"

LABEL_LIMIT = 80
QUESTION_SHOWN = 200
WAYS = ("command", "mention", "reply", "message", "menu")
COMMANDS = (
    *("ask", "search", "latest", "article", "story", "timeline", "compare", "changes", "outlets"),
    *("about", "privacy", "desk", "feeds", "alerts", "digest", "follow"),
)


def add_to(client: DeskClient) -> None:
    """Add /help."""
    client.tree.add_command(help_)


@app_commands.command(name="help", description="How to ask, and a first question to try")
async def help_(interaction: DeskInteraction) -> None:
    """Explain the bot to one person."""
    desk, asker = interaction.client.desk, asker_of(interaction)
    await defer_ephemeral(interaction)
    wording = desk.speak(asker)
    question = cut_line(await desk.first_question(asker), QUESTION_SHOWN)
    rows: list[Row] = []
    if question:
        request = Request(kind="ask", as_of=desk.today(), text=question)
        token = await desk.propose(asker, request)
        label = cut_line(wording.say("button.first_question", question=question), LABEL_LIMIT)
        rows.append(in_row(ActionButton(Button(label=label), "try", token)))
    commands = dict(list_commands(interaction))
    await send_ephemeral(
        interaction, lay_out_sections(*explain_use(question, commands, wording)), rows
    )


def list_commands(interaction: DeskInteraction) -> Iterator[tuple[str, str]]:
    """Each command that this person may use here, with what a click starts it with."""
    client = interaction.client
    for name in COMMANDS:
        command = client.tree.get_command(name)
        if isinstance(command, Command | Group) and _is_open(command, interaction):
            yield name, _name_to_click(command, client.command_ids)


def _is_open(command: SlashCommand, interaction: DeskInteraction) -> bool:
    """Whether Discord shows a command to this person, as far as its defaults say."""
    needed = command.default_permissions or discord.Permissions.none()
    contexts = command.allowed_contexts
    if contexts is not None and interaction.guild_id is None and not contexts.dm_channel:
        return False
    return interaction.guild_id is None or interaction.permissions >= needed


def _name_to_click(command: SlashCommand, ids: Mapping[str, int]) -> str:
    """A command as Discord makes it clickable; of a group, its first. Bold while no id is known."""
    first = next(command.walk_commands()) if isinstance(command, Group) else command
    if command.name not in ids:
        return f"**/{first.qualified_name}**"
    return f"</{first.qualified_name}:{ids[command.name]}>"


def explain_use(question: str, commands: Mapping[str, str], wording: Wording) -> tuple[str, ...]:
    """What to expect with the first question, the ways to ask, and the commands, in Markdown."""
    first = wording.say("help.first", question=f"**{escape_line(question)}**") if question else ""
    ways = "\n".join(f"- {wording.say(f'help.{way}')}" for way in WAYS)
    listed = "\n".join(
        f"- {shown} {wording.say(f'command.{name}.description')}"
        for name, shown in commands.items()
    )
    promise = f"### {wording.say('help.title')}\n{wording.say('help.promise')}"
    return (
        f"{promise}\n\n{first}".strip(),
        f"**{wording.say('help.ways')}**\n{ways}",
        f"**{wording.say('help.commands')}**\n{listed}",
    )
