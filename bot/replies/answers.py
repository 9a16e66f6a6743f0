"""An answer as a reply: quotes first, then numbered sources; an abstention in the same frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.blocks import (
    TITLE_LIMIT,
    Action,
    Block,
    Footer,
    Heading,
    Note,
    Reply,
    Title,
)
from bot.replies.citing import cite, name_others, quote
from bot.replies.cutting import cut_line
from bot.replies.noting import describe_note
from retrieval.model import Filters
from retrieval.question.context import render_context

if TYPE_CHECKING:
    from datetime import date

    from bot.wording import Wording
    from retrieval.model import Answer, Span, Window

NEAREST_SHOWN = 3


def render_answer(
    answer: Answer, wording: Wording, *, outlet: str = "", foreign: bool = False
) -> Reply:
    """Render an answer or an abstention; every quote's source is cited in the same reply.

    `outlet` is the one that alone was to be asked, "" for all. `foreign` says that the articles are
    in another language than the reader's, who may have asked in it in vain.
    """
    filters = Filters(answer.window, outlet)
    body = (_quoted if answer.answered else _abstained)(answer, filters, wording)
    notes = [describe_note(note, wording) for note in answer.notes]
    if foreign and not answer.answered:
        body.insert(1, Note(wording.say("abstain.foreign")))
    asked = [Title(cut_line(answer.question, TITLE_LIMIT))] if answer.question.strip() else []
    return Reply(
        blocks=(*asked, *notes, *body, _end(answer, wording)),
        actions=frozenset(_next_steps(answer)),
        answered=answer.answered,
        subject=render_context(answer.context),
        story=answer.sources[0].article.id if answer.sources else "",
    )


def render_more_sources(answer: Answer, wording: Wording) -> Reply:
    """Render the further articles found behind an answer."""
    first = len(answer.sources) + 1
    cited = [cite(article, wording, n=n) for n, article in enumerate(answer.more, start=first)]
    said = "more.title" if cited else "more.none"
    title = Title(wording.say(said, question=cut_line(answer.question, TITLE_LIMIT // 2)))
    return Reply(
        blocks=(title, *cited, footer(answer.span, wording, as_of=answer.as_of)),
        actions=frozenset({"sort", "show", "delete"} if cited else {"delete"}),
        answered=bool(cited),
    )


def footer(span: Span, wording: Wording, *, as_of: date | None = None) -> Footer:
    """Say what the coverage spans: "Coverage: 214 articles, newest 27 Oct 2023 · asked as of …"."""
    held = wording.say("reply.coverage", n=span.articles)
    if span.newest:
        held = wording.say("reply.coverage_newest", n=span.articles, day=wording.day(span.newest))
    asked = [wording.say("reply.as_of", day=wording.day(as_of))] if as_of else []
    return Footer(" · ".join([held, *asked]))


def describe_filters(filters: Filters, wording: Wording) -> list[Note]:
    """Say what alone was searched, none where that was everything."""
    days = describe_window(filters.window, wording) if filters.window else ""
    names = [cut_line(name, TITLE_LIMIT) for name in (filters.outlet, filters.topic) if name]
    if names:
        limits = " · ".join([*names, *([days] if days else [])])
        return [Note(wording.say("search.filtered", filters=limits))]
    return [Note(days)] if days else []


def describe_window(window: Window, wording: Wording) -> str:
    """Say which days were searched."""
    since = wording.day(window.since) if window.since else ""
    until = wording.day(window.until) if window.until else ""
    if since and until:
        same = since == until
        key = "reply.window_day" if same else "reply.window"
        return wording.say(key, since=since, until=until)
    if since:
        return wording.say("reply.window_since", since=since)
    return wording.say("reply.window_until", until=until) if until else ""


def _end(answer: Answer, wording: Wording) -> Footer:
    """The last line; an abstention has said already what the coverage spans."""
    if answer.answered:
        return footer(answer.span, wording, as_of=answer.as_of)
    return Footer(wording.say("abstain.as_of", day=wording.day(answer.as_of)))


def _quoted(answer: Answer, filters: Filters, wording: Wording) -> list[Block]:
    cited = [
        cite(
            source.article,
            wording,
            n=source.n,
            link=source.deep_link,
            also=name_others(source.story, wording),
        )
        for source in answer.sources
    ]
    return [*map(quote, answer.quotes), *cited, *describe_filters(filters, wording)]


def _abstained(answer: Answer, filters: Filters, wording: Wording) -> list[Block]:
    nearest = [cite(article, wording) for article in answer.nearest[:NEAREST_SHOWN]]
    heading = [Heading(wording.say("abstain.nearest"))] if nearest else []
    searched = describe_filters(filters, wording)
    return [Note(_not_in(answer.span, wording)), *searched, *heading, *nearest]


def _not_in(span: Span, wording: Wording) -> str:
    if span.oldest and span.newest:
        first, last = wording.day(span.oldest), wording.day(span.newest)
        return wording.say("abstain.spanning", n=span.articles, first=first, last=last)
    return wording.say("abstain.undated", n=span.articles)


def _next_steps(answer: Answer) -> set[Action]:
    steps: set[Action] = {"feedback", "delete", "show", "thread"}
    if not answer.answered:
        return steps | {"search"} if answer.nearest else steps
    told_elsewhere = any(source.story.outlets for source in answer.sources)
    offered: dict[Action, bool] = {
        "more_sources": bool(answer.more),
        "sort": bool(answer.more),
        "more_from_story": told_elsewhere,
        "timeline": told_elsewhere,
    }
    return steps | {action for action, possible in offered.items() if possible}
