"""Two thousand questions through every fault of Discord's, restarts included: none is lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.soak.test_load import ACKNOWLEDGED_WITHIN, describe, percentile
from tests.support.articles import tiny_articles
from tests.support.files import write_articles
from tests.support.messages import read_text
from tests.wire.bot_process import UNHURRIED, assert_tidy, run_bot
from tests.wire.rest import Fault, too_many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import simcord

    from tests.wire.bot_process import BotProcess
    from tests.wire.newsroom import Newsroom

pytestmark = pytest.mark.soak

QUESTIONS = 2000
TERMINATED = 10  # lives that end with SIGTERM at a random moment
FATAL = (4004, 4010, 4011, 4012, 4013, 4014)  # codes after which a bot may not come again
PASSING = (1001, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009)
LIVES: tuple[int | None, ...] = (*(None,) * TERMINATED, *FATAL)
A_LIFE = QUESTIONS // len(LIVES)
MISSED = 5  # questions put between two lives
ABREAST = 20
POSTS, EDITS, CALLBACKS = (
    "/channels/*/messages", "/webhooks/*/messages/@original", "/interactions/*/callback",
)  # fmt: skip
WORDS = ("bridge", "cables", "rust", "ferries", "June", "engineers", "prize", "garden", "fares")


def list_faults() -> Iterator[Fault]:
    """Every fault that a request may meet, over and over."""
    routes = [("POST", POSTS), ("PATCH", EDITS)]
    makers: list[Callable[[], Fault]] = [
        lambda: too_many("POST", CALLBACKS, 0.1),
        lambda: Fault("POST", CALLBACKS, hangs_up=True),
        lambda: Fault("PATCH", EDITS, status=404, body={"message": "?", "code": 10015}),
        lambda: Fault("PATCH", EDITS, status=401, body={"message": "?", "code": 50027}),
        lambda: Fault("POST", "/channels/*/typing", status=403),
    ]
    for method, path in routes:
        makers += [
            lambda method=method, path=path: too_many(method, path, 0.2),  # type: ignore[misc]  # bound now
            lambda method=method, path=path: too_many(method, path, 0.2, everywhere=True),  # type: ignore[misc]  # as above
            lambda method=method, path=path: Fault(method, path, hangs_up=True),  # type: ignore[misc]  # as above
        ]
        makers += [
            lambda method=method, path=path, status=status: Fault(method, path, status=status)  # type: ignore[misc]  # as above
            for status in (500, 502, 503, 504)
        ]
    for make in cycle(makers):
        yield make()


@dataclass(slots=True)
class Storm:
    """What was asked so far, and what of it was taken back."""

    newsroom: Newsroom
    random: Random
    commands: list[tuple[str, simcord.InteractionResult]] = field(default_factory=list)
    messages: list[tuple[simcord.ChannelHandle, int]] = field(default_factory=list)
    deleted: set[int] = field(default_factory=set)
    faults: Counter[str] = field(default_factory=Counter)
    asked: int = 0

    def question(self) -> str:
        self.asked += 1
        return f"What of the {' and the '.join(self.random.sample(WORDS, 2))}, {self.asked}?"

    async def ask_by_command(self) -> None:
        member, channel = self.newsroom.member, self.newsroom.channel
        question = self.question()
        shown = await member.slash(channel, "ask", question=question)
        self.commands.append((question, shown))
        with suppress(AssertionError):  # whether it is lost is judged at the end
            await self.newsroom.discord.answered(shown, seconds=10)

    async def ask_by_message(self) -> None:
        """Mention the bot or write to it; one in twenty thinks better of it at once."""
        if self.random.random() < 0.3:
            said = await self.newsroom.member.send_dm(self.question())
            self.messages.append((self.newsroom.member.user.dm_channel, said.id))
            return
        me = self.newsroom.discord.world.backend.bot_user.id
        said = await self.newsroom.member.send(self.newsroom.channel, f"<@{me}> {self.question()}")
        self.messages.append((self.newsroom.channel, said.id))
        if self.random.random() < 0.05:
            self.deleted.add(said.id)
            await self.newsroom.member.delete(said)
        elif self.random.random() < 0.1:
            self.newsroom.discord.gateway.repeat("MESSAGE_CREATE", 2)

    def replies(self) -> Counter[int]:
        """How many replies each message got."""
        world = self.newsroom.discord.world
        channels = {channel.id: channel for channel, _ in self.messages}.values()
        return Counter(
            shown.message.reference.message_id or 0
            for channel in channels
            for shown in world.messages_in(channel)
            if shown.message.reference and read_text(shown)
        )

    def lost_messages(self) -> list[int]:
        replies = self.replies()
        return [n for _, n in self.messages if not replies[n] and n not in self.deleted]

    def lost_commands(self) -> list[str]:
        """Commands that were acknowledged and neither answered there nor in the channel."""
        world, channel = self.newsroom.discord.world, self.newsroom.channel
        posted = [read_text(m) for m in world.messages_in(channel) if not m.message.reference]
        waiting = [
            question
            for question, shown in self.commands
            if shown.acknowledged and (shown.response is None or shown.response.flags.loading)
        ]
        return [q for q in waiting if not any(q in text for text in posted)]


async def live(storm: Storm, bot: BotProcess, faults: Iterator[Fault], code: int | None) -> None:
    """Ask through faults of requests and of the connection, until told to leave."""
    server = storm.newsroom.discord
    leaves_at = storm.random.randrange(A_LIFE // 2, A_LIFE - MISSED)
    breaks_at = {storm.random.randrange(5, leaves_at) for _ in range(3)}
    room = asyncio.Semaphore(ABREAST)

    async def ask(*, by_command: bool) -> None:
        async with room:
            await (storm.ask_by_command() if by_command else storm.ask_by_message())

    async with asyncio.TaskGroup() as tasks:
        for n in range(leaves_at):
            if n % 4 == 0:
                fault = next(faults)
                storm.faults[f"{fault.status or ''} {fault.path}{' cut' * fault.hangs_up}"] += 1
                server.rest.faults = [f for f in server.rest.faults if f.times] + [fault]
            if n in breaks_at:
                await break_connection(storm)
            tasks.create_task(ask(by_command=storm.random.random() < 0.6))
            await asyncio.sleep(storm.random.random() * 0.04)
        if code is None:
            assert await bot.stop(30) == 0
    if code is not None:
        await server.gateway.hang_up(code)
        assert await bot.left(30) == 1
    server.rest.faults.clear()
    assert_tidy(bot)


async def break_connection(storm: Storm) -> None:
    """Lose the connection in one of the ways that a bot comes back from, and wait for it."""
    server, gateway = storm.newsroom.discord, storm.newsroom.discord.gateway
    how = storm.random.choice(("op 7", "op 9", *PASSING))
    storm.faults[f"gateway {how}"] += 1
    if how == "op 7":
        await gateway.ask_to_reconnect()
    elif how == "op 9":
        await gateway.forget_session()
    else:
        await gateway.hang_up(int(how))
    await storm.ask_by_message()  # while it is away
    await server.connected(60)


async def fall_silent(storm: Storm) -> None:
    """Acknowledge no heartbeat until the bot gives the connection up, after a silent minute."""
    gateway = storm.newsroom.discord.gateway
    gateway.acknowledges = False
    storm.faults["gateway silent"] += 1
    await storm.newsroom.discord.connected(150)
    gateway.acknowledges = True


async def test_two_thousand_questions_through_every_fault(
    newsroom: Newsroom, report: Callable[[str], None]
) -> None:
    folder = write_articles(newsroom.home / "coverage", tiny_articles())
    storm, faults = Storm(newsroom, Random(12)), list_faults()  # noqa: S311  # the same in every run
    for place, code in enumerate((*LIVES, None)):
        newsroom.discord.gateway.refusals = 3 if place % 4 == 1 else 0
        arguments = (newsroom.discord, newsroom.home, "--coverage", str(folder))
        async with run_bot(*arguments, environment=UNHURRIED) as bot:
            await newsroom.discord.connected(60)
            if place == len(LIVES) // 2:
                await fall_silent(storm)
            if place < len(LIVES):
                await live(storm, bot, faults, code)
                while storm.asked < A_LIFE * (place + 1):
                    await storm.ask_by_message()  # between two lives
                continue
            await newsroom.discord.until(lambda: not storm.lost_messages(), 120)
            assert await bot.stop(30) == 0
    judge(storm, report)


def judge(storm: Storm, report: Callable[[str], None]) -> None:
    """Say what was measured, and fail where a question was lost or answered twice."""
    delays = sorted(storm.newsroom.discord.delays.values())
    accepted = [shown for _, shown in storm.commands if shown.acknowledged]
    twice = [n for n, many in storm.replies().items() if many > 1]
    lost = len(storm.lost_messages()) + len(storm.lost_commands())
    report(
        f"{storm.asked} questions: {len(storm.commands)} commands ({len(accepted)} accepted), "
        f"{len(storm.messages)} messages ({len(storm.deleted)} deleted), {len(LIVES)} restarts"
    )
    report(f"faults: {sum(storm.faults.values())} of {len(storm.faults)} kinds")
    report(f"lost {lost}, answered twice {len(twice)}; acknowledged in {describe(delays)}")
    assert storm.asked >= QUESTIONS
    assert (lost, twice) == (0, [])
    assert percentile(delays, 99) <= ACKNOWLEDGED_WITHIN
