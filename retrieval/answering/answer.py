"""From a question to quotes with their sources, or to an abstention."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from retrieval.answering.confidence import THRESHOLD
from retrieval.answering.first_reports import find_first_reports
from retrieval.answering.select_quotes import Selection, select_quotes
from retrieval.answering.text_fragments import build_deep_link
from retrieval.model import Answer, AnswerNote, Filters, Quote, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.answering.first_reports import StoryReports
    from retrieval.index import Snapshot
    from retrieval.model import Article, Hit, Ranking
    from retrieval.question.question import Question
    from retrieval.stories.finding import StoryFinder

# A report dated tomorrow in UTC may be out today where the question is asked.
_DAY_AHEAD = timedelta(days=1)
# How far back the words for these days reach.
_LATELY = timedelta(days=31)
# How much surer a wider search must be, as a difference of probabilities.
_MARGIN = 0.1
_HITS = 8
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One search and what it gave; `notes` tell the reader what was relaxed for it."""

    filters: Filters
    hits: tuple[Hit, ...]
    selection: Selection
    notes: tuple[AnswerNote, ...] = ()


def answer_question(
    question: Question,
    snapshot: Snapshot,
    stories: StoryFinder,
    *,
    threshold: float = THRESHOLD,
) -> Answer:
    """Answer from the snapshot, or abstain with the nearest headlines.

    Days and an outlet that the question names are kept to while they hold an answer; else the whole
    coverage is searched, and a note says so. `stories` says who else tells a source. Below the
    confidence `threshold`, 0 to 1, nothing is quoted; the nearest headlines are then those of the
    articles that share a word with the question, at most three. Where none does there are none:
    the newest articles would only look like an answer. Who asks who told a story gets its reports
    in order of time, see `find_first_reports`.
    """
    started = time.perf_counter()
    attempt = _attempt(question, snapshot, threshold)
    answered = attempt.selection.answers(threshold)
    sources = _build_sources(attempt, stories) if answered else ()
    articles = [hit.article for hit in attempt.hits]
    answer = Answer(
        question=question.text,
        answered=answered,
        confidence=attempt.selection.confidence,
        as_of=question.as_of,
        span=snapshot.span,
        window=attempt.filters.window if question.window else None,
        quotes=tuple(_build_quotes(attempt, sources)) if answered else (),
        sources=sources,
        nearest=() if answered or not question.query else tuple(articles[:_NEAREST]),
        more=_leave_out(sources, articles) if answered else (),
        notes=attempt.notes,
        context=question.to_context(),
    )
    if answered and question.reporting:
        told = find_first_reports(
            question, attempt.hits, stories, until=question.as_of + _DAY_AHEAD
        )
        answer = _show_reports(answer, told, stories) if told else answer
    return replace(answer, took_ms=(time.perf_counter() - started) * 1000)


def _show_reports(answer: Answer, told: StoryReports, stories: StoryFinder) -> Answer:
    """The answer with the reports of a story, in order of time, in place of what was chosen."""
    sources, quotes = [], []
    for number, report in enumerate(told.reports, start=1):
        article, text = report.article, report.article.text[report.start : report.end]
        link = build_deep_link(article, text, report.start)
        sources.append(Source(number, article, link, stories.summarise(article)))
        quotes.append(Quote(text, number, article.id, report.start, report.highlights))
    return replace(
        answer,
        quotes=tuple(quotes),
        sources=tuple(sources),
        more=_leave_out(sources, told.articles),
        notes=(*answer.notes, told.note),
    )


def _leave_out(cited: Sequence[Source], articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles that are not cited already."""
    known = {source.article.id for source in cited}
    return tuple(article for article in articles if article.id not in known)


def _attempt(question: Question, snapshot: Snapshot, threshold: float) -> _Attempt:
    """The search to show: the narrowest that answers, unless a wider one is surer by far.

    The days in a question are those of an event as often as those of a report, so a filter that
    makes the answer doubtful was the wrong reading.
    """
    best: _Attempt | None = None
    for filters, notes in _searches(question):
        attempt = _search(question, snapshot, filters, notes)
        if best is None or not best.hits or _is_surer(attempt, best, threshold):
            best = attempt
    if best is None:
        raise AssertionError("there is always one search to try")
    if best.selection.answers(threshold):
        return best
    return replace(best, notes=tuple(note for note in best.notes if note.kind == "corrected"))


def _is_surer(wider: _Attempt, narrower: _Attempt, threshold: float) -> bool:
    if not wider.selection.answers(threshold):
        return False
    gain = wider.selection.confidence - narrower.selection.confidence
    return gain > _MARGIN or not narrower.selection.answers(threshold)


def _search(
    question: Question, snapshot: Snapshot, filters: Filters, notes: tuple[AnswerNote, ...]
) -> _Attempt:
    """Search and select; what was published after the as-of day is not known yet and left out."""
    newest, known = snapshot.span.newest, question.as_of + _DAY_AHEAD
    limit = _HITS if newest is None or newest <= known else 2 * _HITS
    ranking = snapshot.search(
        question.query,
        filters=filters,
        limit=limit,
        as_of=question.as_of,
        language=question.language,
    )
    hits = [hit for hit in ranking.hits if hit.article.day is None or hit.article.day <= known]
    corrected = tuple(
        AnswerNote(kind="corrected", asked=old, searched=new) for old, new in ranking.corrections
    )
    selection = select_quotes(correct_question(question, ranking), hits[:_HITS], snapshot)
    return _Attempt(filters, tuple(hits[:_HITS]), selection, notes + corrected)


def correct_question(question: Question, ranking: Ranking) -> Question:
    """The question with the words that were searched in place of those that the coverage lacks."""
    return replace(question, query=ranking.corrected or question.query)


def _searches(question: Question) -> Iterator[tuple[Filters, tuple[AnswerNote, ...]]]:
    """Filters to try in turn, with what to tell the reader about what was given up."""
    window = None if _is_now(question) else question.window
    outlet = question.outlet
    yield Filters(window=window, outlet=outlet), ()
    # Who asks what is new, and of nobody, is not served by what is old.
    if question.strict or (window and question.answer_type == "news" and not question.entities):
        return
    if outlet and window:
        yield Filters(window=window), (AnswerNote(kind="other_outlets", outlet=outlet),)
        yield Filters(outlet=outlet), (AnswerNote(kind="other_days", window=window),)
    if outlet or window:
        yield Filters(), (AnswerNote(kind="all_coverage", outlet=outlet, window=window),)


def _is_now(question: Question) -> bool:
    """Whether the days are "this week" or the like.

    Such words mean "lately" more than a first day; the ranking by age does them justice, and a
    filter would lose what came out the day before. Who asks what is new wants the filter.
    """
    window = question.window
    if question.strict or question.answer_type == "news" or window is None or window.since is None:
        return False
    return window.holds(question.as_of) and question.as_of - window.since <= _LATELY


def _build_sources(attempt: _Attempt, stories: StoryFinder) -> tuple[Source, ...]:
    """The articles behind the quotes, numbered in the order in which they are quoted."""
    first = {span.hit: span for span in reversed(attempt.selection.spans)}
    sources = []
    for number, hit in enumerate(dict.fromkeys(s.hit for s in attempt.selection.spans), start=1):
        article, span = attempt.hits[hit].article, first[hit]
        link = build_deep_link(article, article.text[span.start : span.end], span.start)
        sources.append(Source(number, article, link, stories.summarise(article)))
    return tuple(sources)


def _build_quotes(attempt: _Attempt, sources: Sequence[Source]) -> Iterator[Quote]:
    numbers = {source.article.id: source.n for source in sources}
    for span in attempt.selection.spans:
        article = attempt.hits[span.hit].article
        yield Quote(
            text=article.text[span.start : span.end],
            source=numbers[article.id],
            article_id=article.id,
            start=span.start,
            highlights=span.highlights,
        )
