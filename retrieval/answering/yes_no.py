"""A question for yes or no: the quote, and a verdict only where the quote itself gives it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.answering.fact import choose_fact
from retrieval.model import Lead
from retrieval.text.lexicon import lexicon
from retrieval.text.tokens import cut_words, find_starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from retrieval.answering.findings import Excerpt, Findings
    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.text.tokens import Word

_HEDGES = re.compile(
    r"\b(?:may|might|could|would|should|if|whether|reportedly|rumou?r\w*|plans?|planned|expected"
    r"|likely|possib\w+|consider\w*|hopes?|wants?|asked|unclear|unless|allegedly|suggests?)\b|\?",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"n['’]t$")  # noqa: RUF001  # the typographic apostrophe is meant
# What takes something out of what is said, in English.
_EXCEPTS = re.compile(
    r"\b(?:except|excluding|without|instead of|rather than|unlike|no longer|other than|stops?"
    r"|stopped|ends?|ended|drop(?:s|ped)?|despite|although|but)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[;:()]|, (?:and|but|while|which|who)\b")
_BEFORE, _AFTER = 4, 2
_ALL_OF_IT = 0.75


def choose_yes_no(findings: Findings) -> tuple[tuple[Excerpt, ...], Lead | None]:
    """The quote that tells, with a lead where it affirms or denies what was asked."""
    quotes = choose_fact(findings)
    return quotes, judge(findings, quotes[0]) if quotes else None


def judge(findings: Findings, quote: Excerpt) -> Lead | None:
    """Whether the quote affirms or denies; none where it hedges or leaves part of it out."""
    terms = findings.terms
    words = cut_words(quote.text, quote.article.language)
    asked = {at for at, word in enumerate(words) if _is_asked(terms.asked_idf, terms.columns, word)}
    held = {terms.columns[words[at].term] for at in asked}
    total = float(terms.asked_idf.sum())
    share = sum(float(terms.asked_idf[column]) for column in held) / total if total else 0.0
    denies_itself = _count_negations(cut_words(terms.question.text, terms.language), terms)
    if share < _ALL_OF_IT or denies_itself or _HEDGES.search(quote.text):
        return None
    if any(_is_negated(words, at, terms) for at in asked):
        return Lead("says_no")
    denied = _count_negations(words, terms) or _EXCEPTS.search(quote.text)
    return None if denied or not _in_one_clause(words, asked, quote) else Lead("says_yes")


def _in_one_clause(words: Sequence[Word], asked: set[int], quote: Excerpt) -> bool:
    """Whether no mark that parts clauses stands between the words that were asked."""
    starts = find_starts(quote.text, quote.article.language)
    first, last = min(asked), max(asked)
    between = quote.text[starts[first] : starts[last] + len(words[last].text)]
    return not _PARTS.search(between)


def _is_asked(asked_idf: NDArray[np.float64], columns: dict[str, int], word: Word) -> bool:
    column = columns.get(word.term) if word.term else None
    return column is not None and bool(asked_idf[column])


def _is_negated(words: Sequence[Word], at: int, terms: QuestionTerms) -> bool:
    return bool(_count_negations(words[max(0, at - _BEFORE) : at + _AFTER + 1], terms))


def _count_negations(words: Sequence[Word], terms: QuestionTerms) -> int:
    listed = lexicon(terms.language).listed("negations")
    return sum(word.lower in listed or bool(_NEGATED.search(word.lower)) for word in words)
