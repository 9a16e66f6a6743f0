"""`feeds`: web feeds on loopback, from the first address typed to an answer from them."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.cli.conftest import assert_one_line
from tests.support.feed_server import NETWORK, Published, serve_feeds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bot.cli.conftest import Command
    from tests.support.feed_server import FeedServer

BRIDGE = Published(
    title="Harbour bridge shut for a year",
    text="<p>The harbour bridge is shut for a year. Engineers found rust in eleven cables.</p>",
    guid="urn:1",
    link="https://e.example/1",
    date="Mon, 20 May 2024 08:00:00 GMT",
)
SECRET = "q7Zk29xLmN4tR8vW"  # noqa: S105  # of nobody


@pytest.fixture
def server() -> Iterator[FeedServer]:
    """Serve feeds from a thread of its own, for a command blocks until it is done."""
    ready, done = threading.Event(), threading.Event()
    served: list[FeedServer] = []

    async def serve() -> None:
        async with serve_feeds() as server:
            served.append(server)
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    ready.wait()
    yield served[0]
    done.set()
    thread.join()


class Feeds:
    """Runs `feeds` with a settings file of its own."""

    def __init__(self, clippings: Command, config: Path) -> None:
        self._clippings, self.config = clippings, config

    def __call__(self, *arguments: str) -> Any:  # noqa: ANN401  # what the command gave
        return self._clippings("--config", str(self.config), *arguments)


@pytest.fixture
def run(clippings: Command, tmp_path: Path) -> Feeds:
    """Give the command, with a store, a cache and coverage of its own."""
    (tmp_path / "wires").mkdir()
    config = tmp_path / "config.toml"
    config.write_text(
        '[coverage]\nfolders = ["wires"]\ncache = "cache"\n[store]\npath = "store/store.sqlite3"\n'
        f'[fetching]\nprivate_networks = ["{NETWORK}"]\n'
    )
    return Feeds(clippings, config)


def test_a_feed_that_is_added_is_asked(run: Feeds, server: FeedServer) -> None:
    address = server.give_feed("/wire", BRIDGE)
    added = run("feeds", "add", address)
    assert (added.code, added.err) == (0, "")
    assert added.out.startswith("Harbour Wire · ")
    answer = run("ask", "How many cables have rust?", "--json").document
    assert "eleven cables" in answer["quotes"][0]["text"]
    assert answer["sources"][0]["outlet"] == "Harbour Wire"


def test_a_feed_of_the_settings_is_fetched(run: Feeds, server: FeedServer) -> None:
    address = server.give_feed("/wire", BRIDGE)
    run.config.write_text(f'{run.config.read_text()}\n[[feeds]]\naddress = "{address}"\n')
    assert run("feeds", "fetch", "--json").document["feeds"][0]["entries"] == 1
    assert run("search", "rust", "--json").document["total"] == 1
    assert run("search", "rust", "--coverage", str(run.config.parent / "wires")).code == 0


def test_a_feed_is_paused_explained_and_removed(run: Feeds, server: FeedServer) -> None:
    run("feeds", "add", server.give_feed("/wire", BRIDGE))
    assert "paused" in run("feeds", "pause", "harbour").out
    server.give("/wire", status=500)
    assert run("feeds", "fetch", "--json").document["feeds"] == []
    run("feeds", "resume", "harbour")
    run("feeds", "fetch", "harbour")
    assert "it answers 500" in run("feeds", "why", "harbour").out
    removed = run("feeds", "remove", "harbour")
    assert "its articles stay in" in " ".join(removed.out.split())
    assert run("feeds", "--json").document["feeds"] == []


def test_a_preview_keeps_nothing(run: Feeds, server: FeedServer) -> None:
    found = run("feeds", "preview", server.give_feed("/wire", BRIDGE))
    assert "Harbour bridge shut for a year" in found.out
    assert run("feeds", "--json").document["feeds"] == []


def test_a_list_goes_out_and_comes_in(run: Feeds, server: FeedServer, tmp_path: Path) -> None:
    address = server.give_feed("/wire", BRIDGE)
    run("feeds", "add", address, "--name", "Our wire")
    opml = tmp_path / "feeds.opml"
    opml.write_text(run("feeds", "export", "--json").document["opml"])
    run("feeds", "remove", "our wire")
    assert run("feeds", "import", str(opml), "--json").document == {"imported": 1, "refused": []}
    (feed,) = run("feeds", "--json").document["feeds"]
    assert (feed["name"], feed["address"]) == ("Our wire", address)


def test_a_secret_is_shown_in_no_listing(run: Feeds, server: FeedServer) -> None:
    server.give_feed("/wire", BRIDGE)
    added = run("feeds", "add", server.address(f"/wire?key={SECRET}"))
    listed = run("feeds", "--json")
    failed = run("feeds", "add", server.address(f"/none?key={SECRET}"))
    assert SECRET not in added.out + added.err + listed.out + failed.out + failed.err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("add", "ftp://example.org/"), 1, "only http and https"),
        (("add", "http://127.0.0.1:9/"), 1, "private, local or metadata address"),
        (("add",), 2, "needs one"),
        (("why", "nothing"), 1, "is no feed here"),
        (("import", "missing.opml"), 1, "No such file"),
    ],
)
def test_what_goes_wrong_is_a_line(
    run: Feeds, arguments: tuple[str, ...], code: int, told: str
) -> None:
    assert_one_line(run("feeds", *arguments), code, told)
