"""Polling: every good entry once, edits in place, failures kept and waited for."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from tests.bot.feeds.conftest import MORNING
from tests.support.feed_server import Published

if TYPE_CHECKING:
    from tests.bot.feeds.conftest import Desk

BRIDGE = Published(
    title="Bridge shut", text="It is rust.", guid="urn:1", link="https://e.example/1"
)
FERRY = Published(
    title="Ferries run", text="Six of them.", guid="urn:2", link="https://e.example/2"
)


def day(moment: datetime) -> str:
    return format_datetime(moment)


async def test_the_first_poll_is_kept_and_nothing_of_it_is_news(desk: Desk) -> None:
    outcome = await desk.publish("/wire", BRIDGE)
    assert (outcome.new, desk.titles(), desk.arrivals()) == (1, ["Bridge shut"], 0)
    await desk.publish("/wire", FERRY, BRIDGE)
    assert (desk.titles(), desk.arrivals()) == (["Bridge shut", "Ferries run"], 1)


async def test_every_article_knows_its_feed_and_outlet(desk: Desk) -> None:
    await desk.publish("/wire", BRIDGE)
    (article,) = desk.articles()
    assert article.feed == desk.read(desk.server.address("/wire")).feed_id
    assert (article.outlet, article.url) == ("Harbour Wire", "https://e.example/1")


async def test_an_edited_entry_is_a_revision(desk: Desk) -> None:
    await desk.publish("/wire", BRIDGE)
    before = desk.articles()[0].id
    edited = Published(title="Bridge shut for a year", text="It is rust.", guid="urn:1")
    outcome = await desk.publish("/wire", edited)
    (article,) = desk.articles()
    assert (outcome.new, outcome.edited) == (0, 1)
    assert (article.title, article.id) == ("Bridge shut for a year", before)
    assert desk.arrivals() == 0


async def test_a_touched_date_is_no_edit_and_no_news(desk: Desk) -> None:
    dated = Published(title="Bridge shut", guid="urn:1", date=day(MORNING))
    await desk.publish("/wire", dated)
    later = Published(title="Bridge shut", guid="urn:1", date=day(MORNING + timedelta(hours=1)))
    outcome = await desk.publish("/wire", later)
    assert (outcome.new, outcome.edited, desk.articles()[0].published) == (0, 0, MORNING)


async def test_one_guid_on_all_entries_loses_none(desk: Desk) -> None:
    entries = [
        Published(title=f"Report {n}", guid="same", link=f"https://e.example/{n}") for n in range(3)
    ]
    assert (await desk.publish("/wire", *entries)).new == 3
    assert (await desk.publish("/wire", *entries)).new == 0
    assert (await desk.publish("/wire", *reversed(entries))).new == 0
    assert len(desk.titles()) == 3


async def test_a_guid_that_changes_each_time_makes_no_second_article(desk: Desk) -> None:
    for n in range(3):
        renamed = Published(title="Bridge shut", text="It is rust.", guid=f"token-{n}")
        await desk.publish("/wire", renamed)
    assert desk.titles() == ["Bridge shut"]


async def test_a_link_that_changes_each_time_makes_no_second_article(desk: Desk) -> None:
    for n in range(3):
        moved = Published(title="Bridge shut", text="It is rust.", link=f"https://e.example/?t={n}")
        await desk.publish("/wire", moved)
    assert desk.titles() == ["Bridge shut"]


async def test_without_a_guid_the_address_tells_an_edit_from_a_new_entry(desk: Desk) -> None:
    await desk.publish("/wire", Published(title="Bridge shut", link="https://e.example/1"))
    edited = Published(title="Bridge shut for long", link="https://e.example/1")
    new = Published(title="Ferries run", link="https://e.example/2")
    outcome = await desk.publish("/wire", new, edited)
    assert (outcome.new, outcome.edited) == (1, 1)
    assert desk.titles() == ["Bridge shut for long", "Ferries run"]


async def test_one_link_on_all_entries_loses_none(desk: Desk) -> None:
    entries = [Published(title=f"Report {n}", link="https://e.example/") for n in range(3)]
    await desk.publish("/wire", *entries)
    await desk.publish("/wire", *entries)
    assert len(desk.titles()) == 3


async def test_an_entry_that_stands_twice_counts_once(desk: Desk) -> None:
    assert (await desk.publish("/wire", BRIDGE, BRIDGE)).new == 1


async def test_an_entry_that_comes_back_is_not_new(desk: Desk) -> None:
    await desk.publish("/wire", BRIDGE)
    await desk.publish("/wire", FERRY)
    assert (await desk.publish("/wire", BRIDGE)).new == 0


async def test_what_was_taken_out_of_the_archive_stays_out(desk: Desk) -> None:
    await desk.publish("/wire", BRIDGE)
    for path in desk.folder.rglob("*.md"):
        path.unlink()
    await desk.publish("/wire", Published(title="Bridge open", text="No rust.", guid="urn:1"))
    assert desk.articles() == []


async def test_a_day_in_the_future_is_not_believed(desk: Desk) -> None:
    ahead = datetime(2031, 1, 1, tzinfo=UTC)
    await desk.publish("/wire", Published(title="From far ahead", guid="1", date=day(ahead)))
    assert desk.articles()[0].published == MORNING


async def test_the_day_is_the_one_that_was_printed_and_an_edit_leaves_it(desk: Desk) -> None:
    await desk.publish("/wire", FERRY)
    late = "Sun, 19 May 2024 23:30:00 -0500"
    await desk.publish("/wire", Published(title="Bridge shut", guid="urn:1", date=late))
    edited = Published(title="Bridge shut", text="For a year.", guid="urn:1", date=late)
    await desk.publish("/wire", edited)
    (bridge,) = (article for article in desk.articles() if article.title == "Bridge shut")
    assert bridge.published == datetime.fromisoformat("2024-05-19T23:30:00-05:00")
    assert str(bridge.day) == "2024-05-19"


async def test_an_undated_entry_is_of_the_day_it_came_unless_it_was_there_at_first(
    desk: Desk,
) -> None:
    await desk.publish("/wire", BRIDGE)
    await desk.publish("/wire", FERRY, BRIDGE)
    days = {article.title: article.published for article in desk.articles()}
    assert days == {"Bridge shut": None, "Ferries run": MORNING + timedelta(hours=1)}


async def test_old_entries_are_kept_and_are_no_news(desk: Desk) -> None:
    await desk.publish("/wire", BRIDGE)
    old = Published(title="From the archive", guid="0", date=day(MORNING - timedelta(days=30)))
    assert (await desk.publish("/wire", old)).new == 1
    assert desk.arrivals() == 0


async def test_not_modified_is_a_success(desk: Desk) -> None:
    address = desk.server.give_validated("/wire", "<rss version='2.0'><channel/></rss>", '"1"')
    await desk.poll(address)
    outcome = await desk.poll(address)
    assert outcome.error == ""
    assert desk.server.asked["/wire"][1]["If-None-Match"] == '"1"'


@pytest.mark.parametrize(
    ("status", "headers", "hours"),
    [
        (500, {}, 1 / 6),  # the least wait between two polls
        (503, {"Retry_After": "7200"}, 2),
        (429, {"Retry_After": "1800"}, 0.5),
        (429, {}, 1),
        (403, {}, 1),
        (404, {"Retry_After": "99999999"}, 24),
    ],
)
async def test_a_failing_feed_is_left_alone_for_a_while(
    desk: Desk, status: int, headers: dict[str, str], hours: float
) -> None:
    address = desk.server.give("/wire", status=status, **headers)
    outcome = await desk.poller.poll(desk.follow(address))
    feed = desk.read(address)
    wait = (feed.next_at - MORNING).total_seconds() / 3600
    assert outcome.error == feed.error == f"answers {status} {feed.error[12:]}"
    assert hours <= wait <= hours * 1.1
    assert (outcome.silent_for > 0) == (status in {403, 429})


async def test_a_feed_is_never_given_up_and_a_success_ends_its_failing(desk: Desk) -> None:
    address = desk.server.give("/wire", status=500)
    for _ in range(20):
        await desk.poll(address)
    feed = desk.read(address)
    assert feed.failures == 20
    assert feed.next_at - (feed.tried_at or MORNING) <= timedelta(hours=26.4)
    assert feed.failing_since == MORNING
    await desk.publish("/wire", BRIDGE)
    feed = desk.read(address)
    assert (feed.failures, feed.error, feed.failing_since) == (0, "", None)


@pytest.mark.parametrize("body", ["", "not a feed", "<html><body>Hello</body></html>", "{"])
async def test_what_is_no_feed_is_a_failure_with_its_reason(desk: Desk, body: str) -> None:
    assert (await desk.poll(desk.server.give("/wire", body))).error


async def test_a_site_leads_to_its_feed(desk: Desk) -> None:
    desk.server.give_feed("/feeds/wire.xml", BRIDGE)
    page = (
        "<!doctype html><html><head>"
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments">'
        '<link rel="alternate" type="application/rss+xml" href="/feeds/wire.xml"></head></html>'
    )
    assert (await desk.poll(desk.server.give("/", page))).new == 1


async def test_a_secret_in_the_address_is_in_no_line_of_the_log(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "q7Zk29xLmN4tR8vW"  # noqa: S105  # of nobody
    desk.server.give_feed("/wire", BRIDGE)
    desk.server.give("/broken", status=500)
    with caplog.at_level(logging.DEBUG):
        await desk.poll(desk.server.address(f"/wire?key={secret}"))
        await desk.poll(desk.server.address(f"/broken?key={secret}"))
        await desk.poll(desk.server.address(f"/{secret}/nothing?key={secret}"))
    assert "Bridge" not in caplog.text or secret not in caplog.text
    assert secret not in caplog.text
    assert all(secret not in path.read_text() for path in desk.folder.rglob("*.md"))
