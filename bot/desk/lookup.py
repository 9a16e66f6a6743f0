"""A request looked up in the coverage and rendered: CPU work only, no Discord and no store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from bot.desk.memo import Memo
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
from bot.replies.citing import web_address
from bot.wording import LANGUAGES_NAMED, Wording
from retrieval import LONGEST_QUESTION, identify_question, parse_context, summarise_story
from retrieval.model import Answer, Comparison, Filters, Story, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.desk.requests import Request
    from retrieval.coverage import Coverage
    from retrieval.model import Article, Ranking, Span

LISTED = 100
KEPT_REPLIES, KEPT_ANSWERS = 64, 256
Result: TypeAlias = "Answer | Story | Timeline | Comparison | None"
StoryView = TypeVar("StoryView", Story, Timeline, Comparison)


@dataclass(frozen=True, slots=True)
class LookUp:
    """A reply, and the answer or story behind it where there is one."""

    reply: Reply
    result: Result = None


class Lookups:
    """Looks requests up in one coverage.

    The same request of the same index finds the same, so the last ones are kept.
    """

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage
        self._replies: Memo[LookUp] = Memo(KEPT_REPLIES)
        self._answers: Memo[Answer] = Memo(KEPT_ANSWERS)

    def of(self, coverage: Coverage) -> Lookups:
        """The same in what somebody sees of the coverage; what is kept is kept together."""
        seen = Lookups(coverage)
        seen._replies, seen._answers = self._replies, self._answers
        return seen

    def look_up(self, request: Request, language: str) -> LookUp:
        """Run a request and render what it found; "nothing found" is a reply like any other."""
        key = (self._coverage.snapshot.version, request, language)
        return self._replies.get(key, lambda: self._look_up(request, Wording(language)))

    def _look_up(self, request: Request, wording: Wording) -> LookUp:  # noqa: C901, PLR0911  # one case a kind of request
        coverage, span = self._coverage, self._coverage.snapshot.span
        wanted, as_of = request.text, request.as_of
        match request.kind:
            case "ask":
                return self._show_answer(request, wording)
            case "sources":
                answer = self._ask(replace(request, kind="ask", sort="relevance"))
                answer = _order_sources(answer, request)
                return LookUp(render_more_sources(answer, wording), answer)
            case "search":
                return LookUp(self._search(request, wording))
            case "latest":
                return LookUp(self._list_latest(request, wording))
            case "story":
                story = coverage.story(wanted, as_of=as_of)
                return _show_story(story, render_story, wording, span, request)
            case "timeline":
                timeline = coverage.timeline(wanted, as_of=as_of)
                return _show_story(timeline, render_timeline, wording, span, request)
            case "compare":
                comparison = coverage.compare(wanted, as_of=as_of)
                return _show_story(comparison, render_comparison, wording, span, request)
            case "changes":
                changes = coverage.changes(request.since or as_of, request.until)
                return LookUp(render_changes(changes, wording, span=span))
            case "article":
                return LookUp(self._show_article(request, wording))
            case "outlets":
                return LookUp(render_outlets(coverage.snapshot.outlets, wording, span=span))

    def _show_answer(self, request: Request, wording: Wording) -> LookUp:
        answer = self._ask(request)
        reply = render_answer(
            answer,
            wording,
            outlet=request.outlet,
            language=self._foreign_language(request.text, wording),
            read=LONGEST_QUESTION if len(request.text) > LONGEST_QUESTION else None,
        )
        return LookUp(reply, answer)

    def _foreign_language(self, question: str, wording: Wording) -> str:
        """The name of the articles' language, where the question is in none of theirs."""
        spoken = self._coverage.snapshot.languages
        if not spoken or spoken[0] not in LANGUAGES_NAMED:
            return ""
        if identify_question(question, spoken) in spoken:
            return ""
        return wording.say(f"language.{spoken[0]}")

    def _ask(self, request: Request) -> Answer:
        return self._answers.get(
            (self._coverage.snapshot.version, request),
            lambda: self._coverage.ask(
                request.text,
                as_of=request.as_of,
                window=request.window,
                outlet=request.outlet,
                context=parse_context(request.subject),
            ),
        )

    def _search(self, request: Request, wording: Wording) -> Reply:
        filters = _filters(request)
        ranking = self._rank(request, filters)
        ids = [hit.article.id for hit in ranking.hits]
        whole, holding = self._coverage.snapshot.hold_all(request.text, ids, filters=filters)
        hits = list(ranking.hits)
        if request.sort == "relevance":  # those with every word come first, else nothing changes
            hits.sort(key=lambda hit: hit.article.id not in holding)
        first = request.skipped + 1
        ranked = tuple(replace(hit, rank=rank) for rank, hit in enumerate(hits, start=first))
        ranking = replace(ranking, hits=ranked)
        span = self._coverage.snapshot.span
        return render_ranking(ranking, wording, span=span, filters=filters, whole=whole)

    def _rank(self, request: Request, filters: Filters) -> Ranking:
        """The hits after those skipped, `LISTED` at most; `total` counts all of them."""
        passed: set[str] = set()
        while True:
            ranking = self._coverage.search(
                request.text,
                filters=filters,
                sort=request.sort,
                limit=LISTED,
                as_of=request.as_of,
                exclude=frozenset(passed),
            )
            if len(passed) >= request.skipped or not ranking.hits:
                return replace(ranking, total=ranking.total + len(passed))
            passed.update(hit.article.id for hit in ranking.hits)

    def _list_latest(self, request: Request, wording: Wording) -> Reply:
        articles = self._coverage.latest(topic=request.topic, outlet=request.outlet, limit=LISTED)
        span = self._coverage.snapshot.span
        return render_latest(articles, wording, span=span, filters=_filters(request))

    def _show_article(self, request: Request, wording: Wording) -> Reply:
        article = self._find_article(request.text)
        if article is None:
            return _nothing(request, wording)
        story = self._coverage.story(article.id, as_of=request.as_of)
        others = summarise_story(story, article) if story else None
        return render_article(article, wording, span=self._coverage.snapshot.span, others=others)

    def _find_article(self, wanted: str) -> Article | None:
        """The article of an id or an address; by words, the first that a headline names."""
        if web_address(wanted):
            return self._coverage.article_at(wanted)
        return self._coverage.article(wanted) or self._first_named(wanted)

    def _first_named(self, title: str) -> Article | None:
        return next(iter(self._coverage.suggest_titles(title, 1)), None) if title else None


def _order_sources(answer: Answer, request: Request) -> Answer:
    """Put the further articles in the order asked for; by day, undated ones stay last."""
    if request.sort == "relevance":
        return answer
    dated = [article for article in answer.more if article.published]
    dated.sort(key=lambda a: str(a.published), reverse=request.sort == "newest")
    undated = [article for article in answer.more if not article.published]
    return replace(answer, more=(*dated, *undated))


def _filters(request: Request) -> Filters:
    return Filters(window=request.window, outlet=request.outlet, topic=request.topic)


def _show_story(
    view: StoryView | None,
    render: Callable[..., Reply],
    wording: Wording,
    span: Span,
    request: Request,
) -> LookUp:
    if view is None:
        return LookUp(_nothing(request, wording))
    return LookUp(render(view, wording, span=span), view)


def _nothing(request: Request, wording: Wording) -> Reply:
    asked = (Title(request.text[:200]),) if request.text else ()
    said = Note(wording.say("search.none"))
    return Reply(blocks=(*asked, said), actions=frozenset({"show", "delete"}), answered=False)
