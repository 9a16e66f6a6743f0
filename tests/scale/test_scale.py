"""Ten thousand servers on sixteen shards in four processes, one of which is killed every minute."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from bot.feeds.addresses import identify_feed
from bot.settings import DATABASE
from bot.store import Store
from tests.scale.many_servers import ManyServers, channels_of, serve_many
from tests.scale.measuring import measure
from tests.soak.test_load import describe, many_articles, write
from tests.support.articles import tiny_articles
from tests.support.feed_server import NETWORK, Published, serve_feeds
from tests.support.files import write_articles
from tests.support.postgres import lacking, run_postgres
from tests.wire.bot_process import UNHURRIED, run_bot

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.feed_server import FeedServer
    from tests.wire.bot_process import BotProcess

    Report = Callable[[str], None]

pytestmark = [pytest.mark.scale, pytest.mark.skipif(bool(lacking()), reason=lacking())]

SERVERS = int(os.environ.get("SERVERS", "10000"))
SHARDS, PROCESSES = 16, 4
EACH = SHARDS // PROCESSES
ARTICLES = 2000
ABREAST, STEADY = 16, float(os.environ.get("STEADY", "60"))  # questions at once, seconds
MINUTES = int(os.environ.get("MINUTES", "4"))
A_SECOND, PUBLISHED_EVERY = 5.0, 10.0
WATCHING = 40  # servers with an alert
SECONDS_APART = 4.5  # of two shards of one bucket; Discord wants five, and sees them arrive
PATIENT = UNHURRIED | {
    "CLIPPINGS_FETCHING__PRIVATE_NETWORKS": NETWORK,
    "CLIPPINGS_FETCHING__SHORTEST_MINUTES": "0.01",
    "CLIPPINGS_ALERTS__PER_HOUR": "1000000",
    "CLIPPINGS_LOG__LEVEL": "warning",
}


class Cluster:
    """The processes of one bot, each of which can be killed and is then started anew."""

    def __init__(self, served: ManyServers, home: Path, url: str, stack: AsyncExitStack) -> None:
        self.served = served
        self.processes: dict[int, BotProcess] = {}
        self._home, self._stack = home, stack
        self._environment = PATIENT | {DATABASE: url}

    async def start(self, part: int) -> None:
        shards = f"{part * EACH}-{part * EACH + EACH - 1}/{SHARDS}"
        coverage = ("--config", str(self._home / "config.toml"))
        self.processes[part] = await self._stack.enter_async_context(
            run_bot(
                self.served, self._home, *coverage, "--shards", shards,
                environment=self._environment,
            )
        )  # fmt: skip

    async def kill(self, part: int) -> None:
        for shard in range(part * EACH, part * EACH + EACH):
            self.served.sockets.pop(shard, None)
        await self.processes[part].kill()

    def lives(self) -> bool:
        """Whether every process does; one that ended of itself says why in its log."""
        return all(Path(f"/proc/{one.number}").exists() for one in self.processes.values())

    async def connected(self, seconds: float = 300) -> None:
        served = self.served
        await until(lambda: len(served.sockets) == served.shards or not self.lives(), seconds)
        assert len(served.sockets) == served.shards

    def seconds(self) -> float:
        """Seconds of processors that those which live have taken."""
        return sum(measure(one.number).seconds for one in self.processes.values())


async def until(condition: Callable[[], object], seconds: float, every: float = 0.005) -> None:
    """Wait for something to become true, or for so long."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:  # noqa: ASYNC110  # it tells nobody
        await asyncio.sleep(every)


async def test_many_servers_with_a_process_killed_every_minute(
    tmp_path: Path, report: Report
) -> None:
    written = write_articles(tmp_path / "coverage", many_articles(10, ARTICLES))
    write_articles(written, tiny_articles())
    config = f'[coverage]\nfolders = ["{written}"]\nrefresh_minutes = 10\n'
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    with run_postgres() as postgres:
        bare = await measure_bare(tmp_path, postgres.url)
        async with (
            serve_many(SERVERS, SHARDS, SHARDS) as served,
            serve_feeds() as feeds,
            AsyncExitStack() as stack,
        ):
            follow(served, feeds, postgres.url)
            cluster = Cluster(served, tmp_path, postgres.url, stack)
            started = time.monotonic()
            for part in range(PROCESSES):
                await cluster.start(part)
            await cluster.connected()
            took = time.monotonic() - started
            report(f"{SERVERS} servers, {SHARDS} shards: connected in {took:.0f} s")
            own = [measure(one.number).own for one in cluster.processes.values()]
            server = (sum(own) - PROCESSES * bare) / SERVERS
            report(
                f"memory: {bare / 1e6:.0f} MB a process without servers, "
                f"{sum(own) / PROCESSES / 1e6:.0f} MB with {SERVERS // PROCESSES}: "
                f"{server / 1e3:.1f} kB a server of {len(list(channels_of(0)))} channels"
            )
            cost = await measure_steady(cluster, report)
            told = await kill_in_turn(cluster, feeds, report)
            await settle(served, told)
            lost = count_lost(served, report)
            twice, never = count_alerts(served, told, report)
            check_turns(served)
            assert served.unknown == set()
    model(report, bare, server, cost)
    assert (twice, never) == (0, 0)
    assert lost == 0


async def measure_bare(home: Path, url: str) -> int:
    """Bytes of a process that serves next to nobody, from an index that stands."""
    async with serve_many(SHARDS, SHARDS, SHARDS) as served, AsyncExitStack() as stack:
        cluster = Cluster(served, home, url, stack)
        for _ in range(2):  # the first makes the index
            await cluster.start(0)
            await until(lambda: len(served.sockets) == EACH or not cluster.lives(), 300)
            own = measure(cluster.processes[0].number).own
            await cluster.kill(0)
        return own


def follow(served: ManyServers, feeds: FeedServer, url: str) -> None:
    """Let some servers follow a feed and have an alert."""
    address = feeds.give_feed(
        "/wire", Published(title="Old", text="Old lamps."), Cache_Control="max-age=1"
    )
    with Store.connect(url) as store:
        for n in range(WATCHING):
            guild = served.guild_id(n)
            store.feeds.follow(guild, identify_feed(address), address, most=9)
            store.watches.add(guild, next(channels_of(guild)), "lamps", most=9)


async def ask(served: ManyServers, number: int, n: int) -> None:
    """Ask, and wait for the answer for as long as anybody would."""
    question = f"Who says {write(Random(n), 6)}?"  # noqa: S311  # the same in every run
    asked = await served.ask(number, question)
    if asked is None:
        return
    await until(lambda: served.asked[asked].answered, 30)


async def measure_steady(cluster: Cluster, report: Report) -> float:
    """Questions a second with so many at once; seconds of processors that one takes."""
    served, end = cluster.served, time.monotonic() + STEADY
    before, spent = len(served.asked), cluster.seconds()

    async def keep_asking(first: int) -> None:
        n = first
        while time.monotonic() < end:
            await ask(served, Random(n).randrange(SERVERS), n)  # noqa: S311  # as above
            n += ABREAST

    await asyncio.gather(*map(keep_asking, range(ABREAST)))
    asked = list(served.asked.values())[before:]
    cost = (cluster.seconds() - spent) / max(1, len(asked))
    report(
        f"steady, {ABREAST} at once: {len(asked) / STEADY:.0f} questions a second, "
        f"{cost * 1000:.0f} ms of processor each"
    )
    say_delays(served, before, report)
    return cost


async def kill_in_turn(cluster: Cluster, feeds: FeedServer, report: Report) -> list[str]:
    """Ask and publish for some minutes, and kill a process in each; the titles published."""
    before, asking = len(cluster.served.asked), set[asyncio.Task[None]]()
    published: list[Published] = []
    started, n, kills = time.monotonic(), 1_000_000, 0
    while (now := time.monotonic() - started) < MINUTES * 60:
        server = Random(n).randrange(SERVERS)  # noqa: S311  # as above
        asking.add(asyncio.create_task(ask(cluster.served, server, n)))
        n += 1
        if now > len(published) * PUBLISHED_EVERY:
            published.insert(0, make_entry(len(published)))
            feeds.give_feed("/wire", *published[:50], Cache_Control="max-age=1")
        if now > kills * 60 + 30:
            part = kills % PROCESSES
            await cluster.kill(part)
            await cluster.start(part)
            kills += 1
        await asyncio.sleep(1 / A_SECOND)
    await asyncio.gather(*asking)
    await cluster.connected()
    asked = f"{A_SECOND:.0f} questions a second meanwhile"
    report(f"{kills} processes killed in {MINUTES} minutes, {asked}")
    say_delays(cluster.served, before, report)
    return [one.title for one in published]


def make_entry(n: int) -> Published:
    drawn = Random(f"entry {n}")  # noqa: S311  # as above
    text = " ".join(f"{write(drawn, 14)}." for _ in range(3))
    return Published(title=f"{write(drawn, 7)} {n:04}", text=f"Lamps {n:04}: {text}", guid=f"e{n}")


async def settle(served: ManyServers, titles: list[str]) -> None:
    """Wait for alerts still on their way: a lease to end, a parcel to be let go."""
    await until(lambda: len(count_told(served, titles)) == len(titles) * WATCHING, 120, every=1.0)
    await asyncio.sleep(10)  # what would be told twice, would be by now


def count_told(served: ManyServers, titles: list[str]) -> Counter[tuple[int, str]]:
    """How often each entry was told in each channel."""
    told: Counter[tuple[int, str]] = Counter()
    for channel, message in served.posts:
        said = json.dumps(message["components"])
        told.update((channel, title) for title in titles if title in said)
    return told


def count_alerts(served: ManyServers, titles: list[str], report: Report) -> tuple[int, int]:
    told = count_told(served, titles)
    twice = sum(times > 1 for times in told.values())
    edited = sum(title in edit for edit in served.edits for title in titles)
    never = len(titles) * WATCHING - len(told)
    report(
        f"alerts: {len(titles)} entries in {WATCHING} servers: {twice} told twice, {never} never; "
        f"{served.repeated} sendings were known by their nonce, {edited} entries joined a message"
    )
    return twice, never


def count_lost(served: ManyServers, report: Report) -> int:
    accepted = [one for one in served.asked.values() if one.acknowledged]
    lost = sum(not one.answered for one in accepted)
    report(
        f"interactions: {len(served.asked)} sent, {len(served.asked) - len(accepted)} never "
        f"accepted (their process was dead), {lost} of {len(accepted)} accepted without a reply"
    )
    return lost


def say_delays(served: ManyServers, before: int, report: Report) -> None:
    asked = list(served.asked.values())[before:]
    soon = sorted(one.acknowledged - one.sent for one in asked if one.acknowledged)
    late = sorted(one.answered - one.sent for one in asked if one.answered)
    report(f"acknowledged in {describe(soon)}; answered in {describe(late)}")


def check_turns(served: ManyServers) -> None:
    """No two shards of one bucket identified themselves within five seconds."""
    last: dict[int, float] = {}
    for shard, moment in served.identified:
        bucket = shard % served.at_once
        assert moment - last.get(bucket, -60.0) > SECONDS_APART
        last[bucket] = moment


def model(report: Report, bare: int, server: float, cost: float) -> None:
    """What 100,000 servers would need, by what was measured and what is assumed."""
    servers, a_day, peak, each = 100_000, 20, 5, 1000
    shards = -(-servers // each // 16) * 16
    processes = shards // 8
    busiest = servers * a_day / 86_400 * peak
    report(
        f"on paper, {servers} servers: {shards} shards (one for each {each}, a multiple of 16) in "
        f"{processes} processes of 8; memory {(processes * bare + servers * server) / 1e9:.1f} GB "
        f"(as measured a process and a server); {busiest:.0f} questions a second at the busiest "
        f"(assumed: {a_day} a server and day, {peak} times the mean), {busiest * cost:.0f} cores "
        f"(as measured, {ARTICLES} articles; a larger index costs more)"
    )
