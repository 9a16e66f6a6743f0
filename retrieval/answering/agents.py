"""Who did it, and who holds the post: whether a sentence names the one that is asked for."""

# ruff: noqa: RUF001, SIM905  # typographic marks are meant, and long lists read as words

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answering.slot_loss import SlotCheck, nothing_lost
from retrieval.answering.weights import WEIGHTS
from retrieval.text.analysis import analyse
from retrieval.text.lexicon import lexicon
from retrieval.text.persons import find_persons, find_surnames
from retrieval.text.synonyms import expand_query
from retrieval.text.tokens import find_starts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.answering.sentences import Candidate
    from retrieval.text.tokens import Word

_BESIDE = 4  # words between a person and the post they hold
_DOES = 6  # words between a name and what it does
# Who held a post and holds it no more, in English.
_FORMER = re.compile(
    r"(?:\b(?:former|formerly|then|late|outgoing|ousted|predecessors?|ex|onetime|erstwhile|would-be"
    r"|candidates? for|shadow|deputy|vice|resigned|resigns|resignation|stepped down|sacked|fired)\b"
    r"|\bex-)",
    re.IGNORECASE,
)
_ASKS_AGENT = re.compile(
    r"\W*(?:and |so |but )?who (?!is\b|was\b|are\b|did\b|else\b)(\w+) ", re.IGNORECASE
)
_MAKES = re.compile(
    r"\W*(?:and |so )?who (?:co-?)?(?:founded|started|created|built|makes|made|owns|runs|leads)\b",
    re.IGNORECASE,
)
_PASSIVE = frozenset("was were been be being is are gets got".split())
# Who asks so wants the one of today.
_HOLDS = re.compile(
    r"\W*(?:and |so )?who(?:['’]?s| is| are)\b|\W*who (?:runs|leads|heads)\b", re.IGNORECASE
)
_BEFORE_A_POST = 24  # characters in which such a word stands


def check_agents(
    query_terms: QuestionTerms, candidates: Sequence[Candidate], words: Sequence[Sequence[Word]]
) -> SlotCheck | None:
    """Who did it: lacking where what was done is not said, less where the one named did it."""
    question, columns = query_terms.question, query_terms.columns
    asked = _ASKS_AGENT.match(question.text)
    verb = next(iter(analyse(asked[1])), "") if asked else ""
    if not verb or verb not in columns or query_terms.name_idf[columns[verb]] > 0:
        return None
    absent = [
        all(columns.get(word.term) != columns[verb] for word in said)
        and not _owns(query_terms, candidate.text)
        for said, candidate in zip(words, candidates, strict=True)
    ]
    loss = np.array([_agent_loss(query_terms, said, columns[verb]) for said in words])
    return SlotCheck(loss, np.array(absent))


def _agent_loss(query_terms: QuestionTerms, said: Sequence[Word], verb: int) -> float:
    """Nothing where a name not asked about does it, before the verb or after "by"."""
    columns, names = query_terms.columns, query_terms.name_idf
    held = [columns.get(word.term, -1) if word.term else -1 for word in said]
    named = [
        at for at, word in enumerate(said) if word.capital or names[held[at]] * (held[at] >= 0)
    ]
    loss = WEIGHTS.no_agent if verb in held else 0.0
    for at in (at for at, column in enumerate(held) if column == verb):
        before = [other for other in named if at - _DOES <= other < at]
        after = [other for other in named if at < other <= at + _DOES and held[other] < 0]
        passive = any(word.lower in _PASSIVE for word in said[max(0, at - 2) : at])
        by = any(word.lower == "by" for word in said[at + 1 : at + 1 + _DOES])
        does = bool(before) and held[before[-1]] < 0
        if (by and after) or (not passive and does):
            return 0.0
    return loss


def _owns(query_terms: QuestionTerms, text: str) -> bool:
    """Whether a person is said to have what was made or founded: "Orla Venn's Rowing Lab"."""
    if not _MAKES.match(query_terms.question.text):
        return False
    return any(
        re.match(rf"[’']s (?:\w+ )?{re.escape(name)}\b", text[end:], re.IGNORECASE)
        for _, end in find_persons(text)
        for name in query_terms.question.entities
    )


def check_posts(
    query_terms: QuestionTerms,
    candidates: Sequence[Candidate],
    words: Sequence[Sequence[Word]],
    texts: Sequence[str],
) -> SlotCheck:
    """Where a post is asked for, a person is needed who stands beside it and still holds it."""
    posts = _posts(query_terms)
    if not posts:
        return nothing_lost(len(candidates))
    surnames = set().union(*(find_surnames(text) for text in texts))
    loss, lacking = np.zeros(len(candidates)), np.zeros(len(candidates), dtype=np.bool_)
    for row, candidate in enumerate(candidates):
        persons = _new_persons(query_terms, candidate.text, surnames)
        lacking[row] = not persons
        loss[row] = WEIGHTS.no_slot if not persons else 0.0
        if persons and not _holds_post(candidate.text, words[row], persons, posts):
            loss[row] = WEIGHTS.no_post
    return SlotCheck(loss, lacking, post=bool(_HOLDS.match(query_terms.question.text)))


def _posts(query_terms: QuestionTerms) -> set[str]:
    """The terms of the post that is asked for ("prime minister"), with those that say the same."""
    nouns = lexicon(query_terms.language).nouns
    question = query_terms.question
    said = {word for word in (*question.attribute, question.focus) if nouns.get(word) == "person"}
    return {
        term
        for word in said
        for own in analyse(word)
        for term in (own, *expand_query(word).get(own, ()))
    }


def _new_persons(
    query_terms: QuestionTerms, text: str, surnames: Collection[str]
) -> list[tuple[int, int]]:
    """The persons that the question does not name."""
    asked = query_terms.columns
    return [
        (start, end)
        for start, end in find_persons(text, surnames)
        if not any(term in asked for term in analyse(text[start:end]))
    ]


def _holds_post(
    text: str, words: Sequence[Word], persons: Sequence[tuple[int, int]], posts: set[str]
) -> bool:
    """Whether a person stands beside a word for the post, without a word that takes it away."""
    starts = find_starts(text)
    named = [at for at, start in enumerate(starts) for a, b in persons if a <= start < b]
    for at, word in enumerate(words):
        if word.term in posts and any(abs(at - other) <= _BESIDE for other in named):
            before = text[max(0, starts[at] - _BEFORE_A_POST) : starts[at]]
            if not _FORMER.search(before):
                return True
    return False
