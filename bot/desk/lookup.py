"""A request looked up in the coverage and rendered: CPU work only, no Discord and no store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from bot.replies import (
    Note,
    Reply,
    Title,
    render_answer,
    render_article,
    render_changes,
    render_comparison,
    render_latest,
    render_more_sources,
    render_outlets,
    render_ranking,
    render_story,
    render_timeline,
)
from bot.wording import Wording
from retrieval.model import Answer, Comparison, Filters, Story, Timeline
from retrieval.stories.finding import summarise_story

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.desk.requests import Request
    from retrieval.coverage import Coverage
    from retrieval.model import Article, Span

LISTED = 50
KEPT_REPLIES, KEPT_ANSWERS = 64, 256  # turned pages and pressed buttons look the same thing up
Found: TypeAlias = "Answer | Story | Timeline | Comparison | None"
Told = TypeVar("Told", Story, Timeline, Comparison)


@dataclass(frozen=True, slots=True)
class Looked:
    """A reply, and the answer or story behind it where there is one."""

    reply: Reply
    found: Found = None


def look_up(coverage: Coverage, request: Request, language: str) -> Looked:
    """Run a request and render what it found; "nothing found" is a reply like any other.

    The same request of the same index finds the same, so the last ones are kept.
    """
    return _look_up(coverage, coverage.snapshot.version, request, language)


@lru_cache(maxsize=KEPT_REPLIES)
def _look_up(  # noqa: C901, PLR0911  # one case a kind of request
    coverage: Coverage, version: str, request: Request, language: str
) -> Looked:
    wording, span = Wording(language), coverage.snapshot.span
    match request.kind:
        case "ask":
            answer = _ask(coverage, version, request)
            foreign = wording.language[:2] != coverage.snapshot.language[:2]
            reply = render_answer(answer, wording, outlet=request.outlet, foreign=foreign)
            return Looked(reply, answer)
        case "sources":
            answer = _ask(coverage, version, replace(request, kind="ask", sort="relevance"))
            answer = _order_sources(answer, request)
            return Looked(render_more_sources(answer, wording), answer)
        case "search":
            return Looked(_search(coverage, request, wording, span))
        case "latest":
            articles = coverage.latest(topic=request.topic, outlet=request.outlet, limit=LISTED)
            return Looked(render_latest(articles, wording, span=span, filters=_filters(request)))
        case "story":
            return _tell(coverage.story(request.text), render_story, wording, span, request)
        case "timeline":
            return _tell(coverage.timeline(request.text), render_timeline, wording, span, request)
        case "compare":
            return _tell(coverage.compare(request.text), render_comparison, wording, span, request)
        case "changes":
            changes = coverage.changes(request.since or request.as_of, request.until)
            return Looked(render_changes(changes, wording, span=span))
        case "article":
            return Looked(_show_article(coverage, request, wording, span))
        case "outlets":
            return Looked(render_outlets(coverage.snapshot.outlets, wording, span=span))


@lru_cache(maxsize=KEPT_ANSWERS)
def _ask(coverage: Coverage, version: str, request: Request) -> Answer:
    del version  # another index, another answer
    return coverage.ask(
        request.text,
        as_of=request.as_of,
        window=request.window,
        outlet=request.outlet,
        subject=request.subject,
    )


def _order_sources(answer: Answer, request: Request) -> Answer:
    """Put the further articles in the order asked for; by day, undated ones stay last."""
    if request.sort == "relevance":
        return answer
    dated = [article for article in answer.more if article.published]
    dated.sort(key=lambda a: str(a.published), reverse=request.sort == "newest")
    undated = [article for article in answer.more if not article.published]
    return replace(answer, more=(*dated, *undated))


def _search(coverage: Coverage, request: Request, wording: Wording, span: Span) -> Reply:
    filters = _filters(request)
    ranking = coverage.search(
        request.text, filters=filters, sort=request.sort, limit=LISTED, as_of=request.as_of
    )
    return render_ranking(ranking, wording, span=span, filters=filters)


def _filters(request: Request) -> Filters:
    return Filters(window=request.window, outlet=request.outlet, topic=request.topic)


def _tell(
    told: Told | None,
    render: Callable[..., Reply],
    wording: Wording,
    span: Span,
    request: Request,
) -> Looked:
    if told is None:
        return Looked(_nothing(request, wording))
    return Looked(render(told, wording, span=span), told)


def _show_article(coverage: Coverage, request: Request, wording: Wording, span: Span) -> Reply:
    article = coverage.article(request.text) or _first_named(coverage, request.text)
    if article is None:
        return _nothing(request, wording)
    story = coverage.story(article.id)
    others = summarise_story(story, article) if story else None
    return render_article(article, wording, span=span, others=others)


def _first_named(coverage: Coverage, title: str) -> Article | None:
    return next(iter(coverage.suggest_titles(title, 1)), None) if title else None


def _nothing(request: Request, wording: Wording) -> Reply:
    asked = (Title(request.text[:200]),) if request.text else ()
    said = Note(wording.say("search.none"))
    return Reply(blocks=(*asked, said), actions=frozenset({"show", "delete"}), answered=False)
