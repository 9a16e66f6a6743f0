"""One fact: the quote that answers, the newest statement first."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from retrieval.answering.attempts import MOVING
from retrieval.answering.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.answering.findings import Excerpt, Findings

_SAME = 0.01
# Of what is not there yet, in English.
_FUTURE = re.compile(
    r"\b(?:upcoming|next|coming|will|plans?|planned|expected|soon|beta|preview|candidate)\b",
    re.IGNORECASE,
)


def choose_fact(findings: Findings) -> tuple[Excerpt, ...]:
    """The quote that answers; where a newer one says it as well, that."""
    ranked = list(islice(findings.excerpts(), WEIGHTS.rivals))
    return (_newest(findings, ranked)[1],) if ranked else ()


def _newest(findings: Findings, ranked: Sequence[tuple[int, Excerpt]]) -> tuple[int, Excerpt]:
    """The newest of those that say it nearly as well as the best."""
    best = ranked[0]
    margin = _margin(findings)
    rivals = [one for one in ranked if _says_as_much(findings, one[0], best[0], margin)]
    if findings.terms.question.newest and not _FUTURE.search(findings.terms.question.text):
        rivals = [one for one in rivals if not _FUTURE.search(one[1].text)] or rivals
    return max(rivals, key=_day)


def _day(ranked: tuple[int, Excerpt]) -> int:
    day = ranked[1].article.day
    return day.toordinal() if day else 0


def _margin(findings: Findings) -> float:
    question = findings.terms.question
    if question.newest:
        return WEIGHTS.newer_of_present
    return WEIGHTS.newer_of_moving if question.answer_type in MOVING else WEIGHTS.newer


def _says_as_much(findings: Findings, row: int, best: int, margin: float) -> bool:
    if row == best:
        return True
    return (
        findings.scores[row] >= findings.scores[best] - margin
        and not findings.value(row, "no_slot")
        and findings.value(row, "entity") >= findings.value(best, "entity") - _SAME
        and findings.value(row, "attribute_near") >= findings.value(best, "attribute_near") - _SAME
    )
