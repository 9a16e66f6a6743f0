"""What speaks for a sentence as the answer: the slot, whom it is about, the cue of the form."""

# ruff: noqa: RUF001, SIM905  # typographic marks are meant, and long lists read as words

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answering.slots import TYPED, find_slots
from retrieval.text.analysis import list_stop_words
from retrieval.text.boilerplate import leads_on
from retrieval.text.lexicon import lexicon
from retrieval.text.tokens import find_starts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.answering.sentences import Candidate
    from retrieval.answering.term_overlap import TermOverlap
    from retrieval.model import Hit
    from retrieval.text.tokens import Word

    Column = NDArray[np.float64]

NAMED = frozenset(("person", "place", "organisation", "title", "outlet"))
_NEAR = 8
_MAY_NAME = 0.3  # how well a word fits that could be such a name
_COUNTED = 4  # words from a number to what it counts
_STRONG_CAUSE = re.compile(
    r"\b(?:because|due to|caused by|owing to|thanks to|resulted from|the result of|reasons?"
    r"|blam\w+|stem\w* from|triggered|prompted|in order to|so that"
    r"|cit(?:es?|ed|ing) (?!(?:the|an?|unnamed|anonymous|multiple|several|two|three)? ?\w* ?"
    r"(?:sources?|people|newspapers?|documents?|reports?|officials?)\b)"
    r"|accus\w+|alleg\w+|to (?:avoid|prevent|protect|help|reduce|allow|make)|concerns?|risks?"
    r"|fears?|failures?|failed|problems?|worr\w+|lawsuits?|harass\w+|scandals?|shortages?)\b",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(r"\W*(?:if|unless|whether)\b", re.IGNORECASE)
# "Since the rules require it, …", but no "Since 2014, …".
_SINCE = re.compile(
    r"\W*(?:given (?:that|the)|since) (?!\d|last|then|its|his|her|their"
    r"|the (?:start|beginning|end|launch)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b)"
    r"[^,]{12,},",
    re.IGNORECASE,
)
_WEAK_CAUSE = re.compile(
    r"\b(?:after|following|since|as|for|over|amid|which (?:means|makes)|leading to|concerns?"
    r"|fears?)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:says?|said|told|tweeted|wrote|writes|according to|announced|added|argu\w+|warn\w+"
    r"|claim\w+|calls?|called|think\w*|believ\w+|thought|described|noted|explain\w+|comment\w+"
    r"|statement)\b|[“\"‘]",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(?:is|are|was|were|means|stands for|refers to|known as|called|dubbed|named)\b"
    r"|, (?:an?|the|which|who|its|his) |[(:–-] ?(?:an?|the) ",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(
    r"[;:()–—]|, |\b(?:and|but|while|which|whereas|although|though|before|after)\b", re.IGNORECASE
)
_CALLED = re.compile(r"\b(?:called|named|dubbed|known as)\b", re.IGNORECASE)
_CODE = re.compile(
    r"[{}`\\]|=>|::|\(\)|<\w+|</|\w+\(\w*\)|==|&&|\$\(|--\w+|\b[0-9a-f]{12,}\b|#\w+ #\w+"
)
_FURNITURE = re.compile(
    r"\b(?:is (?:an? )?(?:\w+[ -]){0,3}(?:writer|reporter|journalist|editor|correspondent|author"
    r"|blogger)\b|subscribe|sign up|newsletter|follow (?:us|me)|suggested image|internal link"
    r"|meta description|opens in new tab|affiliate|read (?:more|next)|click|check out|find out"
    r"|here(?:'s|’s) (?:how|what|when|everything|why)|everything (?:we|you) (?:know|need)"
    r"|in this (?:article|post|guide)|table of contents"
    r"|we(?:'ll|’ll| will) (?:cover|tell|explain|show))",
    re.IGNORECASE,
)
_STOPPISH = frozenset(
    """the a an of to in and is are was were for on with that as by at from it be has have had will
    would not this or but its his her their he she they which who been more than can""".split()
)
_PRONOUNS = frozenset(
    "he she it they his her their its this that these those him them there here such".split()
)
EVIDENCE = (
    "carried", "entity", "entity_own", "attribute", "attribute_near", "missing", "slot",
    "no_slot", "no_name", "slot_near", "slot_distance", "slot_clause", "counted", "cause",
    "weak_cause", "speech", "speaker", "defines", "defines_first", "yes_no_own", "newness",
    "headline", "headline_slot", "pronoun", "leads", "code", "furniture", "dump", "title_same",
    "first",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    """One candidate with what the features look at."""

    candidate: Candidate
    language: str
    words: Sequence[Word]
    asked: list[tuple[int, float]]  # the places of the question's terms, and their idf
    places: list[int]  # the words with which an answer of the expected type begins
    named: bool  # whether any word could be such a name


def measure_evidence(  # noqa: PLR0913, PLR0917  # what was read of the shortlist
    query_terms: QuestionTerms,
    seen: TermOverlap,
    rows: NDArray[np.int64],
    candidates: Sequence[Candidate],
    words: Sequence[Sequence[Word]],
    hits: Sequence[Hit],
) -> dict[str, Column]:
    """A column a feature, a row a candidate of the shortlist."""
    shares = _share_columns(query_terms, seen)
    columns = {name: column[rows] for name, column in shares.items()}
    columns["newness"] = _newness(hits)[seen.hit[rows]]
    found = [
        _look(query_terms, candidates[row], sentence, hits[candidates[row].hit].article.language)
        for row, sentence in zip(rows.tolist(), words, strict=True)
    ]
    features = [_features(query_terms, one) for one in found]
    for name in features[0] if features else ():
        columns[name] = np.array([one[name] for one in features])
    columns["headline_slot"] = columns["headline"] * np.maximum(columns["slot"], columns["cause"])
    return columns


def gives_cause(text: str, language: str = "en") -> bool:
    """Whether a text says why something is so, by its words."""
    return _cues(language).gives_cause(text)


def may_give_cause(text: str, language: str = "en") -> bool:
    """Whether a text holds any word that may lead to a cause: "after", "since"."""
    return gives_cause(text, language) or bool(_cues(language).weak_cause.search(text))


def _share_columns(query_terms: QuestionTerms, seen: TermOverlap) -> dict[str, Column]:
    """How much of the question, of its names and of what is asked of them stands in and above."""
    idf = query_terms.needed_idf
    named = query_terms.name_idf > 0
    held, before = seen.held.astype(float), (seen.widened(-1)).astype(float)
    titled, above = seen.titled.astype(float), seen.above().astype(float)
    credit = np.maximum.reduce(
        [
            held,
            titled * np.where(named, 0.85, 0.5),
            before * np.where(named, 0.6, 0.4),
            above * np.where(named, 0.4, 0.2),
        ]
    )
    total = idf.sum() or 1.0
    near = np.maximum.reduce([held, titled, before])
    asked = query_terms.asked_idf
    entity = query_terms.name_idf
    return {
        "carried": credit @ idf / total,
        "entity": _share(credit, entity, 1.0),
        "entity_own": _share(held, entity, 0.5),
        "attribute": _share(held, asked, 0.5),
        "attribute_near": _share(near, asked, 0.5),
        "missing": ((1 - near) * idf).max(axis=1, initial=0.0) / (idf.max(initial=0.0) or 1.0),
        "title_same": titled @ idf / total,
    }


def _share(held: NDArray[np.float64], weights: NDArray[np.float64], otherwise: float) -> Column:
    total = weights.sum()
    return held @ weights / total if total else np.full(len(held), otherwise)


def _newness(hits: Sequence[Hit]) -> Column:
    """0 for the oldest hit, 1 for the newest, one half where it has no day: never how old it is."""
    days = [hit.article.day.toordinal() if hit.article.day else None for hit in hits]
    known = [day for day in days if day is not None]
    if len(set(known)) < 2:  # noqa: PLR2004  # one day tells nothing
        return np.full(len(hits), 0.5)
    first, last = min(known), max(known)
    return np.array([0.5 if day is None else (day - first) / (last - first) for day in days])


def _look(
    query_terms: QuestionTerms, candidate: Candidate, words: Sequence[Word], language: str
) -> _Row:
    columns, idf = query_terms.columns, query_terms.idf
    asked = [
        (at, float(idf[columns[word.term]]))
        for at, word in enumerate(words)
        if word.term in columns
    ]
    kind, text = query_terms.question.answer_type, candidate.text
    if kind in TYPED:
        starts = find_starts(text, language)
        spans = find_slots(text, kind, query_terms.question.unit, language)
        typed = [
            next((at for at, begin in enumerate(starts) if begin >= start), 0) for start, _ in spans
        ]
        places = [at for at in typed if words and words[at].term not in columns]
        return _Row(candidate, language, words, asked, places, named=False)
    fits = [
        (at, query_terms.fit(words, at))
        for at, word in enumerate(words)
        if word.term and word.term not in columns
    ]
    places = [at for at, fit in fits if fit >= 1.0]
    named = any(fit >= _MAY_NAME for _, fit in fits)
    return _Row(candidate, language, words, asked, places, named=named)


def _features(query_terms: QuestionTerms, row: _Row) -> dict[str, float]:
    text = row.candidate.text
    kind = query_terms.question.answer_type
    typed = kind in TYPED or kind in NAMED
    near = max((_nearby(row, at) for at in row.places), default=0.0)
    total = float(query_terms.idf.sum()) or 1.0
    distance = _slot_distance(query_terms, row)
    opening = row.words[0].lower if row.words else ""
    first = next((w.lower for w in row.words if w.text not in '“”"‘'), opening)
    lower = [word.lower for word in row.words]
    functional = _functional_share(lower, row.language)
    cues = _cues(row.language)
    headline = row.candidate.place < 0
    return {
        "slot": float(typed and bool(row.places)),
        "no_slot": float(kind in TYPED and not row.places),
        "no_name": float(kind in NAMED and not row.named),
        "slot_near": near / total if typed else 0.0,
        "slot_distance": distance if typed else 0.0,
        "slot_clause": _slot_clause(query_terms, row) if typed else 0.0,
        "counted": _counted(query_terms, row),
        "cause": float(kind == "reason" and cues.gives_cause(text)),
        "weak_cause": float(kind == "reason" and bool(cues.weak_cause.search(text))),
        "speech": float(kind == "statement" and bool(cues.says.search(text))),
        "speaker": _speaker(query_terms, row) if kind == "statement" else 0.0,
        "defines": float(kind == "definition" and _defines(row)),
        "defines_first": float(kind == "definition" and row.candidate.place in (-1, 0, 1)),
        "yes_no_own": _yes_no(query_terms, row) if kind == "yes_no" else 0.0,
        "headline": float(headline),
        "pronoun": float(first in cues.pronouns),
        "leads": float(text.rstrip("”\"’'").endswith("?") or (not headline and leads_on(text))),
        "code": float(bool(_CODE.search(text))),
        "furniture": float(bool(_FURNITURE.search(text))),
        "dump": float(len(lower) > 12 and functional < 0.12),  # noqa: PLR2004  # a list of keywords
        "first": float(row.candidate.place in (0, 1)),
    }


@dataclass(frozen=True, slots=True)
class _Cues:
    """What shows, in one language, that a sentence gives a cause, a saying or a meaning."""

    gives_cause: Callable[[str], bool]
    weak_cause: re.Pattern[str]
    says: re.Pattern[str]
    defines: re.Pattern[str]
    pronouns: frozenset[str]


@cache
def _cues(language: str) -> _Cues:
    words = lexicon(language)
    if words.language == "en":
        return _Cues(_gives_english_cause, _WEAK_CAUSE, _SAYS, _DEFINES, _PRONOUNS)
    causes, said = words.asks("causes"), words.asks("says")
    return _Cues(
        lambda text: bool(causes.search(text)),
        causes,
        said,
        words.asks("definitions"),
        words.listed("leaning"),
    )


def _gives_english_cause(text: str) -> bool:
    """Whether a word for a cause stands in it, and no "if" before all: that supposes one."""
    return not _SUPPOSES.match(text) and bool(_STRONG_CAUSE.search(text) or _SINCE.match(text))


def _functional_share(lower: Sequence[str], language: str) -> float:
    """The share of little words, by which a sentence differs from a list of keywords.

    It is 1 where the language has no list of them.
    """
    little = _STOPPISH if language == "en" else list_stop_words(language)
    return sum(word in little for word in lower) / (len(lower) or 1) if little else 1.0


def _nearby(row: _Row, place: int) -> float:
    """The idf of the question's terms within eight words of a place, each once."""
    seen: dict[str, float] = {}
    for at, idf in row.asked:
        if abs(at - place) <= _NEAR:
            seen[row.words[at].term] = idf
    return sum(seen.values())


def _slot_distance(query_terms: QuestionTerms, row: _Row) -> float:
    """1 where the slot stands beside a word asked of the names, falling with every word between."""
    own = [
        at
        for at, _ in row.asked
        if query_terms.name_idf[query_terms.columns[row.words[at].term]] == 0
    ]
    if not own or not row.places:
        return 0.0
    return max(1 / (1 + abs(at - place) / 4) for at in own for place in row.places)


def _slot_clause(query_terms: QuestionTerms, row: _Row) -> float:
    """The share of what is asked of the names that stands in one clause with the slot."""
    total = float(query_terms.asked_idf.sum())
    if not row.places or not total:
        return 0.0
    starts = find_starts(row.candidate.text, row.language)
    ends = [found.start() for found in _CLAUSE_ENDS.finditer(row.candidate.text)]
    clause = [bisect(ends, start) for start in starts]
    held: dict[int, set[int]] = {}
    for at, _ in row.asked:
        held.setdefault(clause[at], set()).add(query_terms.columns[row.words[at].term])
    return (
        max(
            sum(float(query_terms.asked_idf[column]) for column in held.get(clause[place], ()))
            for place in row.places
        )
        / total
    )


def _counted(query_terms: QuestionTerms, row: _Row) -> float:
    """Whether a number stands before what is counted."""
    if query_terms.question.answer_type != "number" or not query_terms.focus:
        return 0.0
    focus = {at for at, word in enumerate(row.words) if word.term in query_terms.focus}
    return float(any(0 < at - place <= _COUNTED for at in focus for place in row.places))


def _speaker(query_terms: QuestionTerms, row: _Row) -> float:
    named = [
        at
        for at, _ in row.asked
        if query_terms.name_idf[query_terms.columns[row.words[at].term]] > 0
    ]
    said = [
        at for at, word in enumerate(row.words) if _cues(row.language).says.fullmatch(word.text)
    ]
    return max((1 / (1 + abs(a - s) / 4) for a in named for s in said), default=0.0)


def _defines(row: _Row) -> bool:
    if not row.asked:
        return False
    starts = find_starts(row.candidate.text, row.language)
    last = row.asked[0][0]
    after = row.candidate.text[starts[last] + len(row.words[last].text) :][:60]
    before = row.candidate.text[: starts[last]][-40:]
    return bool(_cues(row.language).defines.search(after)) or bool(_CALLED.search(before))


def _yes_no(query_terms: QuestionTerms, row: _Row) -> float:
    """The share of the question in one stretch of the sentence."""
    held = {row.words[at].term for at, _ in row.asked}
    columns = {query_terms.columns[term] for term in held}
    total = float(query_terms.idf.sum()) or 1.0
    return float(sum(query_terms.idf[c] for c in columns)) / total
