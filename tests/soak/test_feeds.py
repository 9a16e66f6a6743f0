"""Feeds under load and under the axe: how fast, how much, and nothing lost or told twice."""

from __future__ import annotations

import asyncio
import re
import time
from functools import partial
from random import Random
from statistics import median
from typing import TYPE_CHECKING

import pytest

from bot.feeds.addresses import identify_feed
from bot.feeds.fetching import Fetcher
from bot.feeds.loop import FeedLoop
from bot.feeds.network import Gate
from bot.feeds.polling import Poller
from bot.feeds.queries import QueryIndex, parse_query
from bot.store import Store
from retrieval.coverage import Coverage
from retrieval.index import open_snapshot
from tests.bot.feeds.conftest import here
from tests.soak.test_load import many_articles, percentile, write
from tests.support.articles import tiny_articles
from tests.support.feed_server import NETWORK, Published, serve_feeds
from tests.support.files import write_articles
from tests.support.messages import read_text
from tests.wire.bot_process import UNHURRIED, run_bot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.store import FeedRecord
    from tests.support.feed_server import FeedServer
    from tests.wire.newsroom import Newsroom

    Report = Callable[[str], None]

pytestmark = pytest.mark.soak

ALERTS = 10_000
FEEDS = 500
POLLS_AN_HOUR = 5000
BURST = 1000
ARTICLES = 26_000
KILLS = 100
HURRIED = UNHURRIED | {
    "CLIPPINGS_FETCHING__PRIVATE_NETWORKS": NETWORK,
    "CLIPPINGS_FETCHING__SHORTEST_MINUTES": "0.005",
    "CLIPPINGS_ALERTS__PER_HOUR": "1000000",
}


def test_one_article_against_all_alerts(report: Report) -> None:
    drawn = Random(1)  # noqa: S311  # the same in every run
    queries = [(parse_query(write(drawn, drawn.randint(1, 3))), n) for n in range(ALERTS)]
    index = QueryIndex(queries)
    took = []
    for article in many_articles(0, 300):
        started = time.thread_time()
        list(index.match(article))
        took.append((time.thread_time() - started) * 1000)
    p99 = percentile(sorted(took), 99)
    report(f"{ALERTS} alerts, one article: p50 {median(took):.2f} ms, p99 {p99:.2f} ms of CPU")
    assert p99 < 5


async def test_a_core_has_room_for_five_thousand_feeds(tmp_path: Path, report: Report) -> None:
    """The server runs in the same process, so its share is counted too."""
    async with serve_feeds() as server, Fetcher(Gate([NETWORK])) as fetcher:
        with Store.open(tmp_path / "store.sqlite3") as store:
            for n in range(FEEDS):
                entries = (make_entry(n, k) for k in range(20))
                address = server.give_feed(f"/{n}", *entries)
                store.feeds.add(identify_feed(address), address, shared=True)
            poller = Poller(
                store=store.feeds, fetcher=fetcher, folder=tmp_path / "feeds", away=here
            )
            loop = FeedLoop(poller, lambda _: None)
            spent = await spend(loop, store)
            for n in range(FEEDS):  # one new entry each, as an hour brings it
                server.give_feed(f"/{n}", *(make_entry(n, k) for k in range(1, 21)))
            again = await spend(loop, store)
    share = again / FEEDS * POLLS_AN_HOUR / 3600
    report(
        f"{FEEDS} feeds: first poll {spent / FEEDS * 1000:.1f} ms of CPU each, later "
        f"{again / FEEDS * 1000:.1f} ms; {POLLS_AN_HOUR} an hour take {share:.1%} of a core"
    )
    assert share < 0.3


async def spend(loop: FeedLoop, store: Store) -> float:
    """Poll every feed and say how much processor time that took, in seconds."""
    feeds: list[FeedRecord] = list(store.feeds.list_all())
    started = time.process_time()
    outcomes = await loop.poll_all(feeds)
    assert [outcome.error for outcome in outcomes] == [""] * FEEDS
    return time.process_time() - started


def make_entry(n: int, k: int) -> Published:
    drawn = Random(f"{n} {k}")  # noqa: S311  # the same in every run
    return Published(
        title=f"{write(drawn, 8)} {n} {k}",
        text="".join(f"<p>{write(drawn, 40)}.</p>" for _ in range(6)),
        guid=f"urn:{n}:{k}",
    )


def test_a_servers_filter_costs_little(tmp_path: Path, report: Report) -> None:
    from dataclasses import replace  # noqa: PLC0415  # only here

    articles = (
        replace(article, feed=f"feed{n % FEEDS}")
        for n, article in enumerate(many_articles(0, ARTICLES))
    )
    whole = Coverage.of_articles(articles, tmp_path)
    view = whole.visible_to(frozenset(f"feed{n}" for n in range(0, FEEDS, 2)))
    questions = [f"Who says {write(Random(n), 4)}?" for n in range(60)]  # noqa: S311  # as above
    for coverage in (whole, view):
        for question in questions[:5]:
            coverage.ask(question)
    took: dict[str, list[float]] = {"whole": [], "view": []}
    for question in questions:
        for name, coverage in (("whole", whole), ("view", view)):
            started = time.perf_counter()
            coverage.ask(question)
            took[name].append((time.perf_counter() - started) * 1000)
    p50 = {name: median(times) for name, times in took.items()}
    cost = p50["view"] / p50["whole"] - 1
    report(
        f"{ARTICLES} articles, {FEEDS} feeds: a question takes {p50['whole']:.1f} ms, "
        f"of half the feeds {p50['view']:.1f} ms ({cost:+.0%})"
    )
    assert cost <= 0.2


async def test_a_burst_is_searchable_and_told_at_once(newsroom: Newsroom, report: Report) -> None:
    async with (
        serve_feeds() as server,
        run_bot(newsroom.discord, newsroom.home, environment=HURRIED) as bot,
    ):
        await newsroom.discord.connected(60)
        await follow(newsroom, server, "lamps")
        await bot.says("1 new, 0 edited", 60)
        before = await time_searches(newsroom, lambda: False, 30)
        one = [Published(title="Lamps one", text="Keeper of lamps.", guid="one")]
        single = await time_arrival(newsroom, server, one, "Lamps one")
        many = [make_entry(9, k) for k in range(BURST - 1)]
        last = Published(title="Lamps again", text="Pupils glue paper lamps.", guid="two")
        arriving = asyncio.create_task(
            time_arrival(newsroom, server, [*many, last, *one], "Lamps again")
        )
        during = await time_searches(newsroom, arriving.done, 2000)
        burst = await arriving
        assert await bot.stop(60) == 0
    p95 = percentile(sorted(before), 95), percentile(sorted(during), 95)
    report(
        f"fetched to alert: one entry {single:.1f} s, {BURST} entries {burst:.1f} s; "
        f"searches p95 {p95[0] * 1000:.0f} ms before, {p95[1] * 1000:.0f} ms meanwhile"
    )
    assert single < 5
    assert burst < 10
    assert p95[1] <= 2 * p95[0]


async def test_nothing_is_lost_or_told_twice_by_a_kill(newsroom: Newsroom, report: Report) -> None:
    """Every second report comes by the feed, the others as files of a watched folder."""
    drawn = Random(7)  # noqa: S311  # the same moments in every run, as far as the machine is
    published = [Published(title="The first lamps", text="Old lamps.", guid="first")]
    folder = write_articles(newsroom.home / "coverage", tiny_articles())
    folders = {"CLIPPINGS_COVERAGE__FOLDERS": str(folder)}
    start = partial(run_bot, newsroom.discord, newsroom.home, environment=HURRIED | folders)
    async with serve_feeds() as server:
        async with start() as bot:
            await newsroom.discord.connected(60)
            await follow(newsroom, server, "lamps")
            await bot.says("1 new, 0 edited", 60)
        for n in range(KILLS):
            if n % 2:
                write_report(folder, n)
            else:
                published.insert(0, make_report(n))
            server.give_feed("/wire", *published, Cache_Control="max-age=1")
            async with start():
                await newsroom.discord.connected(60)
                await asyncio.sleep(drawn.random() * 4)
        async with start() as bot:
            await newsroom.discord.connected(60)
            await newsroom.discord.until(lambda: len(tell_reports(newsroom)) >= KILLS, seconds=120)
            await asyncio.sleep(10)  # what would be told twice, would be by now
            assert await bot.stop(60) == 0
    told, indexed = tell_reports(newsroom), list_indexed(newsroom.home)
    report(
        f"{KILLS} kills: {len(set(told))} reports told, {len(told) - len(set(told))} twice; "
        f"{len(set(indexed))} in the index, {len(indexed) - len(set(indexed))} twice"
    )
    assert sorted(told) == list(range(KILLS))
    assert sorted(indexed) == list(range(KILLS))


def list_indexed(home: Path) -> list[int]:
    """The numbers of the reports in the index that landed last, as often as they stand there."""
    (manifest,) = home.rglob("manifest.json")
    titles = (article.title for article in open_snapshot(manifest.parent).articles())
    found = (re.search(r"report(\d+)end", title) for title in titles)
    return [int(number[1]) for number in found if number]


def write_report(folder: Path, n: int) -> None:
    """Put a report into a folder, undated as the feed's are."""
    made = make_report(n)
    (folder / f"report-{n}.txt").write_text(f"{made.title}\n\n{made.text}\n", encoding="utf-8")


def make_report(n: int) -> Published:
    """A report of a story of its own, so that each has a message of its own."""
    drawn = Random(n)  # noqa: S311  # the same in every run
    title, words = f"{write(drawn, 6)} report{n}end", write(drawn, 40)
    return Published(title=title, text=f"{words} lamps.", guid=f"urn:{n}")


def tell_reports(newsroom: Newsroom) -> list[int]:
    """The numbers of the reports in all alerts of the channel, as often as they stand there."""
    texts = map(read_text, newsroom.discord.world.messages_in(newsroom.channel))
    words = " ".join(text for text in texts if "Alert: lamps" in text).split("report")[1:]
    return [int(word.partition("end")[0]) for word in words]


async def follow(newsroom: Newsroom, server: FeedServer, words: str) -> None:
    """Have the server follow a feed with one old entry, and be told of words."""
    old = Published(title="The first lamps", text="Old lamps.", guid="first")
    address = server.give_feed("/wire", old, Cache_Control="max-age=1")
    for command, options in (("feeds add", {"address": address}), ("alerts add", {"words": words})):
        shown = await newsroom.moderator.slash(newsroom.channel, command, **options)
        await newsroom.discord.answered(shown, seconds=60)


async def time_arrival(
    newsroom: Newsroom, server: FeedServer, entries: list[Published], title: str
) -> float:
    """Publish entries; the seconds from the first fetch of them to the alert."""
    asked, told = len(server.asked["/wire"]), Alerts(newsroom)
    server.give_feed("/wire", *entries, Cache_Control="max-age=1")
    async with asyncio.timeout(120):
        while len(server.asked["/wire"]) == asked:  # noqa: ASYNC110  # as said below
            await asyncio.sleep(0.02)  # the server tells nobody when it is asked
    started = time.perf_counter()
    await newsroom.discord.until(lambda: told.name(title), seconds=120)
    return time.perf_counter() - started


async def time_searches(newsroom: Newsroom, done: Callable[[], bool], most: int) -> list[float]:
    """Search again and again until it is done; the seconds that each search took."""
    took: list[float] = []
    while len(took) < most and not done():
        started = time.perf_counter()
        shown = await newsroom.member.slash(newsroom.channel, "search", query="Meta GPU")
        await newsroom.discord.answered(shown, seconds=60)
        took.append(time.perf_counter() - started)
    return took


class Alerts:
    """The alerts of the channel; no other message is looked at twice, for the searches are many."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom, self._others = newsroom, set[int]()

    def name(self, title: str) -> bool:
        """Whether an alert names this article; a story has one message."""
        return any(title in text for text in self._texts())

    def _texts(self) -> Iterator[str]:
        for message in self._newsroom.discord.world.messages_in(self._newsroom.channel):
            if message.id not in self._others:
                text = read_text(message)
                if "Alert: lamps" in text:
                    yield text
                else:
                    self._others.add(message.id)
