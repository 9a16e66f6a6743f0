"""One server that gives all that feeds are known for: good entries once, each failure told."""

from __future__ import annotations

import json
import socket
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.cli.feeds import show_feeds
from bot.feeds.fetching import Fetcher
from bot.feeds.limits import LIMITS
from bot.feeds.network import Gate
from tests.support.feed_server import HOST, NETWORK, Published, render_rss

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.bot.feeds.conftest import Desk
    from tests.support.feed_server import FeedServer

    Give = Callable[[FeedServer, str, int], object]

QUICK = replace(LIMITS, patience=2.0)
FAR_AHEAD = "Wed, 01 Jan 2031 08:00:00 GMT"


class Names(AbstractResolver):
    """One name with an address that is allowed and one that is not."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        addresses = (HOST, "169.254.169.254") if host == "both.example" else (HOST,)
        return [
            ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=0)
            for each in addresses
        ]

    async def close(self) -> None:
        return


def rss(*entries: Published, **channel: str) -> str:
    return render_rss(entries, **channel)


def atom(title: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><entry><id>urn:a</id>'
        f"<title>{title}</title><summary>Words.</summary></entry></feed>"
    )


def rdf(title: str) -> str:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>Old</title></channel>'
        f'<item rdf:about="https://e.example/1"><title>{title}</title>'
        "<link>https://e.example/1</link></item></rdf:RDF>"
    )


def json_feed(title: str) -> str:
    entry = {"id": "1", "title": title, "content_text": "Words."}
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "JSON", "items": [entry]})


def cyrillic(server: FeedServer, path: str, _: int) -> None:
    body = '<?xml version="1.0" encoding="utf-8"?>' + rss(Published(title="Мост cyrillic закрыт"))
    server.give(path, body.split("?>", 2)[2].encode("cp1251"), Content_Type="text/xml")


def redirected(server: FeedServer, path: str, _: int) -> None:
    server.redirect(path, f"{path}-1")
    server.redirect(f"{path}-1", f"{path}-2")
    server.give_feed(f"{path}-2", Published(title="chain", guid="1"))


def validated(server: FeedServer, path: str, _: int) -> None:
    server.give_validated(path, rss(Published(title="validated", guid="1")), '"1"')


# By path: what it gives, in the first round and in the second.
GOOD: dict[str, Give] = {
    "rss2": lambda s, p, n: s.give_feed(p, Published(title="rss2", guid="1"), Round=str(n)),
    "rss1": lambda s, p, _: s.give(p, rdf("rss1")),
    "atom": lambda s, p, _: s.give(p, atom("atom")),
    "json": lambda s, p, _: s.give(p, json_feed("json"), Content_Type="application/json"),
    "broken": lambda s, p, _: s.give(p, rss(Published(title="broken", guid="1"))[:-20] + "&"),
    "cyrillic": cyrillic,
    "validated": validated,
    "chain": redirected,
    "repeated": lambda s, p, _: s.give_feed(
        p,
        *(
            Published(title=f"repeated {k}", guid="one", link=f"https://e.example/{k}")
            for k in "ab"
        ),
    ),
    "changing": lambda s, p, n: s.give_feed(p, Published(title="changing", guid=f"g{n}")),
    "missing": lambda s, p, _: s.give_feed(p, Published(title="missing", text="Words.")),
    "volatile": lambda s, p, n: s.give_feed(
        p, Published(title="volatile", link=f"https://e.example/?token={n}")
    ),
    "touched": lambda s, p, n: s.give_feed(
        p, Published(title="touched", guid="1", date=f"Mon, 20 May 2024 0{n}:00:00 GMT")
    ),
    "edited": lambda s, p, n: s.give_feed(
        p, Published(title="edited", text="Words. " * (n + 1), guid="1")
    ),
    "future": lambda s, p, _: s.give_feed(p, Published(title="future", guid="1", date=FAR_AHEAD)),
}
# By path: what it gives, and a word of the line that tells of it.
BAD: dict[str, tuple[Give, str]] = {
    "429": (lambda s, p, _: s.give(p, status=429, Retry_After="7200"), "429"),
    "403": (lambda s, p, _: s.give(p, status=403), "403"),
    "500": (lambda s, p, _: s.give(p, status=500), "500"),
    "404": (lambda _, __, ___: None, "404"),
    "drip": (lambda s, p, _: s.drip(p), "longer than"),
    "pour": (lambda s, p, _: s.pour(p), "larger than"),
    "announced": (lambda s, p, _: s.pour(p, announced=True), "larger than"),
    "bomb": (lambda s, p, _: s.bomb(p), "larger than"),
    "loopback": (lambda s, p, _: s.redirect(p, "http://127.0.0.1:80/"), "private"),
    "metadata": (lambda s, p, _: s.redirect(p, "http://169.254.169.254/latest"), "private"),
    "mapped": (lambda s, p, _: s.redirect(p, "http://[::ffff:127.0.0.1]/"), "private"),
    "both": (lambda s, p, _: s.redirect(p, "http://both.example/"), "private"),
    "circle": (lambda s, p, _: s.redirect(p, p), "redirects more"),
    "file": (lambda s, p, _: s.redirect(p, "file:///etc/passwd"), "neither http nor https"),
    "page": (lambda s, p, _: s.give(p, "<html><body>Hello</body></html>"), "names no feed"),
    "nothing": (lambda s, p, _: s.give(p), "holds nothing"),
    "binary": (lambda s, p, _: s.give(p, bytes(range(256))), "no RSS"),
}


@pytest.fixture
async def quick(desk: Desk) -> AsyncIterator[Desk]:
    """Give the desk, with little patience and names of its own."""
    async with Fetcher(Gate([NETWORK]), limits=QUICK, resolver=Names()) as fetcher:
        desk.poller = replace(desk.poller, fetcher=fetcher)
        yield desk


async def test_every_good_entry_comes_once_and_each_failure_is_a_line_in_the_status(
    quick: Desk,
) -> None:
    feeds = {path: quick.follow(quick.server.address(f"/{path}")) for path in (*GOOD, *BAD)}
    for number in range(3):
        for path, give in GOOD.items():
            give(quick.server, f"/{path}", number)
        for path, (give, _) in BAD.items():
            give(quick.server, f"/{path}", number)
        for feed in feeds.values():  # not by the loop, which leaves a host that says 429 alone
            await quick.poller.poll(quick.read(feed.address))
        quick.clock.advance(days=3)
    titles = Counter(quick.titles())
    assert titles == dict.fromkeys(
        {*GOOD} - {"repeated", "cyrillic"} | {"repeated a", "repeated b", "Мост cyrillic закрыт"}, 1
    )
    shown = show_feeds(tuple(quick.read(feed.address) for feed in feeds.values()), quick.store)
    told = dict(zip(feeds, shown.lines, strict=True))
    assert {path: line for path, line in told.items() if path in GOOD and "failing" in line} == {}
    assert {path: told[path] for path, (_, word) in BAD.items() if word not in told[path]} == {}
    assert all("next at" in line for line in told.values())
