"""What the bot must be allowed to do: permissions by feature, the scopes, and the invite link."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import discord
from discord.utils import oauth_url

if TYPE_CHECKING:
    from collections.abc import Mapping

SCOPES = ("bot", "applications.commands")

# Each feature with the permissions it needs, by discord.py's names for them. The answer to a slash
# command needs none: Discord carries it whatever the channel says.
NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "answer": ("view_channel", "send_messages", "send_messages_in_threads"),
        "history": ("read_message_history",),
        "thread": ("create_public_threads", "send_messages_in_threads"),
        "file": ("attach_files",),
    }
)


def needed_permissions() -> discord.Permissions:
    """All that some feature needs, and nothing else."""
    names = {name for permissions in NEEDED.values() for name in permissions}
    return discord.Permissions(**dict.fromkeys(names, True))


def build_invite(application_id: int) -> str:
    """The link by which someone who manages a server adds the bot to it."""
    return oauth_url(application_id, permissions=needed_permissions(), scopes=SCOPES)


def missing_permissions(feature: str, granted: discord.Permissions) -> tuple[str, ...]:
    """What a feature still needs, in the words of Discord's own menus: "Send Messages"."""
    lacking = (name for name in NEEDED[feature] if not getattr(granted, name))
    return tuple(name.replace("_", " ").title() for name in lacking)
