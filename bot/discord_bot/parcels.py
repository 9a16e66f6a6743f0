"""What a message of the outbox shows, and whom it mentions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import discord
from discord.ui import LayoutView, TextDisplay

from bot.discord_bot.commands.feeds import render_failing
from bot.discord_bot.layout import NOBODY, lay_out, paginate
from bot.feeds.digests import choose_stories
from bot.feeds.following import ask_in
from bot.replies import Note, Reply, render_answer
from bot.replies.notices import render_alert, render_digest

if TYPE_CHECKING:
    from bot.discord_bot.ephemeral import Row
    from bot.store import Store
    from bot.store.outbox import Parcel
    from bot.wording import Wording
    from retrieval.coverage import Coverage


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a message shows, and the id of the role that it mentions when it is new."""

    reply: Reply
    role_id: int | None = None


def render_parcel(
    parcel: Parcel, store: Store, coverage: Coverage, wording: Wording
) -> Rendered | None:
    """What there is to show, of what is seen in its channel; none where nothing is left to tell."""
    match parcel.kind:
        case "digest":
            return _render_digest(parcel, store, coverage, wording)
        case "failing":
            feed = store.feeds.read(parcel.content["feed"])
            return Rendered(render_failing(feed, wording)) if feed and feed.error else None
        case "answer":
            return _render_answer(parcel, store, coverage, wording)
        case "alert":
            return _render_alert(parcel, store, coverage, wording)


def _render_alert(
    parcel: Parcel, store: Store, coverage: Coverage, wording: Wording
) -> Rendered | None:
    seen = coverage.visible_to(store.visible_to(parcel.server_id, parcel.channel_id))
    watch = store.watches.read(parcel.server_id, parcel.watch_id)
    found = [seen.article(article_id) for article_id in parcel.content["articles"]]
    articles = [article for article in found if article is not None]
    if watch is None or not articles:
        return None
    return Rendered(render_alert(watch.query, articles, wording), watch.role_id)


def _render_digest(
    parcel: Parcel, store: Store, coverage: Coverage, wording: Wording
) -> Rendered | None:
    seen = store.visible_to(parcel.server_id, parcel.channel_id)
    chosen = frozenset(parcel.content.get("feeds", ()))
    view = coverage.visible_to(seen & chosen if chosen else seen)
    since = datetime.fromisoformat(parcel.content["since"])
    until = datetime.fromisoformat(parcel.content["until"])
    stories = choose_stories(view, since, until)
    if not stories:
        return None
    span = view.snapshot.span
    return Rendered(render_digest(stories, since.date(), until.date(), wording, span=span))


def _render_answer(
    parcel: Parcel, store: Store, coverage: Coverage, wording: Wording
) -> Rendered | None:
    question = store.questions.read(parcel.server_id, parcel.content["question"])
    if question is None:
        return None
    asked = datetime.fromisoformat(parcel.content["asked"])
    place = (parcel.server_id, parcel.channel_id)
    answer = ask_in(coverage, store, place, question.question, asked)
    if not answer.answered:
        return None
    said = Note(wording.say("follow.new"))
    return Rendered(Reply(blocks=(*render_answer(answer, wording).blocks, said)))


def lay_out_notice(reply: Reply, row: Row, role: discord.Role | None) -> LayoutView:
    """Build the message of one page, a mention above it; what does not fit one is left out."""
    message = LayoutView(timeout=None)
    if role:
        message.add_item(TextDisplay(role.mention))
    laid_out = lay_out(paginate(reply)[0], [row])
    for item in tuple(laid_out.children):
        laid_out.remove_item(item)
        message.add_item(item)
    return message


def mention(role: discord.Role | None) -> discord.AllowedMentions:
    """Whom a message may ping: the role that a manager named for it, and nobody else."""
    if role is None:
        return NOBODY
    return discord.AllowedMentions(everyone=False, users=False, roles=[role], replied_user=False)
