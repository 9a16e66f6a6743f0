"""A question for yes or no: the quote, and a verdict only where the quote itself gives it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.answering.fact import choose_fact
from retrieval.answering.polarity import HEDGES, count_negations, is_negated, limits
from retrieval.model import Lead
from retrieval.text.tokens import cut_words, find_starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from retrieval.answering.findings import Excerpt, Findings
    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.text.tokens import Word

_PARTS = re.compile(r"[;:()]|, (?:and|but|while|which|who)\b| (?:that|which|who|whose|where) ")
_ALL_OF_IT = 0.99


def choose_yes_no(findings: Findings) -> tuple[tuple[Excerpt, ...], Lead | None]:
    """The quote that tells, with a lead where it affirms or denies what was asked."""
    quotes = choose_fact(findings)
    return quotes, judge(findings, quotes[0]) if quotes else None


def judge(findings: Findings, quote: Excerpt) -> Lead | None:
    """Whether the quote affirms or denies; none where it hedges or leaves part of it out."""
    terms = findings.terms
    language = terms.language
    words = cut_words(quote.text, quote.article.language)
    asked = {at for at, word in enumerate(words) if _weighs(terms.asked_idf, terms, word)}
    named = {at for at, word in enumerate(words) if _weighs(terms.name_idf, terms, word)}
    denies_itself = count_negations(cut_words(terms.question.text, language), language)
    if denies_itself or HEDGES.search(quote.text) or not asked:
        return None
    if not _holds_all(terms.asked_idf, terms, words) or not _holds_all(
        terms.name_idf, terms, words
    ):
        return None
    if any(is_negated(words, at, language) for at in asked):
        return Lead("says_no")
    denied = count_negations(words, language) or limits(quote.text)
    return None if denied or not _in_one_clause(words, asked | named, quote) else Lead("says_yes")


def _holds_all(weights: NDArray[np.float64], terms: QuestionTerms, words: Sequence[Word]) -> bool:
    """Whether the words hold all that has weight."""
    total = float(weights.sum())
    held = {terms.columns[word.term] for word in words if word.term in terms.columns}
    return not total or sum(float(weights[column]) for column in held) >= _ALL_OF_IT * total


def _in_one_clause(words: Sequence[Word], asked: set[int], quote: Excerpt) -> bool:
    """Whether no mark or word that parts clauses stands between the words that were asked."""
    starts = find_starts(quote.text, quote.article.language)
    first, last = min(asked), max(asked)
    between = quote.text[starts[first] : starts[last] + len(words[last].text)]
    return not _PARTS.search(between)


def _weighs(weights: NDArray[np.float64], terms: QuestionTerms, word: Word) -> bool:
    column = terms.columns.get(word.term) if word.term else None
    return column is not None and bool(weights[column])
