"""How likely each candidate is to hold the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.index.analysis import analyse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.question import Question
    from retrieval.selection.candidates import Candidate


def score_candidates(
    question: Question, candidates: Sequence[Candidate], idf: Callable[[str], float]
) -> list[float]:
    """The share of the question's idf that each candidate and its neighbours hold, 0 to 1."""
    wanted = {term: idf(term) for term in set(analyse(question.query))}
    total = sum(wanted.values()) or 1.0
    own = [sum(wanted.get(t, 0.0) for t in set(c.terms)) / total for c in candidates]
    return [score + 0.2 * _beside(own, candidates, i) for i, score in enumerate(own)]


def _beside(own: list[float], candidates: Sequence[Candidate], at: int) -> float:
    near = (at - 1, at + 1)
    return sum(
        own[i] for i in near if 0 <= i < len(candidates) and candidates[i].hit == candidates[at].hit
    )
