"""The bot under load, as its own process over real HTTP and WebSocket."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.articles import make_article, tiny_articles
from tests.support.files import write_articles
from tests.support.messages import read_text
from tests.wire.bot_process import UNHURRIED, assert_tidy, run_bot
from tests.wire.server import UNKNOWN_INTERACTION

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
    from pathlib import Path

    from retrieval.model import Article
    from tests.wire.bot_process import BotProcess
    from tests.wire.newsroom import Newsroom

pytestmark = pytest.mark.soak

ARTICLES = 2000
ADDED = 1000
IN_FLIGHT = 200
QUESTIONS = 1000
INTERACTIONS = 5000
VOCABULARY = 20_000
SYLLABLES = ("ba", "ke", "di", "lo", "mu", "na", "re", "si", "to", "vu")
ABREAST = 20
ACKNOWLEDGED_WITHIN = 1.0  # seconds, 99 of 100
SUGGESTED_WITHIN = 0.3
COMMANDS = (("search", "query"), ("ask", "question"), ("latest", "topic"))


def many_articles(first: int, last: int) -> Iterator[Article]:
    """Give reports of invented words, as often as words are used in a language."""
    start = datetime(2022, 1, 1, tzinfo=UTC)
    for n in range(first, last):
        words = Random(n)  # noqa: S311  # the same articles in every run
        yield make_article(
            n=n,
            title=f"{write(words, 8)} {n}",
            body=" ".join(f"{write(words, 18)}." for _ in range(12)),
            outlet=f"{write(words, 1, of=40)} Courier",
            published=start + timedelta(hours=8 * n),
            topics=(write(words, 1, of=12).lower(),),
        )


def write(words: Random, many: int, *, of: int = VOCABULARY) -> str:
    """Write so many words; the n-th of the vocabulary is used about 1/n as often as the first."""
    ranks = (int(of ** words.random()) for _ in range(many))
    return " ".join("".join(SYLLABLES[int(digit)] for digit in str(rank)) for rank in ranks).title()


@pytest.fixture
def folder(newsroom: Newsroom) -> Path:
    """Write the coverage that the bot starts with."""
    written = write_articles(newsroom.home / "coverage", many_articles(10, ARTICLES))
    return write_articles(written, tiny_articles())


@pytest.fixture
async def bot(newsroom: Newsroom, folder: Path) -> AsyncIterator[BotProcess]:
    """Run the bot without a limit on asking."""
    arguments = (newsroom.discord, newsroom.home, "--coverage", str(folder))
    async with run_bot(*arguments, environment=UNHURRIED) as bot:
        await newsroom.discord.connected(120)
        yield bot
        assert await bot.stop(60) == 0
        assert_tidy(bot)


@pytest.mark.usefixtures("bot")
async def test_questions_in_flight_while_the_index_is_rebuilt(
    newsroom: Newsroom, folder: Path, report: Callable[[str], None]
) -> None:
    write_articles(folder, many_articles(ARTICLES, ARTICLES + ADDED))
    reloading = await newsroom.moderator.slash(newsroom.channel, "desk reload")

    async def ask(n: int) -> None:
        question = f"Who says {write(Random(n), 6)}?"  # noqa: S311  # the same in every run
        shown = await newsroom.member.slash(newsroom.channel, "ask", question=question)
        assert read_text(await newsroom.discord.answered(shown, seconds=120))

    await run_abreast((ask(n) for n in range(QUESTIONS)), IN_FLIGHT)
    assert read_text(await newsroom.discord.answered(reloading, seconds=120))
    delays = sorted(newsroom.discord.delays.values())
    report(f"{QUESTIONS} questions, {IN_FLIGHT} in flight: acknowledged in {describe(delays)}")
    assert percentile(delays, 99) <= ACKNOWLEDGED_WITHIN
    assert UNKNOWN_INTERACTION not in [code for _, code in newsroom.discord.rest.refused]


@pytest.mark.usefixtures("bot")
async def test_five_thousand_interactions(
    newsroom: Newsroom, report: Callable[[str], None]
) -> None:
    server = newsroom.discord
    suggestions: set[int] = set()

    async def act(n: int) -> None:
        words = write(Random(n), 5)  # noqa: S311  # the same in every run
        if n % 10 < len(COMMANDS):
            command, option = COMMANDS[n % 10]
            shown = await newsroom.member.slash(newsroom.channel, command, **{option: words})
            await server.answered(shown, seconds=60)
            return
        typed = words[: 1 + n % 14]
        await newsroom.member.autocomplete(newsroom.channel, "article", "title", typed)
        asked = server.world.last_interaction()
        suggestions.add(asked.id)
        await server.until(lambda: asked.responded, seconds=30)

    await run_abreast((act(n) for n in range(INTERACTIONS)), ABREAST)
    suggested = sorted(delay for n, delay in server.delays.items() if n in suggestions)
    others = sorted(delay for n, delay in server.delays.items() if n not in suggestions)
    report(f"{len(suggested)} suggestions in {describe(suggested)}")
    report(f"{len(others)} commands acknowledged in {describe(others)}")
    assert len(suggested) + len(others) == INTERACTIONS
    assert UNKNOWN_INTERACTION not in [code for _, code in server.rest.refused]
    assert percentile(suggested, 99) < SUGGESTED_WITHIN


async def run_abreast(acts: Iterator[Coroutine[Any, Any, None]], most: int) -> None:
    """Run every act, so many at a time."""
    room = asyncio.Semaphore(most)

    async def run(act: Coroutine[Any, Any, None]) -> None:
        async with room:
            await act

    async with asyncio.TaskGroup() as tasks:
        for act in acts:
            tasks.create_task(run(act))


def percentile(ordered: list[float], percent: int) -> float:
    """Give the value that so many of a hundred do not exceed (nearest rank)."""
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def describe(ordered: list[float]) -> str:
    """Say the median, the 99th of a hundred and the worst, in milliseconds."""
    p50, p99 = percentile(ordered, 50) * 1000, percentile(ordered, 99) * 1000
    return f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, at most {ordered[-1] * 1000:.0f} ms"
