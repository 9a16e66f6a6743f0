"""What Discord offers while an option is typed: outlets, topics and headlines of the coverage."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from discord.app_commands import Choice

from bot.desk.requests import SORTS
from bot.discord_bot.asker import asker_of
from bot.discord_bot.escaping import strip_unseen
from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable

    from bot.discord_bot.interactions import DeskInteraction

    Typing: TypeAlias = DeskInteraction

NAME_LIMIT = 100  # of a choice's name, and of its value
MOST = 25
PATIENCE = 2.0  # seconds; Discord's end at three

T = TypeVar("T")

SORT_CHOICES = [Choice(name=sort.title(), value=sort) for sort in SORTS]


async def suggest_outlets(interaction: Typing, typed: str) -> list[Choice[str]]:
    """Offer outlets."""
    names = await _in_time(interaction.client.desk.suggest_outlets(asker_of(interaction), typed))
    return _offer((name, name) for name in names)


async def suggest_topics(interaction: Typing, typed: str) -> list[Choice[str]]:
    """Offer topics."""
    names = await _in_time(interaction.client.desk.suggest_topics(asker_of(interaction), typed))
    return _offer((name, name) for name in names)


async def suggest_titles(interaction: Typing, typed: str) -> list[Choice[str]]:
    """Offer articles by headline and outlet; the choice made is the article's id."""
    articles = await _in_time(interaction.client.desk.suggest_titles(asker_of(interaction), typed))
    return _offer((f"{a.title} · {a.outlet}" if a.outlet else a.title, a.id) for a in articles)


async def _in_time(suggesting: Awaitable[tuple[T, ...]]) -> tuple[T, ...]:
    """Offer nothing rather than too late, for that Discord takes for a failure."""
    try:
        return await asyncio.wait_for(suggesting, PATIENCE)
    except TimeoutError:
        return ()


def _offer(pairs: Iterable[tuple[str, str]]) -> list[Choice[str]]:
    """Build at most 25 choices, leaving out what Discord would refuse for all of them."""
    named = ((cut_line(strip_unseen(name), NAME_LIMIT), value) for name, value in pairs)
    good = [(name, value) for name, value in named if name and 0 < len(value) <= NAME_LIMIT]
    return [Choice(name=name, value=value) for name, value in good[:MOST]]
