"""The searches for one question: the narrowest that answers, unless a wider one is surer by far."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from retrieval.answering.findings import find_sentences
from retrieval.answering.weights import WEIGHTS
from retrieval.model import AnswerNote, Filters, Window
from retrieval.question.acronyms import expand_acronyms
from retrieval.text.synonyms import replace_phrases, vary_query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from retrieval.answering.findings import Findings
    from retrieval.index import Snapshot
    from retrieval.model import Hit, Ranking
    from retrieval.question.question import Question

# A report dated tomorrow in UTC may be out today where the question is asked.
DAY_AHEAD = timedelta(days=1)
# Types of answers that newer reports may have changed.
MOVING = frozenset(("date", "amount", "number", "version", "person", "organisation"))
# How far back the words for these days reach.
_LATELY = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One search and what it gave; `notes` tell the reader what was relaxed for it."""

    question: Question
    filters: Filters
    hits: tuple[Hit, ...]
    findings: Findings | None
    notes: tuple[AnswerNote, ...] = ()

    @property
    def confidence(self) -> float:
        """How likely the hits hold the answer, 0 to 1."""
        return self.findings.confidence if self.findings else 0.0


def search_for_answer(question: Question, snapshot: Snapshot, threshold: float) -> Attempt:
    """The search to show.

    The days in a question are those of an event as often as those of a report, so a filter that
    makes the answer doubtful was the wrong reading.
    """
    best: Attempt | None = None
    for filters, notes in _filters(question):
        attempt = _search(question, snapshot, filters, notes)
        if best is None or not best.hits or _is_surer(attempt, best, threshold):
            best = attempt
    if best is None:
        raise AssertionError("there is always one search to try")
    if best.confidence >= threshold:
        return best
    return replace(best, notes=tuple(note for note in best.notes if note.kind == "corrected"))


def _is_surer(wider: Attempt, narrower: Attempt, threshold: float) -> bool:
    if wider.confidence < threshold:
        return False
    gain = wider.confidence - narrower.confidence
    return gain > WEIGHTS.wider_margin or narrower.confidence < threshold


def _search(
    question: Question, snapshot: Snapshot, filters: Filters, notes: tuple[AnswerNote, ...]
) -> Attempt:
    """Search and rank; what was published after the as-of day is not known yet and left out."""
    known = question.as_of + DAY_AHEAD
    newest = snapshot.span.newest
    limit = WEIGHTS.hits if newest is None or newest <= known else 2 * WEIGHTS.hits
    asked = _put_days_back(question) if filters.window is None else question
    ranking = _rank(asked, snapshot, filters, limit)
    spelt = expand_acronyms(asked.query, (hit.article.title for hit in ranking.hits))
    if spelt != asked.query:
        asked = replace(asked, query=spelt)
        ranking = _rank(asked, snapshot, filters, limit)
    hits = tuple(hit for hit in ranking.hits if not hit.article.day or hit.article.day <= known)
    hits = hits[: WEIGHTS.hits]
    if _moves(question) and filters.window is None:
        hits = _add_newest(asked, snapshot, filters, hits)
    corrected = tuple(
        AnswerNote(kind="corrected", asked=old, searched=new) for old, new in ranking.corrections
    )
    findings = find_sentences(correct_question(asked, ranking), hits, snapshot)
    return Attempt(question, filters, hits, findings, notes + corrected)


def _rank(question: Question, snapshot: Snapshot, filters: Filters, limit: int) -> Ranking:
    return snapshot.search(
        _searched(question),
        filters=filters,
        limit=limit,
        # A summary is of all the time of a story, not of its last days.
        as_of=None if question.form == "summary" else _day_of_ranking(question, snapshot),
        language=question.language,
    )


def _searched(question: Question) -> str:
    """The words to search: for a day, "release" finds what "come out" does not."""
    if question.answer_type != "date":
        return question.query
    return replace_phrases(question.query, question.language)


def _moves(question: Question) -> bool:
    """Whether what is asked changes with the news, so that the newest reports must be read."""
    return question.newest or question.answer_type in MOVING


def _add_newest(
    question: Question, snapshot: Snapshot, filters: Filters, hits: tuple[Hit, ...]
) -> tuple[Hit, ...]:
    """The hits with the best ones of the last weeks of the coverage, in whatever words."""
    last = _day_of_ranking(question, snapshot)
    window = Window(last - timedelta(days=WEIGHTS.newest_days), last + DAY_AHEAD)
    known = {hit.article.id for hit in hits}
    newest: dict[str, Hit] = {}
    for query in (_searched(question), *vary_query(question.query, question.language)):
        ranking = snapshot.search(
            query,
            filters=replace(filters, window=window),
            limit=WEIGHTS.newest_hits,
            as_of=last,
            language=question.language,
        )
        for hit in ranking.hits:
            if hit.article.id not in known:
                newest.setdefault(hit.article.id, hit)
    kept = hits[: WEIGHTS.hits - WEIGHTS.newest_hits // 2]
    return (*kept, *newest.values())


def _day_of_ranking(question: Question, snapshot: Snapshot) -> date:
    """The day from which age is counted: no later than that of the newest report.

    So a question gets the same answer on the day, and a year later over the same coverage.
    """
    newest = snapshot.span.newest
    return min(question.as_of, newest) if newest else question.as_of


def _put_days_back(question: Question) -> Question:
    """The question with the words of its days in the query, which a window stood for."""
    if not question.when or question.when.casefold() in question.query.casefold():
        return question
    return replace(question, query=f"{question.query} {question.when}")


def correct_question(question: Question, ranking: Ranking) -> Question:
    """The question with the words that were searched in place of those that the coverage lacks."""
    if not ranking.corrections:
        return question
    query = question.query
    for typed, searched in ranking.corrections:
        query = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", searched, query, flags=re.IGNORECASE)
    return replace(question, query=query)


def _filters(question: Question) -> Iterator[tuple[Filters, tuple[AnswerNote, ...]]]:
    """Filters to try in turn, with what to tell the reader about what was given up."""
    window = None if _is_now(question) else question.window
    outlet = question.outlet
    yield Filters(window=window, outlet=outlet), ()
    # Who asks what is new, and of nobody, is not served by what is old.
    if question.strict or (window and question.form == "news" and not question.entities):
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
    if question.strict or question.form == "news" or window is None or window.since is None:
        return False
    return window.holds(question.as_of) and question.as_of - window.since <= _LATELY
