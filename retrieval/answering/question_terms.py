"""What a question looks for: its terms, what each is worth, and what fits as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answering.type_match import fit_of
from retrieval.answering.weights import WEIGHTS
from retrieval.question.answer_type import asking_clause
from retrieval.text.analysis import analyse
from retrieval.text.synonyms import expand_query, find_phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from retrieval.answering.type_match import Fit
    from retrieval.question.answer_type import AnswerType
    from retrieval.question.question import Question


# Words of a question that an answer of the type stands for by itself.
_TYPE_WORDS: dict[AnswerType, str] = {
    "date": "date day time year month",
    "amount": "price cost costs pricing paid pay worth amount much expensive money",
    "number": "number count amount total many",
    "percent": "percent percentage share proportion much",
    "duration": "long duration length time",
    "person": "person man woman",
    "reason": "reason cause why explain",
    "statement": "say said think thought statement comment react reaction",
    "list": "list name names",
    "definition": "meaning definition mean",
    "version": "version release latest newest",
    "thing": "name kind type sort role",
}
# Words that ask for the present state, which no report needs to say.
_PRESENT_WORDS = "next latest newest new current currently now recent upcoming last today still"
# Kinds whose answer may be any words.
_SHAPELESS = frozenset(("thing", "definition", "statement", "reason", "yes_no", "news"))


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The terms of a question in columns, where the forms that stand for a term share its column.

    `idf` weighs all of them, `clause_idf` those of the clause that asks, `name_idf` those of the
    names, `asked_idf` those asked of the names, without the words that an answer of the type stands
    for ("price" where an amount is asked for); `needed_idf` both. `pairs` are neighbouring terms
    with the sum of their idf. `focus` are the terms of the noun asked for. `fit` says how well a
    word of a sentence could be the answer; one that is `shapeless` may be any words, for neither a
    name nor a number nor a sort of thing is asked for.
    """

    question: Question
    language: str
    columns: dict[str, int]
    idf: NDArray[np.float64]
    clause_idf: NDArray[np.float64]
    name_idf: NDArray[np.float64]
    asked_idf: NDArray[np.float64]
    needed_idf: NDArray[np.float64]
    pairs: dict[tuple[str, str], float]
    focus: frozenset[str]
    fit: Fit
    shapeless: bool = False


def build_question_terms(
    question: Question, idf: Callable[[str], float], language: str = "en"
) -> QuestionTerms:
    """Look up what each term of the question is worth; `language` is that of what is searched."""
    ordered = analyse(question.query, language)
    expanded = expand_query(question.query, language)
    columns = {term: at for at, term in enumerate(dict.fromkeys(ordered))}
    weights = np.array([idf(term) for term in columns])
    clause = set(analyse(asking_clause(question.text, language), language))
    names = {term for name in question.entities for term in analyse(name, language)}
    typed = set(analyse(_TYPE_WORDS.get(question.answer_type, ""), language))
    typed |= set(analyse(_PRESENT_WORDS, language)) if question.newest else set()
    focus = set(analyse(question.focus, language)) if question.focus else set()
    name_idf = weights * np.array([term in names for term in columns], dtype=bool)
    asked_idf = weights * np.array(
        [term not in names and term not in typed for term in columns], dtype=bool
    )
    by_term = _join_synonyms(columns, expanded, _find_phrased(question.query, language))
    return QuestionTerms(
        question=question,
        language=language,
        columns=by_term,
        idf=weights,
        clause_idf=weights * np.array([term in clause for term in columns], dtype=bool),
        name_idf=name_idf,
        asked_idf=asked_idf,
        needed_idf=name_idf + asked_idf,
        pairs={
            (one, two): float(weights[columns[one]] + weights[columns[two]])
            for one, two in pairwise(ordered)
            if one in by_term and two in by_term
        },
        focus=frozenset(focus | {near for term in focus for near in expanded.get(term, ())}),
        fit=fit_of(question.answer_type, question.focus, language),
        shapeless=question.answer_type in _SHAPELESS and not question.focus,
    )


def _join_synonyms(
    columns: dict[str, int], expanded: Mapping[str, Mapping[str, float]], phrased: set[str]
) -> dict[str, int]:
    """The columns with the terms that may stand for one; where two claim a word, the surer.

    The first word of a phrase ("come" of "come out") says nothing by itself.
    """
    claims = sorted(
        (weight, near, at)
        for term, at in columns.items()
        for near, weight in expanded.get(term, {}).items()
        if weight >= WEIGHTS.synonym
    )
    return {near: at for _, near, at in claims} | {
        term: at for term, at in columns.items() if term not in phrased
    }


def _find_phrased(query: str, language: str) -> set[str]:
    words = query.lower().split()
    return {
        term for at, _ in find_phrases(words, language) for term in analyse(words[at], language)
    }
