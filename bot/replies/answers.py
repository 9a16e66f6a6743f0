"""An answer as a reply: quotes first, then numbered sources; an abstention in the same frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.replies.blocks import (
    TITLE_LIMIT,
    Action,
    Block,
    Citation,
    Footer,
    Heading,
    Note,
    Reply,
    Title,
)
from bot.replies.citing import cite, cite_source
from bot.replies.cutting import cut_line
from bot.replies.noting import describe_note
from bot.replies.quoting import show_quotes
from retrieval import render_context
from retrieval.model import Filters

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.wording import Wording
    from retrieval.model import Answer, Lead, Source, Span, Window

NEAREST_SHOWN = 3


def render_answer(
    answer: Answer,
    wording: Wording,
    *,
    outlet: str = "",
    language: str = "",
    read: int | None = None,
) -> Reply:
    """Render an answer or an abstention; every quote's source is cited in the same reply.

    `outlet` is the one that alone was to be asked, "" for all. `language` is the name of that of
    the articles, in the reader's language, where the question was put in another one. `read` are
    the characters of a long question that alone were read.
    """
    filters = Filters(answer.window, outlet)
    body = (_answered if answer.answered else _abstained)(answer, filters, wording)
    notes = [describe_note(note, wording) for note in answer.notes]
    if read is not None:
        notes.insert(0, Note(wording.say("note.long", n=read)))
    if language and not answer.answered:
        body.insert(1, Note(wording.say("abstain.foreign", language=language)))
    asked = [Title(cut_line(answer.question, TITLE_LIMIT))] if answer.question.strip() else []
    return Reply(
        blocks=(*asked, *notes, *body, *_end(answer, wording)),
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
        blocks=(title, *cited, footer(answer.span, wording)),
        actions=frozenset({"sort", "show", "delete"} if cited else {"delete"}),
        answered=bool(cited),
    )


def footer(span: Span, wording: Wording, *, as_of: date | None = None) -> Footer:
    """Say what the coverage spans, and the day that words like "yesterday" were read from."""
    held = wording.say("reply.coverage", n=span.articles)
    if span.newest:
        held = wording.say("reply.coverage_newest", n=span.articles, day=wording.day(span.newest))
    read = [wording.say("reply.as_of", day=wording.day(as_of))] if as_of else []
    return Footer(" · ".join([held, *read]))


def note_freshness(reply: Reply, read_at: datetime | None, wording: Wording) -> Reply:
    """The reply with the moment of the last reading of a feed in its footer, where it has one."""
    if read_at is None:
        return reply
    said = wording.say("reply.feeds_read", when=wording.moment(read_at))
    return replace(
        reply,
        blocks=tuple(
            Footer(f"{block.text} · {said}") if isinstance(block, Footer) else block
            for block in reply.blocks
        ),
    )


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


def _end(answer: Answer, wording: Wording) -> list[Footer]:
    """The last line; an abstention with nothing near has said already what the coverage spans."""
    read_from = answer.as_of if answer.window else None
    if answer.answered or answer.closest:
        return [footer(answer.span, wording, as_of=read_from)]
    return [Footer(wording.say("reply.as_of", day=wording.day(read_from)))] if read_from else []


def _answered(answer: Answer, filters: Filters, wording: Wording) -> list[Block]:
    lead = [Note(_describe_lead(answer.lead, wording))] if answer.lead else []
    quotes = show_quotes(answer.quotes, answer, wording)
    return [*lead, *quotes, *_cite_sources(answer, wording), *describe_filters(filters, wording)]


def _describe_lead(lead: Lead, wording: Wording) -> str:
    return wording.say(f"lead.{lead.kind}", n=lead.n)


def _abstained(answer: Answer, filters: Filters, wording: Wording) -> list[Block]:
    searched = describe_filters(filters, wording)
    if answer.closest:
        closest = show_quotes(answer.closest, answer, wording)
        said = Note(wording.say("abstain.unsure"))
        return [said, *closest, *_cite_sources(answer, wording), *searched]
    nearest = [cite(article, wording) for article in answer.nearest[:NEAREST_SHOWN]]
    heading = [Heading(wording.say("abstain.nearest"))] if nearest else []
    covered = Note(_describe_span(answer.span, wording))
    return [Note(wording.say("abstain.none")), covered, *searched, *heading, *nearest]


def _cite_sources(answer: Answer, wording: Wording) -> list[Citation]:
    """The sources in order; who else tells a story is said once, at its first source."""
    cited: list[Citation] = []
    told: set[frozenset[str]] = set()
    for source in answer.sources:
        outlets = _outlets_of(source)
        cited.append(cite_source(source, wording, others=not any(outlets <= t for t in told)))
        told.add(outlets)
    return cited


def _outlets_of(source: Source) -> frozenset[str]:
    """The outlets of a source's story, its own too."""
    return frozenset({*source.story.outlets, source.article.outlet})


def _describe_span(span: Span, wording: Wording) -> str:
    if span.oldest and span.newest:
        first, last = wording.day(span.oldest), wording.day(span.newest)
        return wording.say("abstain.spanning", n=span.articles, first=first, last=last)
    return wording.say("abstain.undated", n=span.articles)


def _next_steps(answer: Answer) -> set[Action]:
    steps: set[Action] = {"feedback", "delete", "show", "thread"}
    if not answer.answered:
        return steps | {"search"}
    told_elsewhere = any(source.story.outlets for source in answer.sources)
    offered: dict[Action, bool] = {
        "more_sources": bool(answer.more),
        "more_from_story": told_elsewhere,
        "timeline": told_elsewhere,
        "compare": told_elsewhere,
    }
    return steps | {action for action, possible in offered.items() if possible}
