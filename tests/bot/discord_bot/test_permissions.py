"""The invite link asks for what some feature needs, and for nothing else."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import discord

from bot.discord_bot.permissions import (
    NEEDED,
    build_invite,
    missing_permissions,
    needed_permissions,
)


def test_the_link_names_the_application_its_scopes_and_its_permissions() -> None:
    link = urlsplit(build_invite(123))
    asked = parse_qs(link.query)
    assert link.hostname == "discord.com"
    assert asked["client_id"] == ["123"]
    assert asked["scope"] == ["bot applications.commands"]
    assert asked["permissions"] == [str(needed_permissions().value)]


def test_nothing_is_asked_that_lets_the_bot_govern() -> None:
    needed = needed_permissions()
    assert not needed.administrator
    assert not needed & discord.Permissions.elevated()
    assert not needed.mention_everyone
    named = {name for permissions in NEEDED.values() for name in permissions}
    assert sum(granted for _, granted in needed) == len(named)


def test_what_is_missing_is_named_as_discord_names_it() -> None:
    granted = discord.Permissions(create_public_threads=True)
    assert missing_permissions("thread", granted) == ("Send Messages In Threads",)
    assert missing_permissions("thread", discord.Permissions.all()) == ()
