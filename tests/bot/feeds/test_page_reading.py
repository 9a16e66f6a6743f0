"""Pages of entries: read where they may be, and taken only for what the feed began to say."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.feeds.loop import FeedLoop
from bot.feeds.page_reading import PageReader
from tests.support.feed_server import HOST, Published

if TYPE_CHECKING:
    from tests.bot.feeds.conftest import Desk

BEGINNING = "The harbour bridge is shut because of rust in its cables."
REST = (
    "Engineers found it on Monday. Ferries run every hour instead, six of them, and the council "
    "says that the repair will take until autumn. Nobody was hurt, and no lorry fell."
)
COOKIES = (
    "We value your privacy. Accept all cookies, reject them, or choose one by one which of our "
    "four hundred partners may follow you around the town."
)
PAGE = (
    "<!doctype html><html><head><title>Bridge shut</title></head><body><nav>Home News Sport</nav>"
    f"<article><h1>Bridge shut</h1><p>{BEGINNING}</p><p>{REST}</p></article></body></html>"
)


class Reading:
    """A feed with one entry whose page is on the same server."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.arrived = desk, 0
        desk.poller = replace(desk.poller, pages=desk.store.pages)
        self.loop = FeedLoop(desk.poller, lambda _: None)
        self.reader = PageReader(desk.store, desk.poller, self.loop.turn_of, self._arrive)

    def _arrive(self) -> None:
        self.arrived += 1

    async def publish(self, text: str = BEGINNING) -> None:
        link = self.desk.server.address("/bridge")
        await self.desk.publish(
            "/wire", Published(title="Bridge shut", text=text, guid="1", link=link)
        )

    def text(self) -> str:
        (article,) = self.desk.articles()
        return article.text


@pytest.fixture
def reading(desk: Desk) -> Reading:
    return Reading(desk)


async def test_the_whole_text_comes_from_the_page(reading: Reading) -> None:
    reading.desk.server.give("/bridge", PAGE, Content_Type="text/html")
    await reading.publish()
    (before,) = reading.desk.articles()
    assert reading.text() == BEGINNING
    assert await reading.reader.read_due() == 1
    assert reading.text() == f"{BEGINNING}\n\n{REST}"
    (after,) = reading.desk.articles()
    assert (after.id, after.title, after.url) == (before.id, before.title, before.url)
    assert (reading.arrived, reading.desk.store.pages.count()) == (1, 0)


async def test_an_edited_entry_has_its_page_read_again(reading: Reading) -> None:
    reading.desk.server.give("/bridge", PAGE, Content_Type="text/html")
    await reading.publish()
    await reading.reader.read_due()
    await reading.publish("The harbour bridge is shut for a year because of rust in its cables.")
    assert "for a year" in reading.text()
    await reading.reader.read_due()
    assert REST in reading.text()


async def test_what_robots_txt_forbids_is_not_asked_for(reading: Reading) -> None:
    server = reading.desk.server
    server.give("/robots.txt", "User-agent: *\nDisallow: /")
    server.give("/bridge", PAGE, Content_Type="text/html")
    await reading.publish()
    assert await reading.reader.read_due() == 0
    assert (server.asked["/bridge"], reading.desk.store.pages.count()) == ([], 0)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><p>{COOKIES}</p></body></html>",
        "<html><body></body></html>",
        "\x00\x01 no page",
        "",
    ],
)
async def test_a_page_without_the_article_changes_nothing(reading: Reading, page: str) -> None:
    reading.desk.server.give("/bridge", page, Content_Type="text/html")
    await reading.publish()
    await reading.reader.read_due()
    assert (reading.text(), reading.desk.store.pages.count()) == (BEGINNING, 0)


@pytest.mark.parametrize(("status", "waiting"), [(500, 1), (429, 1), (404, 0)])
async def test_a_page_that_cannot_be_fetched_waits_unless_it_is_gone(
    reading: Reading, status: int, waiting: int
) -> None:
    reading.desk.server.give("/bridge", status=status)
    await reading.publish()
    await reading.reader.read_due()
    assert (reading.desk.store.pages.count(), reading.desk.store.pages.due(9)) == (waiting, ())


async def test_a_page_leads_into_no_private_network(reading: Reading) -> None:
    reading.desk.server.redirect("/bridge", "http://127.0.0.1:9/secrets")
    await reading.publish()
    await reading.reader.read_due()
    assert reading.text() == BEGINNING


async def test_a_page_waits_while_a_feed_of_its_host_is_fetched(reading: Reading) -> None:
    reading.desk.server.give("/bridge", PAGE, Content_Type="text/html")
    await reading.publish()
    async with reading.loop.turn_of(HOST):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reading.reader.read_due(), 0.2)
        assert reading.desk.server.asked["/robots.txt"] == []
    assert await reading.reader.read_due() == 1


async def test_a_full_text_has_no_page_fetched(reading: Reading) -> None:
    await reading.publish(f"{BEGINNING} {REST * 9}")
    assert reading.desk.store.pages.count() == 0
