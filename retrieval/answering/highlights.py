"""Which words of a quote are shown bold: those that answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.answering.slots import find_slots
from retrieval.text.lexicon import lexicon
from retrieval.text.tokens import cut_words, find_starts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.text.tokens import Word

# A word counts as answering from this part of the best agreement in the reply on.
_TELLING = 0.5
_MOST_SHARE = 0.5
_BESIDE = 3  # words from the noun asked for, where anything may answer
_SCALES = frozenset(("thousand", "million", "billion", "trillion", "percent", "bn"))
# No names by themselves, but the beginning of many.
_IN_NAMES = frozenset(("New", "San", "Sri", "Last", "First"))


def find_highlights(
    text: str,
    language: str,
    query_terms: QuestionTerms,
    redundancy: Mapping[str, float],
) -> tuple[tuple[int, int], ...]:
    """Ranges of the text, in order and apart, at most half of its words: what answers.

    A number or a day of the type asked for; else the name that most reports agree on, by their
    `redundancy`; for a question for yes or no the words of the predicate and what negates them.
    """
    question = query_terms.question
    slots = find_slots(text, question.answer_type, question.unit, language)
    if slots:
        return tuple(slots)
    words = cut_words(text, language)
    if question.answer_type == "yes_no":
        marked = [_decides(query_terms, word) for word in words]
    else:
        marked = _complete(words, _find_answering(words, query_terms, redundancy))
    if any(marked) and sum(marked) <= _MOST_SHARE * len(words):
        return tuple(_ranges(words, marked, text, language))
    return ()


def _decides(query_terms: QuestionTerms, word: Word) -> bool:
    column = query_terms.columns.get(word.term) if word.term else None
    asked = column is not None and bool(query_terms.asked_idf[column])
    return asked or word.lower in lexicon(query_terms.language).listed("negations")


def _is_beside(at: int, places: Sequence[int]) -> bool:
    return any(abs(at - place) <= _BESIDE for place in places)


def _find_answering(
    words: Sequence[Word], query_terms: QuestionTerms, redundancy: Mapping[str, float]
) -> list[bool]:
    focus = [at for at, word in enumerate(words) if word.term in query_terms.focus]
    fitting = [
        not query_terms.shapeless
        and (query_terms.question.answer_type != "thing" or _is_beside(at, focus))
        and query_terms.fit(words, at) == 1.0
        and word.term not in query_terms.columns
        and not _belongs_to_asked(words, at, query_terms)
        for at, word in enumerate(words)
    ]
    agreed = [redundancy.get(word.term, 0.0) for word in words]
    best = max((a for a, fits in zip(agreed, fitting, strict=True) if fits), default=0.0)
    return [
        fits and votes >= _TELLING * best > 0 for fits, votes in zip(fitting, agreed, strict=True)
    ]


def _complete(words: Sequence[Word], marked: Sequence[bool]) -> list[bool]:
    """Mark the rest of a name and the scale of a number as well: "New York", "$965 million"."""
    whole = list(marked)
    for at in [at for at, is_marked in enumerate(marked) if is_marked]:
        if words[at].capital:
            for name_at in (*_name_before(words, at), *_name_after(words, at)):
                whole[name_at] = True
        elif words[at].number and at + 1 < len(words) and words[at + 1].lower in _SCALES:
            whole[at + 1] = True
    return whole


def _belongs_to_asked(words: Sequence[Word], at: int, query_terms: QuestionTerms) -> bool:
    """Whether a word is of one name with a name asked about: whose GPT-4 it is answers nothing."""
    if not words[at].capital:
        return False
    columns = [
        query_terms.columns.get(words[name_at].term)
        for name_at in (*_name_before(words, at), *_name_after(words, at))
    ]
    return any(column is not None and query_terms.name_idf[column] > 0 for column in columns)


def _name_before(words: Sequence[Word], at: int) -> Iterator[int]:
    while at > 0 and _is_in_name(words[at - 1]):
        at -= 1
        yield at


def _name_after(words: Sequence[Word], at: int) -> Iterator[int]:
    while at + 1 < len(words) and _is_in_name(words[at + 1]):
        at += 1
        yield at


def _is_in_name(word: Word) -> bool:
    return word.capital or word.text in _IN_NAMES


def _ranges(
    words: Sequence[Word], marked: Sequence[bool], text: str, language: str
) -> Iterator[tuple[int, int]]:
    """The marked words, those with only a space between them as one range."""
    start = end = -1
    for word, at, is_marked in zip(words, find_starts(text, language), marked, strict=True):
        if not is_marked:
            continue
        if start >= 0 and (at <= end or text[end:at].isspace()):
            end = at + len(word.text)
            continue
        if start >= 0:
            yield start, end
        start, end = at, at + len(word.text)
    if start >= 0:
        yield start, end
