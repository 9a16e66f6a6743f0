"""From hits to the stretches of text to quote, and the confidence that they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answering.confidence import estimate_confidence
from retrieval.answering.features import FEATURES, extract_features, leans_back
from retrieval.answering.highlights import find_highlights
from retrieval.answering.logistic import read_model
from retrieval.answering.question_terms import build_question_terms
from retrieval.answering.quote_set import QuoteCandidate, choose_quotes
from retrieval.answering.sentences import find_candidates
from retrieval.text.background import smooth_idf
from retrieval.text.boilerplate import is_heading, leads_on, names_nothing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from retrieval.answering.features import SentenceFeatures
    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.answering.sentences import Candidate
    from retrieval.index import Snapshot
    from retrieval.model import Hit
    from retrieval.question.question import Question

# What speaking of the rarest word asked counts for, beside the best agreement.
_ASKED = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """Whole sentences of one hit's text, `start` to `end`; highlights count from `start`."""

    hit: int
    start: int
    end: int
    highlights: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What to quote, the most telling first, and how likely it is that the coverage answers."""

    spans: tuple[Span, ...]
    confidence: float

    def answers(self, threshold: float) -> bool:
        """Whether there is something to quote, and enough confidence to do so."""
        return bool(self.spans) and self.confidence >= threshold


def select_quotes(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Selection:
    """Choose the sentences of the hits that answer best; none where nothing can be looked for."""
    idf = smooth_idf(snapshot.idf, len(snapshot))
    query_terms = build_question_terms(question, idf, question.language)
    candidates = find_candidates(hits) if query_terms.columns else []
    if not candidates:
        return Selection((), 0.0)
    seen = extract_features(query_terms, candidates, hits, snapshot.idf)
    scores = read_model("sentence_model", FEATURES).log_odds(seen.matrix)
    contents = _weigh_contents(seen, query_terms)
    pool = _build_pool([candidates[row] for row in seen.rows], scores, contents, query_terms, hits)
    runs = choose_quotes(pool)
    best = max(
        (seen.redundancy.get(t, 0.0) for run in runs for r in run for t in pool[r].contents),
        default=0,
    )
    spans = [
        _build_span([pool[row].candidate for row in run], hits, query_terms, seen, best)
        for run in runs
    ]
    confidence = estimate_confidence(seen, scores, hits, question.as_of, snapshot.span)
    return Selection(tuple(spans), confidence)


def _build_pool(
    candidates: Sequence[Candidate],
    scores: NDArray[np.float64],
    contents: Sequence[Mapping[str, float]],
    query_terms: QuestionTerms,
    hits: Sequence[Hit],
) -> list[QuoteCandidate]:
    """What may be quoted, in reading order: all but the headings."""
    pool: list[QuoteCandidate] = []
    for candidate, score, said in zip(candidates, scores, contents, strict=True):
        if is_heading(candidate.text):
            continue
        gap = _gap(pool[-1].candidate, candidate, hits) if pool else None
        idle = leads_on(candidate.text) or (
            names_nothing(candidate.text) and query_terms.columns.keys().isdisjoint(candidate.terms)
        )
        pool.append(
            QuoteCandidate(
                candidate,
                score=float(score),
                contents=said,
                leans=leans_back(candidate.text),
                adjoins=gap is not None,
                follows=gap is not None and gap.count("\n") <= 1,
                idle=idle,
            )
        )
    return pool


def _gap(before: Candidate, here: Candidate, hits: Sequence[Hit]) -> str | None:
    """The white space between two sentences; none where one does not directly follow the other."""
    if before.hit != here.hit:
        return None
    between = hits[here.hit].article.text[before.end : here.start]
    return None if between.strip() else between


def _weigh_contents(seen: SentenceFeatures, query_terms: QuestionTerms) -> list[dict[str, float]]:
    """For each sentence what it could add to a reply.

    Terms that could answer count by their agreement, 1 for the highest; terms of the asking clause
    by their idf, `_ASKED` for the rarest, so that a reply speaks of all that was asked.
    """
    rarest = float(query_terms.clause_idf.max(initial=0.0)) or 1.0
    asked = {
        t: _ASKED * float(query_terms.clause_idf[at]) / rarest
        for t, at in query_terms.columns.items()
    }
    top = max((vote for votes in seen.answer_terms for vote in votes.values()), default=0.0) or 1.0
    return [
        {term: vote / top for term, vote in votes.items()}
        | {term: asked[term] for term in terms if term in asked}
        for votes, terms in zip(seen.answer_terms, seen.terms, strict=True)
    ]


def _build_span(
    run: Sequence[Candidate],
    hits: Sequence[Hit],
    query_terms: QuestionTerms,
    seen: SentenceFeatures,
    best: float,
) -> Span:
    start, end, article = run[0].start, run[-1].end, hits[run[0].hit].article
    text = article.text[start:end]
    highlights = find_highlights(text, article.language, query_terms, seen.redundancy, best)
    return Span(run[0].hit, start, end, highlights)
