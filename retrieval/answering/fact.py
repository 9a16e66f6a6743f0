"""One fact: the quote that answers, the newest statement first."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from retrieval.answering.attempts import MOVING
from retrieval.answering.newest_version import find_newest_version
from retrieval.answering.slots import TYPED
from retrieval.answering.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.answering.findings import Excerpt, Findings

_SHAPELESS = frozenset(("definition", "statement", "reason", "yes_no", "news"))
_SAME = 0.01
_LESS_NAMED = 0.5  # of the names a rival may leave to what stands above it
# Of what is not there yet, in English.
_FUTURE = re.compile(
    r"\b(?:upcoming|next|coming|will|plans?|planned|expected|soon|beta|preview|candidate)\b",
    re.IGNORECASE,
)


def choose_fact(findings: Findings) -> tuple[Excerpt, ...]:
    """The quote that answers; where a newer one says it as well, that.

    A long question may be answered by several sentences: then up to three.
    """
    ranked = list(islice(findings.excerpts(), WEIGHTS.rivals))
    if not ranked:
        return ()
    first = find_newest_version(findings) or _prefer_sentence(
        findings, ranked, _newest(findings, ranked)
    )
    return (first[1], *_add_quotes(findings, ranked, first))


def _prefer_sentence(
    findings: Findings, ranked: Sequence[tuple[int, Excerpt]], first: tuple[int, Excerpt]
) -> tuple[int, Excerpt]:
    """In place of a headline the likeliest sentence that says as much, of the same day or later."""
    if not first[1].headline:
        return first
    margin = WEIGHTS.headline_margin
    rivals = (
        one
        for one in ranked
        if not one[1].headline
        and _day(one) >= _day(first)
        and _says_as_much(findings, one[0], first[0], margin)
    )
    return next(rivals, first)


def _add_quotes(
    findings: Findings, ranked: Sequence[tuple[int, Excerpt]], first: tuple[int, Excerpt]
) -> Iterator[Excerpt]:
    """The next likely sentences, where the question is long enough to say what it wants."""
    most = _most_quotes(findings, first[0])
    least = findings.scores[first[0]] - WEIGHTS.further_margin
    characters, count = len(first[1].text), 1
    for row, one in ranked:
        if one == first[1] or one.headline or findings.scores[row] < least or count >= most:
            continue
        if characters + len(one.text) <= WEIGHTS.most_characters:
            characters, count = characters + len(one.text), count + 1
            yield one


def _most_quotes(findings: Findings, row: int) -> int:
    """One for a short question: a member who types three words reads one sentence.

    One is enough where the best row gives the number or the day that was asked for.
    """
    terms = len(findings.terms.idf)
    question = findings.terms.question
    if question.answer_type in _SHAPELESS:
        return 1
    given = question.answer_type in TYPED and not findings.features.check.lacking[row]
    full = not given and terms >= WEIGHTS.full_question
    return 1 + full + (terms >= WEIGHTS.long_question)


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
    if question.newest or findings.features.check.post:
        return WEIGHTS.newer_of_present
    if question.answer_type == "date":
        return WEIGHTS.newer_of_dates
    return WEIGHTS.newer_of_moving if question.answer_type in MOVING else WEIGHTS.newer


def _says_as_much(findings: Findings, row: int, best: int, margin: float) -> bool:
    if row == best:
        return True
    return (
        findings.scores[row] >= findings.scores[best] - margin
        and not findings.features.check.lacking[row]
        and findings.value(row, "entity") >= findings.value(best, "entity") - _SAME
        and findings.value(row, "entity_own") >= findings.value(best, "entity_own") - _LESS_NAMED
        and findings.value(row, "attribute_near") >= findings.value(best, "attribute_near") - _SAME
    )
