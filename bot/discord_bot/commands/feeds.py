"""/feeds: the web feeds of a server, for those who manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, Choice

from bot.discord_bot.asker import asker_of
from bot.discord_bot.ephemeral import defer_ephemeral, send_ephemeral
from bot.discord_bot.escaping import strip_unseen
from bot.discord_bot.settings_panel import admit_manager
from bot.feeds.addresses import mask_address
from bot.feeds.subscriptions import SubscriptionRefused, name_feed
from bot.replies import Note, Reply, Title
from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.feeds.subscriptions import Followed, Subscriptions
    from bot.store import FeedRecord
    from bot.wording import Wording

PREVIEWED = 5
OFFERED = 25
LONGEST_NAME = 100
LONGEST_ADDRESS = 2000


def add_to(client: DeskClient) -> None:
    """Add /feeds."""
    client.tree.add_command(feeds)


feeds = app_commands.Group(
    name="feeds",
    description="The web feeds that this server follows, for those who manage it",
    default_permissions=discord.Permissions(manage_guild=True),
    allowed_installs=AppInstallationType(guild=True, user=False),
    allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
)


async def suggest_feeds(interaction: DeskInteraction, typed: str) -> list[Choice[str]]:
    """Offer the feeds that the server added, to those who manage it."""
    client, server_id = interaction.client, interaction.guild_id
    if server_id is None or client.subscriptions is None:
        return []
    if not interaction.permissions.manage_guild:
        return []
    listed = await client.desk.away(client.subscriptions.list_for, server_id)
    named = ((name_feed(each.feed), each.feed.feed_id) for each in listed if not each.shared)
    shown = ((cut_line(strip_unseen(name), LONGEST_NAME), feed_id) for name, feed_id in named)
    wanted = typed.casefold()
    return [Choice(name=n, value=i) for n, i in shown if n and wanted in n.casefold()][:OFFERED]


@feeds.command(name="add", description="Follow a feed: articles are read as they are published")
@app_commands.describe(address="The address of a feed (RSS, Atom, JSON Feed), or of a site")
async def add(interaction: DeskInteraction, address: str) -> None:
    """Follow a feed that could be fetched just now."""

    async def act(subscriptions: Subscriptions, server_id: int, wording: Wording) -> Reply:
        feed, parsed = await subscriptions.add(server_id, address)
        name = _line(parsed.title or name_feed(feed))
        return _reply(wording.say("feeds.added", name=name, n=len(parsed.entries)))

    await _answer(interaction, act)


@feeds.command(name="list", description="The feeds of this server, and how fetching them went")
async def list_(interaction: DeskInteraction) -> None:
    """List what the server sees, its own feeds first."""

    async def act(subscriptions: Subscriptions, server_id: int, wording: Wording) -> Reply:
        listed = await interaction.client.desk.away(subscriptions.list_for, server_id)
        lines = [_describe(each, wording) for each in listed]
        return _reply(*(lines or [wording.say("feeds.none")]), title=wording.say("feeds.title"))

    await _answer(interaction, act)


@feeds.command(name="pause", description="Let a feed rest, or end its rest")
@app_commands.describe(feed="Which of the server's feeds")
@app_commands.autocomplete(feed=suggest_feeds)
async def pause(interaction: DeskInteraction, feed: str) -> None:
    """Pause a feed that is read, and go on with one that is paused."""

    async def act(subscriptions: Subscriptions, server_id: int, wording: Wording) -> Reply:
        found, paused = await interaction.client.desk.away(
            subscriptions.turn_pause, server_id, feed
        )
        said = "feeds.paused_now" if paused else "feeds.resumed"
        return _reply(wording.say(said, name=_line(name_feed(found))))

    await _answer(interaction, act)


@feeds.command(name="remove", description="Follow a feed no more")
@app_commands.describe(feed="Which of the server's feeds")
@app_commands.autocomplete(feed=suggest_feeds)
async def remove(interaction: DeskInteraction, feed: str) -> None:
    """Take a feed, and what it brought, out of the server's answers."""

    async def act(subscriptions: Subscriptions, server_id: int, wording: Wording) -> Reply:
        found = await interaction.client.desk.away(subscriptions.remove_for, server_id, feed)
        return _reply(wording.say("feeds.removed", name=_line(name_feed(found))))

    await _answer(interaction, act)


@feeds.command(name="preview", description="Look at a feed without following it")
@app_commands.describe(address="The address of a feed (RSS, Atom, JSON Feed), or of a site")
async def preview(interaction: DeskInteraction, address: str) -> None:
    """Show the newest headlines of a feed."""

    async def act(subscriptions: Subscriptions, server_id: int, wording: Wording) -> Reply:
        parsed = await subscriptions.preview_for(server_id, address)
        titles = [_line(e.title or e.text) for e in parsed.entries[:PREVIEWED]]
        heading = wording.say("feeds.preview", n=len(parsed.entries))
        return _reply(heading, *titles, title=_line(parsed.title or mask_address(address)))

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
        return _reply(*explain_feed(found, entries, wording), title=_line(name_feed(found)))

    await _answer(interaction, act)


def explain_feed(feed: FeedRecord, entries: int, wording: Wording) -> list[str]:
    """The address without secrets, what came so far, what failed, and the next try."""
    lines = [
        wording.say("feeds.address", address=_line(mask_address(feed.address))),
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


def render_failing(feed: FeedRecord, wording: Wording) -> Reply:
    """Tell that a feed has not been read for long, why, and when it is tried again."""
    line = f"{_line(name_feed(feed))} · {_say_failing(feed, wording)}"
    return Reply(blocks=(Note(line),), answered=False)


def render_moment(moment: datetime) -> str:
    """A moment as everybody reads it, in UTC."""
    return moment.strftime("%Y-%m-%d %H:%M UTC")


def _describe(followed: Followed, wording: Wording) -> str:
    feed = followed.feed
    parts = [_line(name_feed(feed))]
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
        reason=_line(feed.error),
        when=render_moment(feed.next_at),
    )


async def _answer(
    interaction: DeskInteraction, act: Callable[[Subscriptions, int, Wording], Awaitable[Reply]]
) -> None:
    """Do what a manager asked, and show what came of it to them alone."""
    server_id = await admit_manager(interaction)
    if server_id is None:
        return
    await defer_ephemeral(interaction)
    client = interaction.client
    wording = client.desk.speak(asker_of(interaction))
    try:
        if client.subscriptions is None:
            raise SubscriptionRefused("off")  # noqa: TRY301  # told as every other refusal is
        reply = await act(client.subscriptions, server_id, wording)
    except SubscriptionRefused as refused:
        said = wording.say(f"feeds.refused_{refused.reason}", about=_line(refused.about))
        reply = Reply(blocks=(Note(said),), answered=False)
    await send_ephemeral(interaction, reply)


def _reply(*lines: str, title: str = "") -> Reply:
    head = (Title(title),) if title else ()
    return Reply(blocks=(*head, *map(Note, lines)))


def _line(text: str) -> str:
    """Words of strangers on one line, of a bearable length."""
    return cut_line(strip_unseen(text), 200)
