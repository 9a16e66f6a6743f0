"""What a question looks for: its terms, what each is worth, and what fits as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answering.type_match import fit_of
from retrieval.question.answer_type import asking_clause
from retrieval.text.analysis import analyse
from retrieval.text.synonyms import find_forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from retrieval.answering.type_match import Fit
    from retrieval.question.question import Question


# Kinds whose answer may be any words.
_SHAPELESS = frozenset(("thing", "definition", "statement", "reason", "yes_no", "news"))


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """The terms of a question in columns, where the forms that stand for a term share its column.

    `idf` weighs all of them, `clause_idf` those of the clause that asks, `name_idf` those of the
    names. `pairs` are neighbouring terms with the sum of their idf. `focus` is the term of the noun
    asked for. `fit` says how well a word of a sentence could be the answer; one that is `shapeless`
    may be any words, for neither a name nor a number nor a sort of thing is asked for.
    """

    columns: dict[str, int]
    idf: NDArray[np.float64]
    clause_idf: NDArray[np.float64]
    name_idf: NDArray[np.float64]
    pairs: dict[tuple[str, str], float]
    focus: frozenset[str]
    fit: Fit
    shapeless: bool = False


def build_question_terms(
    question: Question, idf: Callable[[str], float], language: str = "en"
) -> QuestionTerms:
    """Look up what each term of the question is worth; `language` is that of what is searched."""
    ordered = analyse(question.query, language)
    columns = {term: at for at, term in enumerate(dict.fromkeys(ordered))}
    weights = np.array([idf(term) for term in columns])
    clause = set(analyse(asking_clause(question.text, language), language))
    names = {term for name in question.entities for term in analyse(name, language)}
    by_term = {form: at for term, at in columns.items() for form in find_forms(term)} | columns
    return QuestionTerms(
        columns=by_term,
        idf=weights,
        clause_idf=weights * np.array([term in clause for term in columns], dtype=bool),
        name_idf=weights * np.array([term in names for term in columns], dtype=bool),
        pairs={
            (one, two): float(weights[columns[one]] + weights[columns[two]])
            for one, two in pairwise(ordered)
        },
        focus=frozenset(analyse(question.focus, language)) if question.focus else frozenset(),
        fit=fit_of(question.answer_type, question.focus, language),
        shapeless=question.answer_type in _SHAPELESS and not question.focus,
    )
