"""Who asks, where, and in which language, read from what Discord sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.desk.records import Asker

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskInteraction


def asker_of(interaction: DeskInteraction) -> Asker:
    """Read who used a command, button or menu."""
    return Asker(
        person_id=interaction.user.id,
        channel_id=interaction.channel_id or 0,
        server_id=interaction.guild_id,
        parent_id=_parent_of(interaction.channel),
        role_ids=_roles_of(interaction.user),
        manages=interaction.guild_id is not None and interaction.permissions.manage_guild,
        locale=interaction.locale.value,
    )


def author_of(message: discord.Message) -> Asker:
    """Read who wrote a message; Discord tells no locale with it, so the server's stands in."""
    guild = message.guild
    return Asker(
        person_id=message.author.id,
        channel_id=message.channel.id,
        server_id=guild.id if guild else None,
        parent_id=_parent_of(message.channel),
        role_ids=_roles_of(message.author),
        manages=_manages(message.author),
        locale=guild.preferred_locale.value if guild else "en",
    )


def _manages(user: discord.User | discord.Member) -> bool:
    return isinstance(user, discord.Member) and user.guild_permissions.manage_guild


def _parent_of(channel: object) -> int | None:
    return channel.parent_id if isinstance(channel, discord.Thread) else None


def _roles_of(user: discord.User | discord.Member) -> frozenset[int]:
    return (
        frozenset(role.id for role in user.roles)
        if isinstance(user, discord.Member)
        else frozenset()
    )
