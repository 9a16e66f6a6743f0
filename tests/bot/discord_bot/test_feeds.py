"""/feeds: what managers add, see and take away, and what everybody is answered from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.discord_bot.commands.admin import describe_reload
from bot.settings import FetchingSettings
from bot.wording import Wording
from retrieval.reports import IndexReport, Reject
from tests.support.feed_room import open_room
from tests.support.feed_server import NETWORK, Published
from tests.support.messages import read_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.support.feed_room import Room

KEEPER = Published(
    title="Lighthouse keeper Quillfeather resigns",
    text="The keeper Quillfeather resigned on Friday over fourteen unpaid lamps.",
    guid="urn:1",
    date="Mon, 20 May 2024 08:00:00 GMT",
)
SECRET = "q7Zk29xLmN4tR8vW"  # noqa: S105  # of nobody


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """Give a room in which servers may add feeds."""
    rules = FetchingSettings(private_networks=(NETWORK,), per_server=2)
    async with open_room(tmp_path, rules) as opened:
        yield opened


async def test_a_feed_that_is_added_is_asked(room: Room) -> None:
    address = room.server.give_feed("/wire", KEEPER)
    said = await room.manage("add", address=address)
    assert "Following Harbour Wire: 1 entry now" in said
    await room.poll()
    assert "fourteen unpaid lamps" in await room.ask("Why did Quillfeather resign?")


async def test_another_server_sees_nothing_of_it(room: Room) -> None:
    await room.manage("add", address=room.server.give_feed("/wire", KEEPER))
    await room.poll()
    elsewhere = room.scene.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    robin = elsewhere.add_member(room.scene.env.create_user("sam"))
    shown = await robin.slash(channel, "ask", question="Why did Quillfeather resign?")
    assert shown.response is not None
    assert "fourteen" not in read_text(shown.response)


def test_reading_anew_tells_no_numbers_of_others_feeds() -> None:
    report = IndexReport(
        files_read=9,
        files_rejected=1,
        rejects=(Reject("feeds/other/1.md", "holds nothing"),),
        warnings=(),
        articles=9,
        passages=9,
        added=7,
        changed=0,
        removed=0,
        seconds=0.1,
        bytes=1,
    )
    said = [describe_reload(report, Wording("en"), seen=seen).blocks for seen in (9, 2)]
    assert "New: 7" in str(said[0])
    assert len(said[1]) == 2
    assert "2 articles" in str(said[1])


async def test_what_is_removed_is_answered_from_no_more(room: Room) -> None:
    await room.manage("add", address=room.server.give_feed("/wire", KEEPER))
    await room.poll()
    assert "followed no more" in await room.manage("remove", feed="harbour wire")
    assert "fourteen" not in await room.ask("Why did Quillfeather resign?")
    assert "follows no feed yet" in await room.manage("list")


async def test_a_feed_rests_and_is_read_again(room: Room) -> None:
    await room.manage("add", address=room.server.give_feed("/wire", KEEPER))
    await room.poll()
    assert "rests" in await room.manage("pause", feed="harbour")
    assert "paused" in await room.manage("list")
    assert "is read again" in await room.manage("pause", feed="harbour")


async def test_a_preview_follows_nothing(room: Room) -> None:
    said = await room.manage("preview", address=room.server.give_feed("/wire", KEEPER))
    assert "Quillfeather resigns" in said
    assert "follows no feed yet" in await room.manage("list")


async def test_a_failing_feed_says_why_and_when_it_is_tried_again(room: Room) -> None:
    await room.manage("add", address=room.server.give_feed("/wire", KEEPER))
    room.server.give("/wire", status=500)
    await room.poll()
    said = await room.manage("why", feed="127.0.0.2")
    assert "answers 500" in said
    assert "Next try" in said


async def test_no_secret_of_an_address_is_shown(room: Room) -> None:
    room.server.give_feed("/wire", KEEPER)
    address = room.server.address(f"/wire?key={SECRET}")
    said = [await room.manage("add", address=address), await room.manage("list")]
    await room.poll()
    said += [
        await room.manage("why", feed="harbour"),
        await room.manage("preview", address=address),
    ]
    assert SECRET not in "".join(said)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://169.254.169.254/latest", "private, local or metadata address"),
        ("http://127.0.0.1:1/", "private, local or metadata address"),
        ("file:///etc/hostname", "only http and https"),
        ("@everyone", "No feed comes from that address"),
    ],
)
async def test_what_cannot_be_followed_is_explained(room: Room, address: str, told: str) -> None:
    assert told in await room.manage("add", address=address)


async def test_a_server_follows_no_more_than_it_may(room: Room) -> None:
    for n in range(3):
        said = await room.manage("add", address=room.server.give_feed(f"/{n}", KEEPER))
    assert "follows 2 feeds" in said


async def test_who_does_not_manage_the_server_is_offered_nothing(room: Room) -> None:
    assert "feeds add" not in room.scene.member.available_commands(room.scene.channel)


async def test_the_operator_may_keep_feeds_to_himself(tmp_path: Path) -> None:
    rules = FetchingSettings(private_networks=(NETWORK,), self_service=False)
    async with open_room(tmp_path, rules) as room:
        said = await room.manage("add", address=room.server.give_feed("/wire", KEEPER))
    assert "whoever runs this bot" in said
    assert not room.server.asked


async def test_the_operator_may_name_the_hosts(tmp_path: Path) -> None:
    rules = FetchingSettings(private_networks=(NETWORK,), hosts=("example.org",))
    async with open_room(tmp_path, rules) as room:
        said = await room.manage("add", address=room.server.give_feed("/wire", KEEPER))
    assert "example.org" in said
    assert not room.server.asked
