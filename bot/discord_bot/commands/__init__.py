"""The commands, one file a group; each file adds its own to the client's tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord_bot.commands import (
    about,
    admin,
    ask,
    browse,
    digests,
    feeds,
    follows,
    menus,
    moderation,
    privacy,
    search,
    stories,
    watches,
)
from bot.discord_bot.commands import help as help_command

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskClient

GROUPS = (
    ask,
    search,
    browse,
    stories,
    menus,
    moderation,
    help_command,
    about,
    privacy,
    admin,
    feeds,
    watches,
    digests,
    follows,
)


def add_commands(client: DeskClient) -> None:
    """Add every command to the client's tree."""
    for group in GROUPS:
        group.add_to(client)
