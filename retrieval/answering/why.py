"""A reason: the sentence that gives the cause, or what happened with the sentence that says why."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from retrieval.answering.evidence import gives_cause, may_give_cause
from retrieval.answering.fact import choose_fact
from retrieval.answering.sentences import HEADLINE
from retrieval.answering.weights import WEIGHTS

if TYPE_CHECKING:
    from retrieval.answering.findings import Excerpt, Findings

# How many sentences after what happened may say why.
_AFTER = 2


def choose_why(findings: Findings) -> tuple[Excerpt, ...]:
    """The likeliest sentence with a cause of its own, or together with one just after it.

    None where no sentence that is likely enough has a word for a cause.
    """
    ranked = list(islice(findings.excerpts(), WEIGHTS.rivals))
    if not ranked:
        return ()
    best = findings.scores[ranked[0][0]]
    for row, excerpt in ranked:
        if findings.scores[row] < best - WEIGHTS.cause_margin:
            break
        if gives_cause(excerpt.text, excerpt.article.language) and not excerpt.headline:
            return (excerpt,)
        joined = _join_cause(findings, row, excerpt)
        if joined is not None:
            return (joined,)
    return tuple(
        one for one in choose_fact(findings) if may_give_cause(one.text, one.article.language)
    )


def _join_cause(findings: Findings, row: int, excerpt: Excerpt) -> Excerpt | None:
    """The excerpt up to the sentence after it that gives a cause, where it fits into a quote."""
    own = int(findings.features.rows[row])
    if findings.candidates[own].place == HEADLINE:
        return None
    for at in range(own + 1, own + 1 + _AFTER):
        if not findings.adjoins(at - 1, at):
            return None
        end = findings.candidates[at].end
        if end - excerpt.start > WEIGHTS.longest_quote:
            return None
        if gives_cause(findings.candidates[at].text, excerpt.article.language):
            return replace(excerpt, end=end)
    return None
