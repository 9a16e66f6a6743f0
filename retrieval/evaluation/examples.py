"""What is seen of one question, for those who train on many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answering.features import extract_features
from retrieval.answering.question_terms import build_question_terms
from retrieval.answering.sentences import find_candidates
from retrieval.evaluation.answer_in_reply import holds_run
from retrieval.question.question import parse_question
from retrieval.text.background import smooth_idf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.answering.features import SentenceFeatures
    from retrieval.evaluation.dataset import DevelopmentSet, Query
    from retrieval.index import Snapshot
    from retrieval.model import Hit

HITS = 10
# The questions of an encyclopedia are asked on no day in particular.
UNDATED = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Example:
    """One question asked: what was seen, and which sentences of its own article answer it.

    `page` is the title of the page that its article is of.
    """

    page: str
    seen: SentenceFeatures
    hits: Sequence[Hit]
    answers: NDArray[np.bool_]


def look(squad: DevelopmentSet, snapshot: Snapshot, query: Query) -> Example | None:
    """Ask as the product does; none where nothing was found."""
    question = parse_question(query.text, as_of=UNDATED)
    hits = snapshot.search(question.query, limit=HITS).hits
    query_terms = build_question_terms(
        question, smooth_idf(snapshot.idf, len(snapshot)), snapshot.language
    )
    candidates = find_candidates(hits) if query_terms.columns else []
    if not candidates:
        return None
    seen = extract_features(query_terms, candidates, hits, snapshot.idf)
    own = find_own(squad, query)
    answers = [
        hits[candidates[row].hit].article.id == own
        and holds_run(candidates[row].text, query.answers)
        for row in seen.rows
    ]
    page = next(article.title for article in squad.articles if article.id == own)
    return Example(page, seen, hits, np.array(answers, dtype=bool))


def find_own(squad: DevelopmentSet, query: Query) -> str:
    """The id of the one article that a question of SQuAD was written for."""
    (own,) = squad.qrels[query.id]
    return own
