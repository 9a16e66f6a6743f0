"""Telling Discord which commands there are, only when asked to or when it knows others."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from discord import AppCommandType
from discord.http import Route

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskClient

# What Discord answers for a key that was not given.
UNSAID: tuple[object, ...] = (None, False, [], {}, "")
# What discord.py says and Discord may leave out.
DEFAULTS: dict[str, object] = {"type": 1, "min_length": 0, "dm_permission": True}

SLASH = AppCommandType.chat_input

log = logging.getLogger(__name__)


async def sync_commands(client: DeskClient, *, always: bool = False) -> bool:
    """Send the commands if they differ from Discord's (`always`: in any case); whether sent.

    Of several processes the one with the first shard does.
    """
    if not (await differs(client) or always) or client.shards_held.first:
        return False
    sent = await client.tree.sync()
    client.command_ids = {each.name: each.id for each in sent if each.type is SLASH}
    log.info("told Discord of %d commands", len(sent))
    return True


async def differs(client: DeskClient) -> bool:
    """Whether Discord knows other commands than ours."""
    route = Route(
        "GET", "/applications/{application_id}/commands", application_id=client.application_id
    )
    known = await client.http.request(route, params={"with_localizations": "true"})
    theirs = {(command["name"], command.get("type", 1)): command for command in known}
    client.command_ids = {name: int(c["id"]) for (name, kind), c in theirs.items() if kind == 1}
    ours = {
        (command["name"], command.get("type", 1)): command for command in await _payload(client)
    }
    return theirs.keys() != ours.keys() or any(
        not says(theirs[name], command) for name, command in ours.items()
    )


def says(theirs: Any, ours: Any) -> bool:  # noqa: ANN401  # any JSON
    """Whether Discord's JSON holds all that ours says; it may hold more, such as ids."""
    match ours:
        case dict():
            return isinstance(theirs, dict) and all(
                says(theirs.get(key, DEFAULTS.get(key)), value) for key, value in ours.items()
            )
        case list():
            return _lists_agree(theirs or [], ours)
        case _:
            return bool(theirs == ours or (ours in UNSAID and theirs in UNSAID))


def _lists_agree(theirs: list[Any], ours: list[Any]) -> bool:
    return len(theirs) == len(ours) and all(map(says, theirs, ours))


async def _payload(client: DeskClient) -> list[Any]:
    tree = client.tree
    if tree.translator is None:
        return [command.to_dict(tree) for command in tree.get_commands()]
    return [
        await command.get_translated_payload(tree, tree.translator)
        for command in [*tree.get_commands()]
    ]
