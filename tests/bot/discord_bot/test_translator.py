"""What Discord is told of every command: each text in each language, within the limits of both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from discord.app_commands import Command, ContextMenu, Group

from bot.discord_bot.translator import CatalogueTranslator, find_key
from bot.wording import read_catalogue
from tests.support.limits import limit_errors
from tests.support.scene import build_tiny_client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.discord_bot.client import ClippingsClient

LOCALES = {"de", "es-ES", "es-419", "fr", "zh-CN", "zh-TW"}


@pytest.fixture
async def client(tmp_path: Path) -> ClippingsClient:
    return build_tiny_client(tmp_path)


async def payloads(client: ClippingsClient) -> list[dict[str, Any]]:
    await client.tree.set_translator(CatalogueTranslator())
    translator = client.tree.translator
    assert translator is not None
    commands = [*client.tree.get_commands()]
    return [await each.get_translated_payload(client.tree, translator) for each in commands]


def described(payload: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every command and option of a payload, with its path."""
    here = f"{path}/{payload['name']}"
    yield here, payload
    for option in payload.get("options", []):
        yield from described(option, here)


async def test_every_description_is_told_in_every_language(client: ClippingsClient) -> None:
    for payload in await payloads(client):
        for path, part in described(payload):
            if part.get("description"):
                assert part["description_localizations"].keys() == LOCALES, path


async def test_menus_and_choices_have_a_name_in_every_language(client: ClippingsClient) -> None:
    parts = [part for payload in await payloads(client) for _, part in described(payload)]
    menus = [part for part in parts if not part.get("description")]
    choices = [choice for part in parts for choice in part.get("choices", [])]
    assert len(menus) == 2
    assert len(choices) == 3 + 7  # orders, and days of the week
    for named in menus + choices:
        assert named["name_localizations"].keys() == LOCALES


async def test_commands_and_options_keep_their_names(client: ClippingsClient) -> None:
    for payload in await payloads(client):
        for _, part in described(payload):
            if part.get("description"):
                assert not part.get("name_localizations")


async def test_what_is_told_is_within_the_limits(client: ClippingsClient) -> None:
    told = await payloads(client)
    assert limit_errors("PUT", "/applications/1/commands", told) == []
    texts = [text for payload in told for text in re.findall(r"'([^']{101,})'", str(payload))]
    assert texts == []


async def test_the_english_in_the_code_is_the_english_of_the_catalogue(
    client: ClippingsClient,
) -> None:
    english = read_catalogue("en")
    for command in walk(client):
        assert english[str(find_key(command, command.description))] == command.description
        for parameter in command.parameters if isinstance(command, Command) else ():
            assert english[str(find_key(parameter, ""))] == parameter.description


def walk(client: ClippingsClient) -> Iterator[Command[Any, ..., Any] | Group]:
    for command in client.tree.get_commands():
        if not isinstance(command, ContextMenu):
            yield command
    yield from client.tree.walk_commands()


async def test_no_command_text_of_the_catalogue_is_without_its_command(
    client: ClippingsClient,
) -> None:
    known = {str(find_key(command, command.description)) for command in walk(client)}
    for command in walk(client):
        if isinstance(command, Command):
            known |= {str(find_key(parameter, "")) for parameter in command.parameters}
    wanted = {key for key in read_catalogue("en") if key.startswith("command.")}
    assert wanted == known
