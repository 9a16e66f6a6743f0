"""What is seen of one question, for those who train on many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answering.findings import shortlist_sentences
from retrieval.answering.weights import WEIGHTS
from retrieval.evaluation.answer_in_reply import holds_run
from retrieval.question.question import parse_question
from retrieval.text.analysis import analyse_all, stop_words
from retrieval.text.background import smooth_idf
from retrieval.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from retrieval.answering.findings import Shortlist
    from retrieval.evaluation.dataset import DevelopmentSet, Query
    from retrieval.index import Snapshot

# The questions of an encyclopedia are asked on no day in particular.
UNDATED = date(2020, 1, 1)
# The words of a short question.
_FEWEST = 4
# A sentence of another article than the judged one answers only if it speaks of what is asked.
_SPEAKS_OF_IT = 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """One question asked: what was seen, and which sentences answer it.

    `group` is what belongs together: a page, or the questions of one day.
    """

    group: str
    seen: Shortlist
    answers: NDArray[np.bool_]


def look(
    development: DevelopmentSet, snapshot: Snapshot, query: Query, *, own_only: bool
) -> Example | None:
    """Ask as the product does; none where nothing was found.

    With `own_only` a sentence answers only in an article that was judged right for the question.
    """
    as_of = query.as_of or UNDATED
    question = parse_question(query.text, as_of=as_of)
    ranking = snapshot.search(question.query, limit=WEIGHTS.hits, as_of=as_of)
    hits = [hit for hit in ranking.hits if not hit.article.day or hit.article.day <= as_of]
    seen = shortlist_sentences(question, hits, snapshot)
    if seen is None or not len(seen.features.rows):
        return None
    judged = development.qrels.get(query.id, {})
    places = [seen.candidates[row] for row in seen.features.rows]
    carried = seen.features.column("carried")
    answers = [
        (hits[one.hit].article.id in judged if own_only else bool(near > _SPEAKS_OF_IT))
        and holds_run(one.text, query.answers)
        for one, near in zip(places, carried, strict=True)
    ]
    return Example(_group(development, query), seen, np.array(answers, dtype=bool))


def _group(development: DevelopmentSet, query: Query) -> str:
    if query.as_of:
        return query.as_of.isoformat()
    own = next(iter(development.qrels[query.id]))
    return next(article.title for article in development.articles if article.id == own)


def vary(queries: Sequence[Query], snapshot: Snapshot) -> Iterator[Query]:
    """A third of the questions as it is, a third in lower case, a third cut to its rarest words."""
    for number, query in enumerate(queries):
        text = query.text.lower().rstrip("?. ")
        if number % 3 == 2:  # noqa: PLR2004  # the last third
            text = shorten(text, snapshot)
        yield replace(query, text=text) if number % 3 else query


def shorten(text: str, snapshot: Snapshot) -> str:
    """The question words of a text and its rarest other words, in their order."""
    asking = lexicon("en").listed("words")
    idf = smooth_idf(snapshot.idf, len(snapshot))
    words = text.split()
    worth = {
        word: max(
            (idf(term) for term in analyse_all(word) if term not in stop_words("en")), default=0
        )
        for word in words
    }
    rarest = set(sorted(worth, key=lambda word: -worth[word])[:_FEWEST])
    return " ".join(word for word in words if word in rarest or word in asking)
