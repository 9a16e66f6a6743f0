"""/privacy: what is kept about people, shown to each and deleted for each who asks."""

from __future__ import annotations

import io
import json
import logging
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import app_commands
from discord.ui import Button, Item, LayoutView

from bot.discord_bot.asker import asker_of
from bot.discord_bot.ephemeral import defer_ephemeral, in_row, lay_out_sections, send_ephemeral
from bot.discord_bot.interactions import SafeDynamicItem
from bot.replies import Note, Reply, Title
from bot.replies.cutting import cut_line
from bot.store.feedback import FEEDBACK_LIFE
from bot.store.turns import TURN_LIFE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.store import Kept
    from bot.wording import Wording

log = logging.getLogger(__name__)
_ARTICLE_ID = re.compile(r"[0-9a-f]{16}")
SHOWN = 15
ANSWERS_TAKEN_BACK = 100  # the newest; Discord allows few deletions a second
TEXT_SHOWN = 120


def add_to(client: DeskClient) -> None:
    """Add /privacy and the button under `/privacy forget-me`."""
    client.tree.add_command(privacy)
    client.add_dynamic_items(ForgetMeButton)


privacy = app_commands.Group(name="privacy", description="What the bot keeps about you")


@privacy.command(name="policy", description="What is kept about people, for how long, and why")
async def policy(interaction: DeskInteraction) -> None:
    """Say what is kept."""
    wording = interaction.client.desk.speak(asker_of(interaction))
    sections = describe_policy(wording, interaction.client.desk.request_days())
    await send_ephemeral(interaction, lay_out_sections(*sections))


@privacy.command(name="show", description="Show what is kept about you")
async def show(interaction: DeskInteraction) -> None:
    """List every row kept about the person, the newest here and all of them in a file."""
    desk = interaction.client.desk
    await defer_ephemeral(interaction)
    kept = await desk.kept(interaction.user.id)
    wording = desk.speak(asker_of(interaction))
    file = discord.File(io.BytesIO(write_kept(kept)), "kept.json") if kept else None
    await send_ephemeral(interaction, list_kept(kept, wording), file=file)


@privacy.command(name="forget-me", description="Delete everything that is kept about you")
async def forget_me(interaction: DeskInteraction) -> None:
    """Ask once, then forget."""
    wording = interaction.client.desk.speak(asker_of(interaction))
    button = Button[LayoutView](
        label=wording.say("button.forget_me"), style=discord.ButtonStyle.danger
    )
    sure = Reply(blocks=(Note(wording.say("privacy.sure")),))
    await send_ephemeral(interaction, sure, [in_row(ForgetMeButton(button))])


class ForgetMeButton(SafeDynamicItem[Button[LayoutView]], template=r"privacy:forget"):
    """The button that forgets whoever presses it."""

    def __init__(self, button: Button[LayoutView]) -> None:
        button.custom_id = "privacy:forget"
        super().__init__(button)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button that was pressed."""
        del interaction, match
        return cls(cast("Button[LayoutView]", item))

    async def act(self, interaction: DeskInteraction) -> None:
        """Delete everything kept about the person, and say how much that was."""
        desk = interaction.client.desk
        await interaction.response.defer()
        answers = await desk.answers_to(interaction.user.id)
        deleted = await desk.forget_person(interaction.user.id)
        taken_back = await take_back(interaction.client, answers[:ANSWERS_TAKEN_BACK])
        wording = desk.speak(asker_of(interaction))
        said = [wording.say("privacy.forgotten", n=deleted)]
        said += [wording.say("privacy.answers_deleted", n=taken_back)] if taken_back else []
        await send_ephemeral(interaction, Reply(blocks=tuple(map(Note, said))))


async def take_back(client: DeskClient, answers: Sequence[tuple[int, int]]) -> int:
    """Delete messages of the bot, given by channel and id; how many it could.

    Those that only one person saw, or in a channel closed to the bot, Discord keeps to itself.
    """
    done = 0
    for channel_id, message_id in answers:
        channel = client.get_partial_messageable(channel_id)
        try:
            await channel.get_partial_message(message_id).delete()
        except discord.HTTPException as failure:
            log.debug("message %s cannot be taken back: %s", message_id, failure)
        else:
            done += 1
    return done


def describe_policy(wording: Wording, days: int) -> tuple[str, str]:
    """What is kept, how long and why; then that it is all, and what each can do, in Markdown."""
    kept = (
        wording.say("privacy.turns", n=int(TURN_LIFE.total_seconds() // 60)),
        wording.say("privacy.tickets", n=days) if days else wording.say("privacy.no_tickets"),
        wording.say("privacy.feedback", n=FEEDBACK_LIFE.days),
    )
    listed = "\n".join(f"- {line}" for line in kept)
    rest = "\n".join(wording.say(f"privacy.{key}") for key in ("hash", "nothing_else", "rights"))
    return f"### {wording.say('privacy.title')}\n{listed}", rest


def list_kept(kept: Sequence[Kept], wording: Wording) -> Reply:
    """The newest rows in words, and how many there are."""
    if not kept:
        return Reply(blocks=(Note(wording.say("privacy.none")),), answered=False)
    title = Title(wording.say("privacy.kept", n=len(kept)))
    return Reply(blocks=(title, *(Note(_describe(row, wording)) for row in kept[:SHOWN])))


def _describe(row: Kept, wording: Wording) -> str:
    text = _name_request(row.text) if row.kind == "ticket" else row.text
    what = row.sign.replace(" ", "_") if row.kind == "feedback" else row.kind
    return wording.say(
        "privacy.row",
        day=wording.day(row.at.date()),
        what=wording.say(f"privacy.kept_{what}"),
        text=cut_line(text, TEXT_SHOWN),
    )


def _name_request(state: str) -> str:
    """What a reply's buttons work on, as its command; the id of an article says nothing."""
    asked = json.loads(state)
    kind, text = str(asked.get("kind", "")), str(asked.get("text", ""))
    about = "" if _ARTICLE_ID.fullmatch(text) else text
    return f"/{'ask' if kind == 'sources' else kind} {about}".strip() if kind else about


def write_kept(kept: Sequence[Kept]) -> bytes:
    """Every row, as JSON for the person to keep."""
    rows = [asdict(row) for row in kept]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=str).encode()
