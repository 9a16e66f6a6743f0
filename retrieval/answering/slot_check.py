"""Whether a sentence gives what is asked for: a person who holds the post, a number that counts."""

# typographic marks are meant, and long lists read as words

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answering.agents import check_agents, check_posts
from retrieval.answering.naming import names_what_is_asked, says_what_it_is
from retrieval.answering.polarity import TAKES_OUT, is_negated
from retrieval.answering.slot_loss import SlotCheck
from retrieval.answering.slots import find_slots
from retrieval.answering.weights import WEIGHTS
from retrieval.text.analysis import analyse
from retrieval.text.lexicon import lexicon
from retrieval.text.versions import find_versions

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.answering.sentences import Candidate
    from retrieval.model import Hit
    from retrieval.text.tokens import Word

    Column = NDArray[np.float64]

_DOES = 6  # words between a name and what it does
_COUNTED = 6  # words between a number and what it counts
_GUESSES = re.compile(
    r"\b(?:might|may (?:be|have|come|also)|could|would|rumou?r\w*|leak\w*|reportedly|speculat\w+"
    r"|according to reports|possib\w+|potential\w*|hopes?|if)\b|\?",
    re.IGNORECASE,
)
_ASKS_PAST = re.compile(r"\W*(?:and |so )?(?:has|have|had|did|was|were)\b", re.IGNORECASE)
# Types of which a guess may be the answer.
_OPEN = frozenset(("thing", "list", "definition", "statement", "reason", "yes_no", "news"))
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)|today|tomorrow|tonight|yesterday", re.IGNORECASE)


def check_slots(
    query_terms: QuestionTerms,
    candidates: Sequence[Candidate],
    words: Sequence[Sequence[Word]],
    columns: dict[str, Column],
    hits: Sequence[Hit],
) -> SlotCheck:
    """Look at each of the candidates of some hits, for the columns of their features."""
    loss = WEIGHTS.no_slot * columns["no_slot"] + WEIGHTS.no_name * columns["no_name"]
    lacking = (columns["no_slot"] > 0) | (columns["no_name"] > 0)
    check = SlotCheck(loss, lacking)
    if query_terms.language != "en":
        return check
    check = check.joined(_check_strangers(query_terms, candidates, columns, hits))
    loss = _hedged(query_terms, candidates) + _check_naming(query_terms, candidates)
    loss -= WEIGHTS.says_year * _say_the_year(query_terms, candidates)
    check = check.joined(SlotCheck(loss, np.zeros(len(candidates), dtype=np.bool_)))
    return _check_kind(query_terms, candidates, words, columns, hits, check)


def _check_kind(  # noqa: PLR0913, PLR0917  # what is looked at differs from kind to kind
    query_terms: QuestionTerms,
    candidates: Sequence[Candidate],
    words: Sequence[Sequence[Word]],
    columns: dict[str, Column],
    hits: Sequence[Hit],
    check: SlotCheck,
) -> SlotCheck:
    """The check with what is special to the kind of answer."""
    kind = query_terms.question.answer_type
    if kind == "person":
        texts = [hit.article.text for hit in hits]
        posts = check_posts(query_terms, candidates, words, texts)
        did = check_agents(query_terms, candidates, words)
        return (_allow_any_agent(check, did, columns) if did else check).joined(posts)
    if kind == "number" and query_terms.focus:
        return check.joined(_check_counts(query_terms, words, columns))
    loss = np.zeros(len(candidates))
    if kind == "date":
        loss += _vague_dates(query_terms, candidates)
    elif kind == "place" and not query_terms.focus:
        loss += WEIGHTS.unplaced * ~_tells_where(query_terms, words)
    elif kind == "yes_no":
        loss -= WEIGHTS.denies * _denies(query_terms, candidates, words)
        if query_terms.name_idf.any():
            loss += WEIGHTS.unnamed * (1.0 - columns["entity_own"])
    return check.joined(SlotCheck(loss, np.zeros(len(candidates), dtype=np.bool_)))


def _allow_any_agent(check: SlotCheck, did: SlotCheck, columns: dict[str, Column]) -> SlotCheck:
    """The check joined with that of who did it: a country or a club may have, and is no person."""
    done = (did.loss == 0) & ~did.lacking
    loss = check.loss - WEIGHTS.no_name * columns["no_name"] * done
    return SlotCheck(loss, check.lacking & ~done, check.post).joined(did)


def _check_strangers(
    query_terms: QuestionTerms,
    candidates: Sequence[Candidate],
    columns: dict[str, Column],
    hits: Sequence[Hit],
) -> SlotCheck:
    """What speaks of another name or version lacks what is asked for."""
    titles = [hits[candidate.hit].article.title for candidate in candidates]
    another = _of_another_version(query_terms, candidates, titles)
    # What is asked for yes or no of two names must speak of both.
    yes_no = query_terms.question.answer_type == "yes_no"
    least = WEIGHTS.least_named_of_two if yes_no else WEIGHTS.least_named
    stranger = (columns["entity"] < least) | another
    return SlotCheck(WEIGHTS.stranger * stranger.astype(np.float64), stranger)


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
