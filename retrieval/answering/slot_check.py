"""Whether a sentence gives what is asked for: a person who holds the post, a number that counts."""

# ruff: noqa: RUF001, SIM905  # typographic marks are meant, and long lists read as words

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answering.naming import names_what_is_asked, says_what_it_is
from retrieval.answering.polarity import TAKES_OUT, is_negated
from retrieval.answering.slots import find_slots
from retrieval.answering.weights import WEIGHTS
from retrieval.text.analysis import analyse
from retrieval.text.lexicon import lexicon
from retrieval.text.persons import find_persons, find_surnames
from retrieval.text.synonyms import expand_query
from retrieval.text.tokens import find_starts
from retrieval.text.versions import find_versions

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.answering.sentences import Candidate
    from retrieval.model import Hit
    from retrieval.text.tokens import Word

    Column = NDArray[np.float64]

_BESIDE = 4  # words between a person and the post they hold
_DOES = 6  # words between a name and what it does
_COUNTED = 6  # words between a number and what it counts
# Who held a post and holds it no more, in English.
_FORMER = re.compile(
    r"(?:\b(?:former|formerly|then|late|outgoing|ousted|predecessors?|ex|onetime|erstwhile|would-be"
    r"|candidates? for|shadow|deputy|vice|resigned|resigns|resignation|stepped down|sacked|fired)\b"
    r"|\bex-)",
    re.IGNORECASE,
)
_GUESSES = re.compile(
    r"\b(?:might|may (?:be|have|come|also)|could|would|rumou?r\w*|leak\w*|reportedly|speculat\w+"
    r"|according to reports|possib\w+|potential\w*|hopes?|if)\b|\?",
    re.IGNORECASE,
)
_ASKS_PAST = re.compile(r"\W*(?:and |so )?(?:has|have|had|did|was|were)\b", re.IGNORECASE)
# Types of which a guess may be the answer.
_OPEN = frozenset(("thing", "list", "definition", "statement", "reason", "yes_no", "news"))
_ASKS_AGENT = re.compile(
    r"\W*(?:and |so |but )?who (?!is\b|was\b|are\b|did\b|else\b)(\w+) ", re.IGNORECASE
)
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)|today|tomorrow|tonight|yesterday", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class SlotCheck:
    """A row a sentence: the log odds that it loses, and whether what is asked for is not there.

    `post` says that who holds a post is asked for, which others hold later; `asked` that who did
    something is.
    """

    loss: Column
    lacking: NDArray[np.bool_]
    post: bool = False
    asked: bool = False


def check_slots(
    query_terms: QuestionTerms,
    candidates: Sequence[Candidate],
    words: Sequence[Sequence[Word]],
    columns: dict[str, Column],
    hits: Sequence[Hit],
) -> SlotCheck:
    """Look at each of the candidates of some hits, for the columns of their features."""
    texts = [hit.article.text for hit in hits]
    titles = [hits[candidate.hit].article.title for candidate in candidates]
    loss = WEIGHTS.no_slot * columns["no_slot"] + WEIGHTS.no_name * columns["no_name"]
    lacking = (columns["no_slot"] > 0) | (columns["no_name"] > 0)
    kind = query_terms.question.answer_type
    if query_terms.language != "en":
        return SlotCheck(loss, lacking)
    loss += _hedged(query_terms, candidates)
    stranger = (columns["entity"] < WEIGHTS.least_named) | _of_another_version(
        query_terms, candidates, titles
    )
    lacking |= stranger
    loss += WEIGHTS.stranger * stranger
    if kind == "date":
        loss += _vague_dates(query_terms, candidates)
    if kind == "place" and not query_terms.focus:
        loss += WEIGHTS.unplaced * ~_tells_where(query_terms, words)
    loss -= WEIGHTS.says_year * _say_the_year(query_terms, candidates)
    loss += _check_naming(query_terms, candidates)
    if kind == "yes_no":
        loss -= WEIGHTS.denies * _denies(query_terms, candidates, words)
    if kind == "yes_no" and query_terms.name_idf.any():
        loss += WEIGHTS.unnamed * (1.0 - columns["entity_own"])
    if kind == "person":
        own = _check_persons(query_terms, candidates, words, texts)
        agents = _check_agents(query_terms, candidates, words)
        did = (agents.loss == 0) & ~agents.lacking & agents.asked
        # A country or a club may have done it.
        loss -= WEIGHTS.no_name * columns["no_name"] * did
        loss, lacking = loss + agents.loss, (lacking & ~did) | agents.lacking
    elif kind == "number" and query_terms.focus:
        own = _check_counts(query_terms, words, columns)
    else:
        return SlotCheck(loss, lacking)
    return SlotCheck(loss + own.loss, lacking | own.lacking, own.post)


def _hedged(query_terms: QuestionTerms, candidates: Sequence[Candidate]) -> Column:
    """What a guess loses where the fact is asked for, not what may be."""
    question = query_terms.question
    past = question.answer_type == "yes_no" and _ASKS_PAST.match(question.text)
    if (question.answer_type in _OPEN and not past) or _GUESSES.search(question.text):
        return np.zeros(len(candidates))
    guessed = [bool(_GUESSES.search(candidate.text)) for candidate in candidates]
    return WEIGHTS.guessed * np.array(guessed, dtype=float)


def _of_another_version(
    query_terms: QuestionTerms, candidates: Sequence[Candidate], titles: Sequence[str]
) -> NDArray[np.bool_]:
    """Whether neither a sentence nor its headline has the version asked for after its name."""
    named = [
        re.compile(
            rf"\b{re.escape(name)}s?[\s-]+(?:version |v)?{re.escape(number)}(?![\w.]\w)",
            re.IGNORECASE,
        )
        for name, number in map(_split_version, query_terms.question.entities)
        if number
    ]
    if not named:
        return np.zeros(len(candidates), dtype=bool)
    texts = (f"{title}\n{one.text}" for one, title in zip(candidates, titles, strict=True))
    return np.array([not any(one.search(text) for one in named) for text in texts])


def _split_version(name: str) -> tuple[str, str]:
    """A name and the version of two parts or more that closes it, or ""."""
    first, _, last = name.rpartition(" ")
    dotted = first and "." in last and any(str(one) for one in find_versions(name))
    return (first, last.lstrip("vV")) if dotted else (name, "")


def _say_the_year(query_terms: QuestionTerms, candidates: Sequence[Candidate]) -> NDArray[np.bool_]:
    """Whether a sentence gives the year that the question does, also where that is a filter."""
    found = _YEAR.search(query_terms.question.when)
    year = found[0] if found else "\0"  # which no text holds
    return np.array([year in one.text for one in candidates], dtype=bool)


def _check_naming(query_terms: QuestionTerms, candidates: Sequence[Candidate]) -> Column:
    """What is lost where a definition says nothing of its subject, or a thing is not named."""
    question = query_terms.question
    texts = [candidate.text for candidate in candidates]
    names = question.entities or question.attribute[-1:]
    if question.answer_type == "definition" and names:
        told = [says_what_it_is(text, names) for text in texts]
        return WEIGHTS.undefined * ~np.array(told, dtype=bool)
    if question.answer_type == "thing" and question.focus:
        named = [names_what_is_asked(text, question.focus) for text in texts]
        return -WEIGHTS.named * np.array(named, dtype=float)
    return np.zeros(len(texts))


def _denies(
    query_terms: QuestionTerms, candidates: Sequence[Candidate], words: Sequence[Sequence[Word]]
) -> NDArray[np.bool_]:
    """Whether a sentence says no to something asked, or takes it out."""
    asked = query_terms.asked_idf

    def denies(candidate: Candidate, said: Sequence[Word]) -> bool:
        here = [at for at, word in enumerate(said) if _is_asked(query_terms, asked, word)]
        excepted = bool(TAKES_OUT.search(candidate.text)) and bool(here)
        return excepted or any(is_negated(said, at, query_terms.language) for at in here)

    pairs = zip(candidates, words, strict=True)
    return np.array([denies(candidate, said) for candidate, said in pairs], dtype=bool)


def _tells_where(query_terms: QuestionTerms, words: Sequence[Sequence[Word]]) -> NDArray[np.bool_]:
    """Whether a capitalised word after "in", "at" or the like follows closely on what is asked."""
    prepositions = lexicon(query_terms.language).listed("before_places") - {"of"}
    asked = query_terms.asked_idf

    def follows(said: Sequence[Word]) -> bool:
        ends = [at for at, word in enumerate(said) if _is_asked(query_terms, asked, word)]
        return any(
            said[at].lower in prepositions and any(word.capital for word in said[at + 1 : at + 4])
            for end in ends
            for at in range(end + 1, min(len(said), end + 1 + _DOES))
        )

    return np.array([follows(said) for said in words], dtype=bool)


def _is_asked(query_terms: QuestionTerms, weights: Column, word: Word) -> bool:
    column = query_terms.columns.get(word.term) if word.term else None
    return column is not None and bool(weights[column] > 0)


def _vague_dates(query_terms: QuestionTerms, candidates: Sequence[Candidate]) -> Column:
    """What a bare year loses where the year alone is not asked for, and what has no day."""
    if "year" in query_terms.question.text.casefold().split():
        return np.zeros(len(candidates))
    return np.array([_vagueness(candidate.text) for candidate in candidates])


def _vagueness(text: str) -> float:
    found = [text[start:end] for start, end in find_slots(text, "date")]
    if not found or any(_DAY.search(one) for one in found):
        return 0.0
    return WEIGHTS.bare_year if all(_YEAR.fullmatch(one) for one in found) else WEIGHTS.no_day


def _owns(query_terms: QuestionTerms, text: str) -> bool:
    """Whether a person is said to have what was made or founded: "Orla Venn's Rowing Lab"."""
    if not _MAKES.match(query_terms.question.text):
        return False
    return any(
        re.match(rf"[’']s (?:\w+ )?{re.escape(name)}\b", text[end:], re.IGNORECASE)
        for _, end in find_persons(text)
        for name in query_terms.question.entities
    )


def _check_agents(
    query_terms: QuestionTerms, candidates: Sequence[Candidate], words: Sequence[Sequence[Word]]
) -> SlotCheck:
    """Who did it: lacking where what was done is not said, less where the one named did it."""
    question, columns = query_terms.question, query_terms.columns
    none = SlotCheck(np.zeros(len(words)), np.zeros(len(words), dtype=bool))
    asked = _ASKS_AGENT.match(question.text)
    verb = next(iter(analyse(asked[1])), "") if asked else ""
    if not verb or verb not in columns or query_terms.name_idf[columns[verb]] > 0:
        return none
    absent = [
        all(columns.get(word.term) != columns[verb] for word in said)
        and not _owns(query_terms, candidate.text)
        for said, candidate in zip(words, candidates, strict=True)
    ]
    loss = np.array([_agent_loss(query_terms, said, columns[verb]) for said in words])
    return SlotCheck(loss, np.array(absent), asked=True)


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


def _check_persons(
    query_terms: QuestionTerms,
    candidates: Sequence[Candidate],
    words: Sequence[Sequence[Word]],
    texts: Sequence[str],
) -> SlotCheck:
    """A person is needed where a post is asked for, who stands beside it and still holds it."""
    posts = _posts(query_terms)
    surnames = set().union(*(find_surnames(text) for text in texts)) if posts else set()
    loss, lacking = np.zeros(len(candidates)), np.zeros(len(candidates), dtype=bool)
    if not posts:
        return SlotCheck(loss, lacking)
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


def _check_counts(
    query_terms: QuestionTerms, words: Sequence[Sequence[Word]], columns: dict[str, Column]
) -> SlotCheck:
    """A number must count what is asked; where no word of it stands at all, there is no answer."""
    counted = _counted_terms(query_terms)
    absent = np.array([counted.isdisjoint(word.term for word in said) for said in words])
    beside = np.array([_counts(said, counted, query_terms.columns) for said in words])
    loss = np.where(absent, WEIGHTS.no_slot, WEIGHTS.uncounted * ~beside)
    given = columns["no_slot"] == 0
    return SlotCheck(loss * given, absent & given)


def _counted_terms(query_terms: QuestionTerms) -> frozenset[str]:
    """The terms for what is counted; of people, also those that say who they are."""
    if query_terms.question.unit != "people":
        return query_terms.focus
    people = lexicon("en").units["people"]
    return query_terms.focus | {term for word in people for term in analyse(word)}


def _counts(said: Sequence[Word], counted: frozenset[str], asked: Collection[str]) -> bool:
    """Whether a number, and no share, stands before what it counts."""
    numbers = [
        at
        for at, word in enumerate(said)
        if (word.number or word.lower in lexicon("en").numbers)
        and not word.text.endswith("%")
        and word.term not in asked  # the number of a name
    ]
    if any(
        word.lower == "number" and any(w.term in counted for w in said[at + 1 : at + 1 + _COUNTED])
        for at, word in enumerate(said)
    ):
        return bool(numbers)  # "the number of cars rose to 90"
    return any(
        0 < at - number <= _COUNTED
        for at, word in enumerate(said)
        if word.term in counted
        for number in numbers
    )
