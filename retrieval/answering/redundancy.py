"""Agreement: what several articles say that the question does not is likely the answer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from retrieval.text.analysis import analyse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.model import Hit

# A headline is a sentence that someone chose: its words count for more than any other's.
_HEADLINE = 1.5
# Between counting votes alone (0) and weighing them by idf (1).
_RARITY = 0.5
_RAREST = 8.0
# A term that no article holds has the highest idf that the collection can give.
_UNHEARD = "\0"


def measure_redundancy(
    query_terms: QuestionTerms,
    sentences: Sequence[Sequence[str]],
    weights: Sequence[tuple[int, float]],
    hits: Sequence[Hit],
    idf: Callable[[str], float],
) -> dict[str, float]:
    """The worth of each term that is not in the question.

    `sentences` gives the terms of each sentence, `weights` its hit and strength. Each article votes
    for a term once, with the strength of the strongest sentence that holds it, after
    redundancy-based answering (Dumais et al. 2002); its headline votes as well, with the square of
    the share of the question that it covers. The names of the outlets are left out.
    """
    strongest: list[dict[str, float]] = [{} for _ in hits]
    by_strength = sorted(zip(sentences, weights, strict=True), key=lambda pair: pair[1][1])
    for terms, (hit, strength) in by_strength:
        strongest[hit] |= dict.fromkeys(terms, strength)
    tally: dict[str, float] = {}
    for heard in strongest:
        for term in heard.keys() - query_terms.columns.keys() - {""}:
            tally[term] = tally.get(term, 0.0) + heard[term]
    _add_headlines(tally, query_terms, hits)
    silent = {
        term
        for hit in hits
        for term in analyse(hit.article.outlet.replace(".", " "), hit.article.language)
    }
    rarest = min(idf(_UNHEARD), _RAREST)
    return {
        term: votes * min(idf(term) / rarest, 1.0) ** _RARITY
        for term, votes in tally.items()
        if term not in silent
    }


def _add_headlines(
    tally: dict[str, float], query_terms: QuestionTerms, hits: Sequence[Hit]
) -> None:
    total = float(query_terms.idf.sum()) or 1.0
    best = hits[0].score or 1.0
    for hit in hits:
        terms = set(analyse(hit.article.title, hit.article.language))
        held = (
            query_terms.idf[at]
            for at in {query_terms.columns[t] for t in terms if t in query_terms.columns}
        )
        covered = math.fsum(held) / total  # the same in whatever order the set gives its terms
        for term in terms & tally.keys():
            tally[term] += _HEADLINE * covered**2 * hit.score / best
