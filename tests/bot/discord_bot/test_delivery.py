"""Alerts and digests in their channels: each once, whatever fails before it is noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.discord_bot.delivery import Delivery, mark
from bot.settings import AlertsSettings, FetchingSettings
from bot.store import StoreError
from bot.store.outbox import Order, Outbox
from tests.support.feed_room import open_room
from tests.support.feed_server import NETWORK, Published
from tests.support.messages import read_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.store.outbox import Parcel
    from tests.support.feed_room import Room

OLD = Published(title="Harbour bridge shut", text="The harbour bridge is shut.", guid="1")
KEEPER = Published(
    title="Lighthouse keeper Quillfeather resigns",
    text="The keeper Quillfeather resigned on Friday over fourteen unpaid lamps.",
    guid="2",
)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """Give a room whose server follows a feed and has an alert for lamps."""
    rules = FetchingSettings(private_networks=(NETWORK,))
    async with open_room(tmp_path, rules) as opened:
        await opened.manage("add", address=opened.server.give_feed("/wire", OLD))
        await opened.poll()
        await opened.manage("alerts add", words="lamps")
        yield opened


def build_delivery(room: Room, per_hour: int = 20) -> Delivery:
    scene = room.scene
    delivery = Delivery(scene.store, room.coverage, AlertsSettings(per_hour=per_hour))
    delivery.use(scene.client)
    return delivery


async def publish(room: Room, *entries: Published) -> None:
    """Publish, fetch, index and match, all at once."""
    address = room.server.give_feed("/wire", *entries, OLD)
    for feed in room.scene.store.feeds.list_all():
        room.scene.store.feeds.postpone(feed.feed_id, 0.0)
    assert address
    await room.poll()
    room.feeds.planner.plan()


async def deliver(room: Room) -> list[str]:
    """Deliver what is due, and read the channel."""
    database = room.scene.store.outbox._database  # noqa: SLF001  # as time would do
    database.write("UPDATE outbox SET next_at = 0")
    await build_delivery(room).deliver_due()
    await room.scene.env.settle()
    return [text_of(message) for message in room.scene.channel.history() if is_notice(message)]


def all_parcels(room: Room) -> list[Parcel]:
    return list(room.scene.store.outbox.recent(1, timedelta(days=1)))


def text_of(message: discord.Message) -> str:
    view = discord.ui.LayoutView.from_message(message)
    texts = [each for each in view.walk_children() if isinstance(each, discord.ui.TextDisplay)]
    return "\n".join(text.content for text in texts)


def is_notice(message: discord.Message) -> bool:
    view = discord.ui.LayoutView.from_message(message)
    buttons = (each for each in view.walk_children() if isinstance(each, discord.ui.Button))
    return any((button.custom_id or "").startswith(mark("")) for button in buttons)


async def test_an_article_that_arrives_is_told_once(room: Room) -> None:
    await publish(room, KEEPER)
    (said,) = await deliver(room)
    assert "Alert: lamps" in said
    assert "fourteen unpaid lamps" in said
    assert len(await deliver(room)) == 1


async def test_what_was_there_before_is_not_told(room: Room) -> None:
    await room.manage("alerts add", words="bridge")
    await publish(room, KEEPER)
    assert len(await deliver(room)) == 1


async def test_a_message_whose_sending_was_not_noted_is_not_sent_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise StoreError("the machine stops here")

    await publish(room, KEEPER)
    with monkeypatch.context() as killed:
        killed.setattr(Outbox, "finish", die)
        with pytest.raises(StoreError):
            await deliver(room)
    assert [parcel.state for parcel in all_parcels(room)] == ["sending"]
    assert len(await deliver(room)) == 1
    assert [parcel.state for parcel in all_parcels(room)] == ["sent"]


async def test_a_message_that_never_left_is_sent(room: Room) -> None:
    await publish(room, KEEPER)
    (parcel,) = all_parcels(room)
    room.scene.store.outbox.begin(parcel)
    assert len(await deliver(room)) == 1


async def test_a_fault_of_discord_is_waited_for(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise TimeoutError

    await publish(room, KEEPER)
    with monkeypatch.context() as broken:
        broken.setattr(discord.TextChannel, "send", fail)
        assert await deliver(room) == []
    assert len(await deliver(room)) == 1


async def test_the_post_carries_its_nonce_and_pings_nobody(room: Room) -> None:
    await publish(room, KEEPER)
    await deliver(room)
    (parcel,) = all_parcels(room)
    (body,) = posts(room)
    assert (body["nonce"], body["enforce_nonce"]) == (parcel.token, True)
    assert body["allowed_mentions"] == {"parse": []}
    assert mark(parcel.token) in str(body["components"])


async def test_the_words_of_a_feed_neither_ping_nor_lead_elsewhere(room: Room) -> None:
    hostile = Published(
        title="@everyone <@1> [lamps](https://evil.example) **lamps**",
        text="@here lamps ||hidden|| [click](javascript:alert(1)) <#1>",
        guid="6",
        link="javascript:alert(1)",
    )
    await publish(room, hostile)
    (said,) = await deliver(room)
    assert "@everyone" not in said
    assert "@here" not in said
    assert "](https://evil" not in said
    assert "javascript:" not in said.replace("javascript\\:", "")


async def test_a_later_report_is_edited_in(room: Room) -> None:
    await publish(room, KEEPER)
    await deliver(room)
    later = replace(KEEPER, guid="3", text=f"{KEEPER.text} The council was told on Saturday.")
    await publish(room, later, KEEPER)
    (said,) = await deliver(room)
    assert said.count("Quillfeather resigns") == 2


async def test_an_alert_for_a_channel_that_is_gone_is_dropped_with_a_line(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    order = Order(server_id=room.scene.guild.id, channel_id=1, kind="alert", content={}, watch_id=1)
    room.scene.store.outbox.commit([order], ())
    assert await deliver(room) == []
    assert "its channel is gone" in caplog.text
    assert room.scene.store.outbox.due(9) == ()


async def test_in_quiet_hours_it_waits(room: Room) -> None:
    now = datetime.now(UTC)
    await room.manage(
        "alerts quiet",
        start=f"{(now - timedelta(hours=1)):%H:%M}",
        end=f"{(now + timedelta(hours=2)):%H:%M}",
    )
    await publish(room, KEEPER)
    assert await deliver(room) == []
    await room.manage("alerts quiet", start="0:00", end="0:00")
    assert len(await deliver(room)) == 1


async def test_a_server_gets_no_more_than_so_many_an_hour(room: Room) -> None:
    await publish(room, KEEPER)
    await deliver(room)
    fair = Published(title="Spring fair", text="Pupils glue paper lamps and sell cake.", guid="9")
    await publish(room, fair, KEEPER)
    await build_delivery(room, per_hour=1).deliver_due()
    assert len([m for m in room.scene.channel.history() if is_notice(m)]) == 1
    assert len(await deliver(room)) == 2


async def test_the_button_says_which_alert_it_was(room: Room) -> None:
    await publish(room, KEEPER)
    await deliver(room)
    (parcel,) = all_parcels(room)
    message = room.scene.channel.last_message
    assert message is not None
    shown = await room.scene.member.click(message, custom_id=mark(parcel.token))
    assert shown.response is not None
    assert "asked to be told of lamps" in read_text(shown.response)


async def test_a_digest_is_posted_where_something_happened(room: Room) -> None:
    await publish(room, KEEPER)
    now = datetime.now(UTC)
    content = {"since": (now - timedelta(hours=1)).isoformat(), "until": now.isoformat()}
    for since in (content, content | {"since": (now + timedelta(days=2)).isoformat()}):
        order = Order(
            server_id=room.scene.guild.id,
            channel_id=room.scene.channel.id,
            kind="digest",
            content=since,
        )
        room.scene.store.outbox.commit([order], ())
    said = await deliver(room)
    (digest,) = [each for each in said if "What happened from" in each]
    assert "Quillfeather resigns" in digest


async def test_alerts_are_listed_paused_tested_and_removed(room: Room) -> None:
    assert "1: lamps" in await room.manage("alerts list")
    assert "rests" in await room.manage("alerts pause", number=1)
    assert "paused" in await room.manage("alerts list")
    await publish(room, KEEPER)
    assert "Quillfeather" in await room.manage("alerts test", words="unpaid lamps")
    assert "told no more" in await room.manage("alerts remove", number=1)
    assert "no alert 1" in await room.manage("alerts remove", number=1)
    assert "No alerts yet" in await room.manage("alerts list")


@pytest.mark.parametrize(
    ("command", "options", "told"),
    [
        ("alerts add", {"words": "-lamps"}, "cannot be looked for"),
        ("alerts add", {"words": "lamps", "outlet": "Nowhere"}, "is no outlet"),
        ("alerts quiet", {"start": "late", "end": "7:00"}, "cannot be read"),
        ("digest daily", {"time": "8:00", "zone": "Atlantis"}, "cannot be read"),
        ("digest daily", {"time": "8:00"}, "The next digest comes in #"),
        ("digest daily", {"time": "8:00", "feeds": "Harbour Wire"}, "The next digest comes in #"),
        ("digest daily", {"time": "8:00", "feeds": "Nobody's"}, "no feed called “Nobody's”"),
        ("digest weekly", {"day": "friday", "time": "8:00"}, "The next digest comes in #"),
        ("digest off", {}, "No digest is posted there"),
        ("follow list", {}, "No questions yet"),
        ("follow question", {"question": " "}, "at most 300 characters"),
        ("follow question", {"question": "<@1234567890123456789>"}, "at most 300 characters"),
        ("follow remove", {"number": 9}, "no question 9"),
        ("alerts add", {"words": "<@1234567890123456789>"}, "cannot be looked for"),
    ],
)
async def test_what_a_manager_types_is_answered(
    room: Room, command: str, options: dict[str, str], told: str
) -> None:
    assert told in await room.manage(command, **options)


async def test_a_time_zone_that_was_named_once_is_the_servers(room: Room) -> None:
    assert "(Asia/Tokyo)" in await room.manage("digest daily", time="8:00", zone="Asia/Tokyo")
    assert "(Asia/Tokyo)" in await room.manage("digest daily", time="17:30")
    assert "(Asia/Tokyo)" in await room.manage("alerts quiet", start="1:00", end="2:00")


async def test_a_digest_of_some_feeds_tells_of_these_alone(room: Room) -> None:
    await publish(room, KEEPER)
    now = datetime.now(UTC)
    days = {"since": (now - timedelta(hours=1)).isoformat(), "until": now.isoformat()}
    (feed,) = room.scene.store.feeds.list_all()
    for feeds in ([feed.feed_id], ["another"]):
        order = Order(
            server_id=room.scene.guild.id,
            channel_id=room.scene.channel.id,
            kind="digest",
            content=days | {"feeds": feeds},
        )
        room.scene.store.outbox.commit([order], ())
    digests = [each for each in await deliver(room) if "What happened from" in each]
    assert len(digests) == 1


async def test_an_alert_mentions_the_role_that_a_manager_named_and_nobody_else(room: Room) -> None:
    role = room.scene.guild.create_role("lamplighters", mentionable=True)
    said = await room.manage("alerts add", words="lamps", role=role)
    assert "mentions @lamplighters" in said
    await publish(room, KEEPER)
    (said,) = await deliver(room)
    assert said.startswith(f"<@&{role.id}>")
    (body,) = posts(room)
    allowed = body["allowed_mentions"]
    assert (allowed["parse"], allowed["roles"]) == ([], [role.id])
    later = Published(title=KEEPER.title, text=f"{KEEPER.text} So says the council.", guid="3")
    await publish(room, later, KEEPER)
    await deliver(room)
    edits = [r.json for r in room.scene.env.http_requests if r.method == "PATCH" and r.json]
    of_notices = [edit for edit in edits if mark("") in str(edit)]
    assert [edit["allowed_mentions"] for edit in of_notices] == [{"parse": []}]


async def test_a_role_that_may_not_be_mentioned_is_refused(room: Room) -> None:
    closed = room.scene.guild.create_role("keepers")
    assert "cannot be mentioned" in await room.manage("alerts add", words="lamps", role=closed)


async def test_a_question_is_asked_every_day_and_told_when_its_answer_is_new(room: Room) -> None:
    question = "Why did the lighthouse keeper Quillfeather resign?"
    said = await room.manage("follow question", question=question)
    assert "asked every day" in said
    assert "fourteen" not in said
    assert question in await room.manage("follow list")
    await publish(room, KEEPER)
    await ask_followed(room)
    (told,) = [each for each in await deliver(room) if "A new answer" in each]
    assert "fourteen unpaid lamps" in told
    assert question in told
    await ask_followed(room)
    assert len([each for each in await deliver(room) if "A new answer" in each]) == 1
    assert "asked no more" in await room.manage("follow remove", number=1)


async def test_in_a_channel_of_some_feeds_answers_come_from_these_alone(room: Room) -> None:
    await publish(room, KEEPER)
    said = await room.manage("feeds channel", feed="*folders*")
    assert "these alone: articles of no feed" in said
    assert "fourteen" not in await room.ask("Why did Quillfeather resign?")
    assert "Harbour Wire" in await room.manage("feeds channel", feed="Harbour Wire")
    assert "fourteen" in await room.ask("Why did Quillfeather resign?")
    await room.manage("feeds channel", feed="*folders*")
    assert "all that this server sees" in await room.manage("feeds channel", feed="Harbour Wire")


async def test_the_footer_says_when_a_feed_was_read(room: Room) -> None:
    assert "feeds read " in await room.ask("What is new in Rust?")


async def ask_followed(room: Room) -> None:
    """Let a day go by for the questions that are followed."""
    database = room.scene.store.questions._database  # noqa: SLF001  # as no command can
    database.write("UPDATE followed_question SET next_at = 0")
    room.feeds.planner.plan()


def posts(room: Room) -> list[Any]:
    """The messages that were posted, as they left."""
    return [
        request.json
        for request in room.scene.env.http_requests
        if request.method == "POST" and request.path.endswith("/messages") and request.json
    ]
