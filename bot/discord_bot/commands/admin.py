"""/desk: settings, gaps, status and reload, for those who manage a server."""

from __future__ import annotations

import io
import logging
from concurrent.futures.process import BrokenProcessPool
from importlib.metadata import version
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import AppCommandContext, AppInstallationType
from discord.utils import format_dt

from bot.discord_bot.asker import asker_of
from bot.discord_bot.commands.about import describe_freshness
from bot.discord_bot.ephemeral import defer_ephemeral, send_ephemeral
from bot.discord_bot.gap_report import list_gaps, write_gaps
from bot.discord_bot.layout import NOBODY
from bot.discord_bot.permissions import NEEDED, missing_permissions
from bot.discord_bot.settings_panel import KeepButton, SettingMenu, admit_manager, draw_panel
from bot.replies import Footer, Note, Reply, Title
from bot.replies.rejects import name_rejects
from retrieval.errors import IndexLocked, RetrievalError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.desk.desk import Desk
    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.store import Health
    from bot.store.feed_records import Freshness
    from bot.wording import Wording
    from retrieval import IndexReport, Status

GAPS_WRITTEN = 1000
REJECTS_LOGGED = 20
log = logging.getLogger(__name__)


def add_to(client: DeskClient) -> None:
    """Add /desk and what changes its settings."""
    client.tree.add_command(desk)
    client.add_dynamic_items(SettingMenu, KeepButton)


desk = app_commands.Group(
    name="desk",
    description="Settings and reports for those who manage this server",
    default_permissions=discord.Permissions(manage_guild=True),
    allowed_installs=AppInstallationType(guild=True, user=False),
    allowed_contexts=AppCommandContext(guild=True, dm_channel=False, private_channel=False),
)


@desk.command(
    name="settings", description="Where the bot answers, for whom, how, and what it keeps"
)
async def settings(interaction: DeskInteraction) -> None:
    """Show the settings, each with the menu that changes it."""
    if await admit_manager(interaction):
        await interaction.response.send_message(
            view=draw_panel(interaction), ephemeral=True, allowed_mentions=NOBODY
        )


@desk.command(name="gaps", description="Questions that found no answer, grouped and counted")
async def gaps(interaction: DeskInteraction) -> None:
    """List what people asked in vain, the most frequent first, and all of it in a file."""
    server_id = await admit_manager(interaction)
    if server_id is None:
        return
    await defer_ephemeral(interaction)
    serving = interaction.client.desk
    found = await serving.gaps(server_id, GAPS_WRITTEN)
    file = discord.File(io.BytesIO(write_gaps(found)), "gaps.csv") if found else None
    await send_ephemeral(
        interaction, list_gaps(found, serving.speak(asker_of(interaction))), file=file
    )


@desk.command(name="status", description="What the coverage holds, and what the bot lacks here")
async def status(interaction: DeskInteraction) -> None:
    """Show the state of coverage, connection and permissions."""
    if await admit_manager(interaction) is None:
        return
    await defer_ephemeral(interaction)
    serving = interaction.client.desk
    found = await serving.count_gaps(interaction.guild_id)
    freshness = await serving.freshness(asker_of(interaction))
    wording = serving.speak(asker_of(interaction))
    usage = await serving.usage(interaction.guild_id)
    asked = describe_usage(usage, wording)
    *state, footer = describe_state(interaction, found, freshness, wording).blocks
    await send_ephemeral(interaction, Reply(blocks=(*state, *asked, footer)))


@desk.command(name="reload", description="Read new and changed files of the coverage now")
async def reload(interaction: DeskInteraction) -> None:
    """Read the coverage in another process and swap to it; people go on asking meanwhile."""
    if await admit_manager(interaction) is None:
        return
    await defer_ephemeral(interaction)
    serving = interaction.client.desk
    wording = serving.speak(asker_of(interaction))
    await send_ephemeral(interaction, await _reload(interaction, wording))


async def _reload(interaction: DeskInteraction, wording: Wording) -> Reply:
    desk = interaction.client.desk
    try:
        report = await desk.reload()
    except IndexLocked:
        return Reply(blocks=(Note(wording.say("reload.busy")),), answered=False)
    except (RetrievalError, BrokenProcessPool) as error:
        log.warning("%s; the bot goes on with the coverage as it was", error)
        return Reply(blocks=(Note(wording.say("reload.failed")),), answered=False)
    seen = desk.status(asker_of(interaction)).span.articles
    return describe_reload(report, wording, seen=seen)


def describe_reload(report: IndexReport, wording: Wording, *, seen: int) -> Reply:
    """What came, what went, and how many files gave nothing.

    Where the server sees fewer articles (`seen`) than were read, what else there is of others'
    feeds is not told it, not even as a number.
    """
    lines = [wording.say("reload.articles", n=seen)]
    if seen == report.articles:
        counts = {"added": report.added, "changed": report.changed, "removed": report.removed}
        lines.append(wording.say("reload.counts", **counts))
    if report.files_rejected:
        if seen == report.articles:
            lines.append(wording.say("reload.rejected", n=report.files_rejected))
            lines += name_rejects(report.rejects, wording)
        named = (f"{reject.path} ({reject.reason})" for reject in report.rejects[:REJECTS_LOGGED])
        log.warning("files that gave no article: %s", ", ".join(named))
    return Reply(blocks=(Title(wording.say("reload.title")), *map(Note, lines)))


def describe_state(
    interaction: DeskInteraction, gaps_found: int, freshness: Freshness, wording: Wording
) -> Reply:
    """The coverage, how many questions it served badly, and what the bot may do here."""
    client = interaction.client
    held = client.desk.status(asker_of(interaction))
    lines = [
        wording.say("status.articles", n=held.span.articles, passages=held.passages),
        wording.say("status.outlets", n=held.outlets, topics=held.topics),
        *_describe_reading(client.desk, held, wording),
        *describe_freshness(freshness, wording),
        wording.say("status.gaps", n=gaps_found),
        *describe_store(client.desk.store_health(), wording),
        wording.say("status.posts_on" if client.answer_posts else "settings.posts_off"),
        *_name_lacking(interaction.app_permissions, wording),
    ]
    footer = Footer(f"Clippings {version('clippings')} · {client.latency * 1000:.0f} ms")
    return Reply(blocks=(Title(wording.say("status.title")), *map(Note, lines), footer))


def _describe_reading(desk: Desk, held: Status, wording: Wording) -> list[str]:
    """The newest article, when the coverage was read, whether that failed, and the uptime."""
    newest = held.span.newest
    lines = [wording.say("about.newest", day=wording.day(newest))] if newest else []
    if held.updated:
        lines.append(wording.say("status.updated", when=wording.moment(held.updated)))
    if desk.reload_failed_at:
        failed = wording.say("status.reload_failed", when=wording.moment(desk.reload_failed_at))
        lines.append(f"⚠️ {failed}")
    return [*lines, wording.say("status.started", when=wording.moment(desk.started))]


def describe_usage(usage: Mapping[date, Mapping[str, int]], wording: Wording) -> list[Note]:
    """A line for each day of the last week on which somebody asked."""
    return [
        Note(
            wording.say(
                "status.asked",
                day=wording.day(day),
                n=sum(ends.values()),
                answered=ends.get("answered", 0),
                unsure=ends.get("unsure", 0),
                none=ends.get("none", 0),
            )
        )
        for day, ends in usage.items()
    ]


def describe_store(health: Health, wording: Wording) -> list[str]:
    """A line where nothing is remembered, since when; the reason is in the log, with its path."""
    if not health.failure:
        return []
    since = format_dt(health.since) if health.since else "?"
    return [f"⚠️ {wording.say('status.store_failing', since=since)}"]


def _name_lacking(granted: discord.Permissions, wording: Wording) -> list[str]:
    missing = {name: None for feature in NEEDED for name in missing_permissions(feature, granted)}
    if not missing:
        return [wording.say("status.permitted")]
    return [f"⚠️ {wording.say('refused.permission', about=', '.join(missing))}"]
