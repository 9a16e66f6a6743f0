"""From a question to quotes with their sources, or to an abstention."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from retrieval.deep_links import build_deep_link
from retrieval.index.analysis import analyse, analyse_with_offsets
from retrieval.model import Answer, Filters, Quote, Source, Window
from retrieval.selection.candidates import find_candidates
from retrieval.selection.choosing import choose_candidates
from retrieval.selection.scoring import score_candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.index import Snapshot
    from retrieval.model import Article, Hit, StorySummary
    from retrieval.question import Question
    from retrieval.selection.candidates import Candidate

THRESHOLD = 0.5
_HITS = 10
_NEAREST = 3
# A report dated tomorrow in UTC may be out today where the question is asked.
_DAY_AHEAD = timedelta(days=1)


def answer_question(
    question: Question, snapshot: Snapshot, story_of: Callable[[Article], StorySummary]
) -> Answer:
    """Answer from the snapshot, or abstain with the nearest headlines."""
    started = time.perf_counter()
    hits, notes = _search(question, snapshot)
    candidates = find_candidates(hits)
    scores = score_candidates(question, candidates, snapshot.idf)
    chosen = choose_candidates(candidates, scores)
    confidence = min(1.0, max(scores, default=0.0))
    answered = bool(chosen) and confidence >= THRESHOLD
    sources = _sources(chosen, hits, story_of) if answered else ()
    return Answer(
        question=question.text,
        answered=answered,
        confidence=confidence,
        as_of=question.as_of,
        span=snapshot.span,
        window=question.window,
        quotes=_quotes(question, chosen, hits, sources),
        sources=sources,
        nearest=() if answered else tuple(hit.article for hit in hits[:_NEAREST]),
        more=tuple(hit.article for hit in hits) if answered else (),
        notes=question.notes + notes,
        subject=question.subject,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def _search(question: Question, snapshot: Snapshot) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
    window = question.window or Window(until=question.as_of + _DAY_AHEAD)
    filters = Filters(window=window if question.window else None, outlet=question.outlet)
    ranking = snapshot.search(question.query, filters=filters, limit=_HITS, as_of=question.as_of)
    if ranking.hits or question.strict or filters == Filters():
        return ranking.hits, ()
    ranking = snapshot.search(question.query, limit=_HITS, as_of=question.as_of)
    return ranking.hits, ("Nothing there; searched the whole coverage.",)


def _sources(
    chosen: Sequence[Candidate],
    hits: Sequence[Hit],
    story_of: Callable[[Article], StorySummary],
) -> tuple[Source, ...]:
    first = {candidate.hit: candidate for candidate in reversed(chosen)}
    return tuple(
        Source(
            n=number,
            article=(article := hits[hit].article),
            deep_link=build_deep_link(article, first[hit].text, first[hit].start),
            story=story_of(article),
        )
        for number, hit in enumerate(dict.fromkeys(c.hit for c in chosen), start=1)
    )


def _quotes(
    question: Question, chosen: Sequence[Candidate], hits: Sequence[Hit], sources: Sequence[Source]
) -> tuple[Quote, ...]:
    wanted = frozenset(analyse(question.query))
    numbers = {source.article.id: source.n for source in sources}
    return tuple(
        Quote(
            text=candidate.text,
            source=numbers[article.id],
            article_id=article.id,
            start=candidate.start,
            highlights=tuple(
                (start, end)
                for term, start, end in analyse_with_offsets(candidate.text, article.language)
                if term in wanted
            ),
        )
        for candidate in chosen
        if (article := hits[candidate.hit].article).id in numbers
    )
