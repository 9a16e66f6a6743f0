"""From a question to quotes with their sources in the form asked for, or to an abstention."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from retrieval.answering.attempts import DAY_AHEAD, Attempt, search_for_answer
from retrieval.answering.fact import choose_fact
from retrieval.answering.findings import Excerpt
from retrieval.answering.first_reports import find_first_reports
from retrieval.answering.listing import choose_list
from retrieval.answering.reply import Reply
from retrieval.answering.slots import TYPED
from retrieval.answering.summary import list_news, summarise
from retrieval.answering.text_fragments import build_deep_link
from retrieval.answering.weights import WEIGHTS
from retrieval.answering.why import choose_why
from retrieval.answering.yes_no import choose_yes_no
from retrieval.model import Answer, Hit, Quote, Source, Window
from retrieval.text.analysis import analyse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retrieval.answering.findings import Findings
    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.index import Snapshot
    from retrieval.model import Article, Form, Lead
    from retrieval.question.question import Question
    from retrieval.stories.finding import StoryFinder

_NEAREST = 3
# Words for any story, in English.
_ANY_STORY = frozenset(
    ("story", "saga", "affair", "news", "situation", "drama", "controversy", "the", "case")
)
_CHOOSERS: dict[Form, Callable[[Findings], tuple[Excerpt, ...]]] = {
    "why": choose_why,
    "list": choose_list,
}


def answer_question(
    question: Question,
    snapshot: Snapshot,
    stories: StoryFinder,
    *,
    threshold: float = WEIGHTS.answered,
) -> Answer:
    """Answer from the snapshot, or abstain.

    Days and an outlet that the question names are kept to while they hold an answer; else the whole
    coverage is searched, and a note says so. `stories` says who else tells a source. Below the
    confidence `threshold`, 0 to 1, nothing is quoted: the `closest` sentences are given where they
    are near enough, else only headlines that share a name with the question, at most three.
    """
    started = time.perf_counter()
    if question.form == "summary":
        question = _name_subject(question)
    attempt = search_for_answer(question, snapshot, threshold)
    if attempt.findings and _says_enough(attempt.findings.terms):
        threshold = min(threshold, WEIGHTS.relieved)
    reply = _reply(question, attempt, snapshot, stories, threshold)
    sources = _build_sources(reply.excerpts or reply.closest, stories)
    articles = reply.articles or tuple(hit.article for hit in attempt.hits)
    answered = bool(reply.excerpts)
    asked = attempt.findings.terms.question if attempt.findings else question
    answer = Answer(
        question=question.text,
        answered=answered,
        confidence=reply.confidence,
        as_of=question.as_of,
        span=snapshot.span,
        window=attempt.filters.window if question.window else None,
        form=reply.form,
        lead=reply.lead,
        quotes=tuple(_build_quotes(reply.excerpts, sources)),
        closest=tuple(_build_quotes(reply.closest, sources)),
        sources=sources,
        nearest=() if answered else tuple(_find_nearest(asked, attempt.hits)),
        more=_leave_out(sources, articles) if answered else (),
        notes=(*attempt.notes, *reply.notes),
    )
    context = asked.to_context(tuple(dict.fromkeys(s.article.id for s in sources)))
    return replace(answer, context=context, took_ms=(time.perf_counter() - started) * 1000)


def _name_subject(question: Question) -> Question:
    """The request without the words for any story: "the harbour saga"."""
    said = question.query.split()
    left = [word for word in said if word.lower() not in _ANY_STORY]
    return replace(question, query=" ".join(left)) if left else question


def _reply(
    question: Question,
    attempt: Attempt,
    snapshot: Snapshot,
    stories: StoryFinder,
    threshold: float,
) -> Reply:
    """The reply in its form, or what is closest."""
    if question.form == "news" and not (question.entities or question.attribute):
        return _tell_newest(snapshot, attempt)
    if question.parts:
        reply = _answer_parts(question, snapshot, threshold)
        if reply.excerpts:
            return reply
    points_back = bool(question.reporting and question.articles)
    if attempt.confidence < threshold and not (points_back or _is_about(question, attempt)):
        return _abstain(attempt)
    if question.reporting:
        hits = tuple(_point_back(question, snapshot)) or attempt.hits
        told = find_first_reports(question, hits, stories, until=question.as_of + DAY_AHEAD)
        if told:
            return Reply(
                form="reports",
                confidence=attempt.confidence,
                excerpts=told.reports,
                notes=(told.note,),
                articles=told.articles,
            )
    excerpts, lead = _assemble(question, attempt, stories)
    if not excerpts:
        return _abstain(attempt)
    return Reply(form=question.form, confidence=attempt.confidence, excerpts=excerpts, lead=lead)


def _says_enough(terms: QuestionTerms) -> bool:
    """Whether a question is long enough to be answered sooner; a number is right or wrong."""
    long = len(terms.idf) >= WEIGHTS.relieved_question
    return long and terms.question.answer_type not in TYPED


def _tell_newest(snapshot: Snapshot, attempt: Attempt) -> Reply:
    """The newest headlines of the coverage, in the days that were asked about."""
    known = attempt.question.as_of + DAY_AHEAD
    window = attempt.filters.window or Window()
    until = min(window.until, known) if window.until else known
    filters = replace(attempt.filters, window=Window(window.since, until))
    ranking = snapshot.search("", filters=filters, sort="newest", limit=WEIGHTS.most_quotes)
    excerpts = tuple(
        Excerpt(hit.article, 0, len(hit.article.title), headline=True)
        for hit in ranking.hits
        if hit.article.title and hit.article.day
    )
    return Reply(form="news" if excerpts else "none", confidence=1.0, excerpts=excerpts)


def _point_back(question: Question, snapshot: Snapshot) -> Iterator[Hit]:
    """The articles quoted before, where the question points back at them."""
    for rank, name in enumerate(question.articles, start=1):
        with suppress(KeyError):
            yield Hit(rank, 1.0 / rank, snapshot.article(name), ())


def _is_about(question: Question, attempt: Attempt) -> bool:
    """Whether a summary or news may be given: one report speaks of nearly all that is named."""
    if question.form not in ("summary", "news", "reports") or attempt.findings is None:
        return False
    return float(attempt.findings.features.article_share.max()) >= WEIGHTS.about


def _assemble(
    question: Question, attempt: Attempt, stories: StoryFinder
) -> tuple[tuple[Excerpt, ...], Lead | None]:
    if attempt.findings is None:
        return (), None
    if question.form == "yes_no":
        return choose_yes_no(attempt.findings)
    if question.form == "summary":
        return summarise(attempt, stories), None
    if question.form == "news":
        return list_news(attempt), None
    return _CHOOSERS.get(question.form, choose_fact)(attempt.findings), None


def _answer_parts(question: Question, snapshot: Snapshot, threshold: float) -> Reply:
    """Each part by itself, in the order asked: two questions in one, or the sides compared."""
    excerpts: list[Excerpt] = []
    sure = []
    for number, part in enumerate(question.parts):
        attempt = search_for_answer(part, snapshot, threshold)
        sure.append(attempt.confidence)
        if attempt.confidence < threshold or attempt.findings is None:
            continue
        label = question.sides[number] if question.sides else part.reading
        excerpts += [replace(one, label=label) for one in choose_fact(attempt.findings)]
    return Reply(form=question.form, confidence=max(sure, default=0.0), excerpts=tuple(excerpts))


def _abstain(attempt: Attempt) -> Reply:
    """What is closest, where it is near enough to be worth a look."""
    findings = attempt.findings
    if findings is None or attempt.confidence < WEIGHTS.unsure:
        return Reply(form="none", confidence=attempt.confidence)
    closest = tuple(one for _, one in islice(findings.excerpts(), WEIGHTS.closest))
    return Reply(
        form="unsure" if closest else "none", confidence=attempt.confidence, closest=closest
    )


def _find_nearest(question: Question, hits: Sequence[Hit]) -> Iterator[Article]:
    """The articles whose headline shares a name with the question, or else what is asked."""
    names = question.entities or question.attribute
    return islice(
        (
            hit.article
            for hit in hits
            if not set(analyse(hit.article.title, hit.article.language)).isdisjoint(
                term for name in names for term in analyse(name, hit.article.language)
            )
        ),
        _NEAREST,
    )


def _build_sources(excerpts: Sequence[Excerpt], stories: StoryFinder) -> tuple[Source, ...]:
    """The articles behind the quotes, numbered in the order in which they are quoted."""
    first = {one.article.id: one for one in reversed(excerpts)}
    sources = []
    for number, name in enumerate(dict.fromkeys(one.article.id for one in excerpts), start=1):
        one = first[name]
        link = (
            one.article.url if one.headline else build_deep_link(one.article, one.text, one.start)
        )
        sources.append(Source(number, one.article, link, stories.summarise(one.article)))
    return tuple(sources)


def _build_quotes(excerpts: Sequence[Excerpt], sources: Sequence[Source]) -> Iterator[Quote]:
    numbers = {source.article.id: source.n for source in sources}
    for one in excerpts:
        yield Quote(
            text=one.text,
            source=numbers[one.article.id],
            article_id=one.article.id,
            start=one.start,
            highlights=one.highlights,
            headline=one.headline,
            earlier=one.earlier,
            label=one.label,
        )


def _leave_out(cited: Sequence[Source], articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles that are not cited already."""
    known = {source.article.id for source in cited}
    return tuple(article for article in articles if article.id not in known)
