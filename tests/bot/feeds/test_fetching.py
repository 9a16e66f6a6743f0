"""Fetching: what comes is bounded, what is conditional stays so, what is forbidden is not asked."""

from __future__ import annotations

import asyncio
import gzip
import socket
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.feeds.fetching import Fetcher, FetchError
from bot.feeds.limits import LIMITS
from bot.feeds.network import Gate
from tests.support.feed_server import HOST, NETWORK

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.feed_server import FeedServer

QUICK = replace(LIMITS, patience=0.5, wire_bytes=1_000_000, body_bytes=2_000_000)


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """Give a fetcher that may reach the test server and has little patience."""
    async with Fetcher(Gate([NETWORK]), limits=QUICK) as opened:
        yield opened


async def refused(fetcher: Fetcher, address: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(address)
    assert "127.0.0" not in str(caught.value)
    return caught.value


async def test_a_body_comes_with_what_the_next_request_is_told(
    server: FeedServer, fetcher: Fetcher
) -> None:
    address = server.give_validated("/wire", "<rss/>", '"one"')
    first = await fetcher.fetch(address)
    second = await fetcher.fetch(address, first.validators)
    assert (first.body, second.body) == (b"<rss/>", None)
    assert second.validators == first.validators
    assert server.asked["/wire"][1]["If-None-Match"] == '"one"'


async def test_the_same_bytes_under_another_etag_are_nothing_new(
    server: FeedServer, fetcher: Fetcher
) -> None:
    first = await fetcher.fetch(server.give("/wire", "<rss/>", ETag='"one"'))
    second = await fetcher.fetch(server.give("/wire", "<rss/>", ETag='"two"'), first.validators)
    assert second.body is None
    assert second.validators.etag == '"two"'


async def test_validators_of_what_is_stale_as_it_comes_are_not_believed(
    server: FeedServer, fetcher: Fetcher
) -> None:
    address = server.give("/wire", "<rss/>", ETag='"one"', Expires="0")
    first = await fetcher.fetch(address)
    await fetcher.fetch(address, first.validators)
    assert "If-None-Match" not in server.asked["/wire"][1]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate"])
async def test_a_compressed_body_is_unpacked(
    server: FeedServer, fetcher: Fetcher, encoding: str
) -> None:
    raw = b"<rss>" + b"tide " * 5000
    packed = gzip.compress(raw) if encoding == "gzip" else zlib.compress(raw)
    packed = packed[2:-4] if encoding == "raw deflate" else packed
    named = encoding.removeprefix("raw ")
    address = server.give("/wire", packed, Content_Encoding=named)
    assert (await fetcher.fetch(address)).body == raw


async def test_a_chain_of_redirects_is_followed_to_its_end(
    server: FeedServer, fetcher: Fetcher
) -> None:
    server.give("/new", "<rss/>")
    server.redirect("/older", "/new", 308)
    found = await fetcher.fetch(server.redirect("/oldest", server.address("/older")))
    assert (found.body, found.address) == (b"<rss/>", server.address("/new"))


async def test_a_circle_of_redirects_ends(server: FeedServer, fetcher: Fetcher) -> None:
    error = await refused(fetcher, server.redirect("/round", "/round", 302))
    assert error.reason == "redirects more than 5 times"
    assert len(server.asked["/round"]) == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/feed",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
    ],
)
async def test_no_redirect_leads_into_a_private_network(
    server: FeedServer, fetcher: Fetcher, target: str
) -> None:
    error = await refused(fetcher, server.redirect("/inwards", target))
    assert "private" in error.reason or "cannot be" in error.reason


async def test_the_very_address_is_refused_without_a_redirect() -> None:
    listener = socket.create_server((HOST, 0))
    listener.settimeout(0)
    async with Fetcher(Gate()) as fetcher:
        error = await refused(fetcher, f"http://{HOST}:{listener.getsockname()[1]}/")
    assert "private" in error.reason
    with pytest.raises(BlockingIOError):  # nobody knocked
        listener.accept()
    listener.close()


class TwoFaced(AbstractResolver):
    """Gives a name a public address and a private one."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del family
        return [
            ResolveResult(
                hostname=host, host=ip, port=port, family=socket.AF_INET, proto=0, flags=0
            )
            for ip in ("93.184.216.34", "127.0.0.1")
        ]

    async def close(self) -> None:
        """Nothing is open."""


async def test_a_name_with_a_public_and_a_private_address_is_refused() -> None:
    async with Fetcher(Gate(), resolver=TwoFaced()) as fetcher:
        error = await refused(fetcher, "http://both.example/feed")
    assert "private" in error.reason


async def test_other_schemes_are_not_followed(server: FeedServer, fetcher: Fetcher) -> None:
    error = await refused(fetcher, server.redirect("/file", "file:///etc/hostname"))
    assert error.reason == "redirects to what is neither http nor https"


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_without_end_is_given_up(
    server: FeedServer, fetcher: Fetcher, *, announced: bool
) -> None:
    error = await refused(fetcher, server.pour("/flood", announced=announced))
    assert "larger than" in error.reason


async def test_a_bomb_is_not_unpacked(server: FeedServer, fetcher: Fetcher) -> None:
    assert "larger than" in (await refused(fetcher, server.bomb("/bomb"))).reason


async def test_a_slow_drip_ends_with_patience(server: FeedServer, fetcher: Fetcher) -> None:
    started = asyncio.get_running_loop().time()
    error = await refused(fetcher, server.drip("/drip"))
    assert error.reason.startswith("took longer than")
    assert asyncio.get_running_loop().time() - started < 5


async def test_a_failure_says_its_status_and_how_long_to_wait(
    server: FeedServer, fetcher: Fetcher
) -> None:
    address = server.give("/busy", status=429, Retry_After="120")
    error = await refused(fetcher, address)
    assert (error.status, error.retry_after) == (429, 120.0)
    assert error.reason == "answers 429 Too Many Requests"
    address = server.give("/wall", status=403, cf_mitigated="challenge")
    assert "a person in a browser" in (await refused(fetcher, address)).reason


async def test_nothing_listens(fetcher: Fetcher) -> None:
    listener = socket.create_server((HOST, 0))
    port = listener.getsockname()[1]
    listener.close()
    error = await refused(fetcher, f"http://{HOST}:{port}/")
    assert error.reason == "cannot be connected to"
