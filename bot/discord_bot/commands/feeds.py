"""/feeds: the web feeds of a server, for those who manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.discord_bot.asker import asker_of
from bot.discord_bot.commands.managing import (
    OFFERED,
    answer_manager,
    build_group,
    line,
    say,
    suggest_feeds,
    suggest_own_feeds,
)
from bot.feeds.addresses import mask_address
from bot.feeds.subscriptions import FOLDERS, SubscriptionRefused, name_feed
from bot.replies import Note, Reply

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.feeds.subscriptions import Followed, Subscriptions
    from bot.store import FeedRecord
    from bot.wording import Wording

PREVIEWED = 5


def add_to(client: DeskClient) -> None:
    """Add /feeds."""
    client.tree.add_command(feeds)


async def suggest_for_channel(interaction: DeskInteraction, typed: str) -> list[Choice[str]]:
    """Offer the feeds that the server sees, and the articles of no feed."""
    offered = await suggest_feeds(interaction, typed)
    if interaction.client.subscriptions is None or not interaction.permissions.manage_guild:
        return offered
    name = interaction.client.desk.speak(asker_of(interaction)).say("feeds.folders")
    folders = [Choice(name=name, value=FOLDERS)] if typed.casefold() in name.casefold() else []
    return [*offered[: OFFERED - 1], *folders]


feeds = build_group("feeds", "The web feeds that this server follows, for those who manage it")


@feeds.command(name="add", description="Follow a feed: articles are read as they are published")
@app_commands.describe(address="The address of a feed (RSS, Atom, JSON Feed), or of a site")
async def add(interaction: DeskInteraction, address: str) -> None:
    """Follow a feed that could be fetched just now."""

    async def act(subscriptions: Subscriptions, server_id: int, wording: Wording) -> Reply:
        feed, parsed = await subscriptions.add(server_id, address)
        name = line(parsed.title or name_feed(feed))
        return say(wording.say("feeds.added", name=name, n=len(parsed.entries)))

    await _answer(interaction, act)


@feeds.command(name="list", description="The feeds of this server, and how fetching them went")
async def list_(interaction: DeskInteraction) -> None:
    """List what the server sees, its own feeds first."""

    async def act(subscriptions: Subscriptions, server_id: int, wording: Wording) -> Reply:
        listed = await interaction.client.desk.away(subscriptions.list_for, server_id)
        lines = [_describe(each, wording) for each in listed]
        return say(*(lines or [wording.say("feeds.none")]), title=wording.say("feeds.title"))

    await _answer(interaction, act)


@feeds.command(name="pause", description="Let a feed rest, or end its rest")
@app_commands.describe(feed="Which of the server's feeds")
@app_commands.autocomplete(feed=suggest_own_feeds)
async def pause(interaction: DeskInteraction, feed: str) -> None:
    """Pause a feed that is read, and go on with one that is paused."""

    async def act(subscriptions: Subscriptions, server_id: int, wording: Wording) -> Reply:
        found, paused = await interaction.client.desk.away(
            subscriptions.turn_pause, server_id, feed
        )
        said = "feeds.paused_now" if paused else "feeds.resumed"
        return say(wording.say(said, name=line(name_feed(found))))

    await _answer(interaction, act)


@feeds.command(name="remove", description="Follow a feed no more")
@app_commands.describe(feed="Which of the server's feeds")
@app_commands.autocomplete(feed=suggest_own_feeds)
async def remove(interaction: DeskInteraction, feed: str) -> None:
    """Take a feed, and what it brought, out of the server's answers."""

    async def act(subscriptions: Subscriptions, server_id: int, wording: Wording) -> Reply:
        found = await interaction.client.desk.away(subscriptions.remove_for, server_id, feed)
        return say(wording.say("feeds.removed", name=line(name_feed(found))))

    await _answer(interaction, act)


@feeds.command(name="channel", description="Answer in a channel from some feeds alone")
@app_commands.describe(
    feed="Take this feed up among them, or out of them; with none left, all are read there",
    channel="In which channel; here unless you choose",
)
@app_commands.autocomplete(feed=suggest_for_channel)
async def channel_(
    interaction: DeskInteraction, feed: str, channel: discord.TextChannel | None = None
) -> None:
    """Turn whether a feed is among those that a channel is answered from."""
    place = channel or interaction.channel

    async def act(subscriptions: Subscriptions, server_id: int, wording: Wording) -> Reply:
        if not isinstance(place, discord.TextChannel):
            raise SubscriptionRefused("channel")
        chosen = await interaction.client.desk.away(
            subscriptions.turn_in_channel, server_id, place.id, feed
        )
        if not chosen:
            return say(wording.say("feeds.channel_all", channel=f"#{place.name}"))
        names = [line(name) or wording.say("feeds.folders") for name in chosen]
        return say(
            wording.say("feeds.channel_some", channel=f"#{place.name}", names=", ".join(names))
        )

    await _answer(interaction, act)


@feeds.command(name="preview", description="Look at a feed without following it")
@app_commands.describe(address="The address of a feed (RSS, Atom, JSON Feed), or of a site")
async def preview(interaction: DeskInteraction, address: str) -> None:
    """Show the newest headlines of a feed."""

    async def act(subscriptions: Subscriptions, server_id: int, wording: Wording) -> Reply:
        parsed = await subscriptions.preview_for(server_id, address)
        titles = [line(e.title or e.text) for e in parsed.entries[:PREVIEWED]]
        heading = wording.say("feeds.preview", n=len(parsed.entries))
        return say(heading, *titles, title=line(parsed.title or mask_address(address)))

    await _answer(interaction, act)


@feeds.command(name="why", description="Why a feed brings nothing: its last fetch and its next")
@app_commands.describe(feed="Which of the server's feeds")
@app_commands.autocomplete(feed=suggest_feeds)
async def why(interaction: DeskInteraction, feed: str) -> None:
    """Tell all that is known of how a feed is fetched."""

    async def act(subscriptions: Subscriptions, server_id: int, wording: Wording) -> Reply:
        found, entries = await interaction.client.desk.away(
            subscriptions.explain_for, server_id, feed
        )
        return say(*explain_feed(found, entries, wording), title=line(name_feed(found)))

    await _answer(interaction, act)


def explain_feed(feed: FeedRecord, entries: int, wording: Wording) -> list[str]:
    """The address without secrets, what came so far, what failed, and the next try."""
    lines = [
        wording.say("feeds.address", address=line(mask_address(feed.address))),
        wording.say("feeds.entries", n=entries),
        _say_read(feed, wording),
    ]
    if feed.newest_at:
        lines.append(wording.say("about.newest", day=wording.day(feed.newest_at.date())))
    if feed.error:
        lines.append(_say_failing(feed, wording))
    elif feed.succeeded_at:
        lines.append(wording.say("feeds.next", when=render_moment(feed.next_at)))
    return lines


def say_next_try(feed: FeedRecord, wording: Wording) -> str:
    """Which feed fails, why, since when, and when it is tried again."""
    since = feed.failing_since or feed.failed_at or feed.next_at
    return wording.say(
        "feeds.next_try",
        name=line(name_feed(feed)),
        reason=line(feed.error),
        since=render_moment(since),
        when=render_moment(feed.next_at),
    )


def render_failing(feed: FeedRecord, wording: Wording) -> Reply:
    """Tell that a feed has not been read for long, why, and when it is tried again."""
    return Reply(blocks=(Note(say_next_try(feed, wording)),), answered=False)


def render_moment(moment: datetime) -> str:
    """A moment as everybody reads it, in UTC."""
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def _describe(followed: Followed, wording: Wording) -> str:
    feed = followed.feed
    parts = [line(name_feed(feed))]
    if followed.shared:
        parts.append(wording.say("feeds.shared"))
    if followed.paused:
        parts.append(wording.say("feeds.paused"))
    elif feed.error:
        parts.append(_say_failing(feed, wording))
    else:
        parts.append(_say_read(feed, wording))
    return " · ".join(parts)


def _say_read(feed: FeedRecord, wording: Wording) -> str:
    if feed.succeeded_at is None:
        return wording.say("feeds.waiting")
    return wording.say("feeds.read", when=render_moment(feed.succeeded_at))


def _say_failing(feed: FeedRecord, wording: Wording) -> str:
    since = feed.failing_since or feed.failed_at or feed.next_at
    return wording.say(
        "feeds.failing",
        since=render_moment(since),
        reason=line(feed.error),
        when=render_moment(feed.next_at),
    )


async def _answer(
    interaction: DeskInteraction, act: Callable[[Subscriptions, int, Wording], Awaitable[Reply]]
) -> None:
    await answer_manager(interaction, "feeds", interaction.client.subscriptions, act)
