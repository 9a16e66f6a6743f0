"""What is posted unasked where a server wants it: alerts of saved queries, and digests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.replies.answers import footer
from bot.replies.blocks import TITLE_LIMIT, Citation, Reply, Title
from bot.replies.citing import cite, name_others, quote_beginning
from bot.replies.cutting import cut_line
from retrieval import summarise_story

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.wording import Wording
    from retrieval.model import Article, Span, Story

FIRST_SENTENCES = 240  # characters of how an article begins


def render_alert(query: str, articles: Sequence[Article], wording: Wording) -> Reply:
    """Render the reports of one story that a saved query found, the first with its beginning."""
    first, *others = articles
    cited = [_cite_beginning(first, wording), *(cite(article, wording) for article in others)]
    title = Title(cut_line(wording.say("alerts.title", query=query), TITLE_LIMIT))
    return Reply(blocks=(title, *cited), story=first.id)


def render_digest(
    stories: Sequence[Story], since: date, until: date, wording: Wording, *, span: Span
) -> Reply:
    """Render the stories of some days: who told each, and how its first report begins."""
    first, last = wording.day(since), wording.day(until)
    title = Title(wording.say("digest.title", first=first, last=last))
    cited = (_cite_story(story, wording) for story in stories)
    return Reply(blocks=(title, *cited, footer(span, wording)))


def _cite_story(story: Story, wording: Wording) -> Citation:
    first = story.articles[0]
    also = name_others(summarise_story(story, first), wording)
    return _cite_beginning(first, wording, also)


def _cite_beginning(article: Article, wording: Wording, also: str = "") -> Citation:
    beginning = quote_beginning(article, FIRST_SENTENCES)
    quotes = (beginning,) if beginning else ()
    return replace(cite(article, wording, also=also), quotes=quotes)
