"""What can be seen of a candidate: a row of numbers, none tied to the size of a collection."""

# ruff: noqa: RUF001, SIM905  # typographic marks are meant, and long lists read as words

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answering.evidence import EVIDENCE, measure_evidence
from retrieval.answering.redundancy import measure_redundancy
from retrieval.answering.slot_check import check_slots
from retrieval.answering.term_overlap import find_overlap, share, shortlist
from retrieval.text.boilerplate import is_unfinished
from retrieval.text.tokens import cut_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from retrieval.answering.question_terms import QuestionTerms
    from retrieval.answering.sentences import Candidate
    from retrieval.answering.slot_loss import SlotCheck
    from retrieval.answering.term_overlap import TermOverlap
    from retrieval.model import Hit
    from retrieval.text.tokens import Word

    Column = NDArray[np.float64]
    _Fitting = tuple[int, float]  # the place of a word in its sentence, and how well it fits

_SHORTLIST = 80
_NEAR = 3
_SAID = 4
_NOTHING = 1e-9
_NOTHING_ASKED = 0.5
_SOMEBODY = frozenset(
    """he she it they his her their its he's she's it's they're he’s she’s it’s they’re""".split()
)
_BACKWARDS = _SOMEBODY | frozenset("it its this that these those it's it’s".split())
_LEANS = re.compile(
    r"\W*(?:(?:he|she|it|they|his|her|their|its|him|them)\b|(?:this|that|these|those)"
    r"(?! (?:year|month|week|weekend|morning|afternoon|evening|spring|summer|autumn|winter)s?\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """The candidates looked at closely, a row each.

    `rows` are their places among all candidates, `hit` the hit of each; `matrix` has the columns
    `FEATURES`. `terms` has one for every word of a sentence, "" for stop words; `answer_terms`
    gives the agreement on those that could be the answer, less where they hardly fit. `asked` is
    the sum of the question's idf, `article_share` the part of it that each hit holds, headline or
    text; `names_asked` says whether the question names anybody; `asked_of_names` is how much of
    what is asked of the names stands around them, 0 to 1; `redundancy` is what the agreement of
    the articles gives to each term; `check` says of each row whether it gives what is asked for.
    """

    rows: NDArray[np.int64]
    hit: NDArray[np.int64]
    asked: float
    article_share: Column
    names_asked: bool
    asked_of_names: Column
    terms: list[list[str]]
    answer_terms: list[dict[str, float]]
    redundancy: dict[str, float]
    matrix: NDArray[np.float64]
    check: SlotCheck

    def column(self, name: str) -> Column:
        """One feature of every row."""
        return np.asarray(self.matrix[:, FEATURES.index(name)])


def extract_features(
    query_terms: QuestionTerms,
    candidates: Sequence[Candidate],
    hits: Sequence[Hit],
    idf: Callable[[str], float],
) -> SentenceFeatures:
    """Look at all candidates, then closely at the more promising ones."""
    seen = find_overlap(query_terms, candidates, hits)
    rows = shortlist(query_terms, seen, candidates, _SHORTLIST)
    hit_of = seen.hit[rows].tolist()
    words = [
        cut_words(candidates[row].text, hits[hit].article.language)
        for row, hit in zip(rows.tolist(), hit_of, strict=True)
    ]
    fitting = [_find_fitting(query_terms, sentence) for sentence in words]
    terms = [[word.term for word in sentence] for sentence in words]
    coverage = _coverage(query_terms, seen)
    strengths = ((coverage["own"] + coverage["with_neighbours"]) / 2) ** 2 * seen.score
    weights = list(zip(hit_of, strengths[rows].tolist(), strict=True))
    redundancy = measure_redundancy(query_terms, terms, weights, hits, idf)
    columns = {name: column[rows] for name, column in coverage.items()}
    columns |= _order(query_terms, [candidates[r] for r in rows], seen.held[rows])
    columns |= _answers(query_terms, terms, fitting)
    answer_terms = _weigh_answer_terms(terms, fitting, redundancy)
    columns |= _agreement(terms, answer_terms, redundancy)
    columns |= _shape([candidates[r] for r in rows])
    columns |= measure_evidence(query_terms, seen, rows, candidates, words, hits)
    short = [candidates[row] for row in rows.tolist()]
    matrix = np.column_stack([columns[name] for name in FEATURES])
    return SentenceFeatures(
        rows=rows,
        hit=seen.hit[rows],
        asked=float(query_terms.idf.sum()),
        article_share=share(seen.by_hit(), query_terms.idf),
        names_asked=bool(query_terms.name_idf.any()),
        asked_of_names=_asked_of_names(query_terms, seen)[rows],
        terms=terms,
        answer_terms=answer_terms,
        redundancy=redundancy,
        matrix=matrix,
        check=check_slots(query_terms, short, words, columns, hits),
    )


FEATURES = (
    "own",
    "own_clause",
    "with_next",
    "with_neighbours",
    "with_four",
    "above",
    "rarest",
    "names",
    "names_near",
    "title",
    "title_or_own",
    "article",
    "pairs",
    "focus",
    "focus_near",
    "fits",
    "fits_many",
    "near_fit",
    "vote",
    "vote_fit",
    "length",
    "place",
    "lead",
    "unfinished",
    "asks",
    "backwards",
    *EVIDENCE,
)


def _find_fitting(query_terms: QuestionTerms, words: Sequence[Word]) -> list[_Fitting]:
    """The words that could be the answer; the question's own could not."""
    columns = query_terms.columns
    return [
        (at, fit)
        for at, word in enumerate(words)
        if word.term and word.term not in columns and (fit := query_terms.fit(words, at))
    ]


def _coverage(query_terms: QuestionTerms, seen: TermOverlap) -> dict[str, Column]:
    """Shares of the question's idf in a sentence, around it and above it."""
    near = seen.widened(-1, 1)
    return {
        "own": share(seen.held, query_terms.idf),
        "own_clause": share(seen.held, query_terms.clause_idf),
        "with_next": share(seen.widened(1), query_terms.idf),
        "with_neighbours": share(near, query_terms.idf),
        "with_four": share(seen.widened(-2, -1, 1, 2), query_terms.idf),
        "above": share(seen.above(), query_terms.idf),
        "rarest": (seen.held * query_terms.idf).max(axis=1, initial=0)
        / query_terms.idf.max(initial=1e-9),
        "names": share(seen.held, query_terms.name_idf),
        "names_near": share(near | seen.titled, query_terms.name_idf),
        "title": share(seen.titled, query_terms.idf),
        "title_or_own": share(seen.titled | seen.held, query_terms.clause_idf),
        "article": seen.score,
    }


def _asked_of_names(query_terms: QuestionTerms, seen: TermOverlap) -> Column:
    """The share of the names in and beside each sentence, times that of what is asked of them.

    All of the clause is asked where it holds no name, and one half is taken where nothing else.
    """
    around = seen.widened(-1, 1) | seen.titled
    asked = np.where(query_terms.name_idf > 0, 0.0, query_terms.clause_idf)
    told = share(around, asked) if asked.any() else np.full(len(around), _NOTHING_ASKED)
    return told * share(around, query_terms.name_idf) if query_terms.name_idf.any() else told


def _order(
    query_terms: QuestionTerms, candidates: Sequence[Candidate], held: NDArray[np.bool_]
) -> dict[str, Column]:
    """Neighbouring terms of the question that are neighbours here too, and the noun asked for."""
    total = sum(query_terms.pairs.values()) or 1.0
    ones, others = ([query_terms.columns[pair[at]] for pair in query_terms.pairs] for at in (0, 1))
    # A sentence without both terms of any pair is not analysed.
    both = np.asarray((held[:, ones] & held[:, others]).any(axis=1))
    found = [
        set(zip(c.terms, c.terms[1:], strict=False)) & query_terms.pairs.keys() if holds else set()
        for c, holds in zip(candidates, both.tolist(), strict=True)
    ]
    # fsum gives the same in whatever order a set gives its pairs.
    shares = [math.fsum(query_terms.pairs[pair] for pair in pairs) / total for pairs in found]
    return {
        "pairs": np.array(shares),
        "focus": _hold_focus(query_terms, candidates, held),
    }


def _hold_focus(
    query_terms: QuestionTerms, candidates: Sequence[Candidate], held: NDArray[np.bool_]
) -> Column:
    if query_terms.focus <= query_terms.columns.keys():
        columns = [query_terms.columns[term] for term in query_terms.focus]
        return np.asarray(held[:, columns].any(axis=1), dtype=np.float64)
    return np.array([float(not query_terms.focus.isdisjoint(c.terms)) for c in candidates])


def _answers(
    query_terms: QuestionTerms,
    sentences: Sequence[Sequence[str]],
    fitting: Sequence[Sequence[_Fitting]],
) -> dict[str, Column]:
    """Words that could be the answer, and how near they stand to the question's own words."""
    total = float(query_terms.idf.sum()) or 1.0
    weights = query_terms.idf.tolist()
    idf = {term: weights[column] for term, column in query_terms.columns.items()}
    near_fit, focus_near = [], []
    for terms, answers in zip(sentences, fitting, strict=True):
        own = [(at, idf[term]) for at, term in enumerate(terms) if term in idf]
        near_fit.append(max([fit * _nearness(at, own) for at, fit in answers], default=0) / total)
        focus = [at for at, term in enumerate(terms) if term in query_terms.focus]
        beside = [fit for at, fit in answers if any(abs(at - p) <= _NEAR for p in focus)]
        focus_near.append(max(beside, default=0))
    return {
        "fits": np.array([max([fit for _, fit in answers], default=0.0) for answers in fitting]),
        "fits_many": np.array([min(sum(fit for _, fit in a), 6.0) / 6.0 for a in fitting]),
        "near_fit": np.array(near_fit),
        "focus_near": np.array(focus_near, dtype=float),
    }


def _nearness(at: int, own: Sequence[tuple[int, float]]) -> float:
    return sum([weight / (1 + abs(at - place)) for place, weight in own])


def _weigh_answer_terms(
    sentences: Sequence[Sequence[str]],
    fitting: Sequence[Sequence[_Fitting]],
    redundancy: dict[str, float],
) -> list[dict[str, float]]:
    """The votes for the terms of each sentence that could answer, less where they hardly fit."""
    answer_terms: list[dict[str, float]] = []
    for terms, answers in zip(sentences, fitting, strict=True):
        votes: dict[str, float] = {}
        for at, fit in answers:
            if (term := terms[at]) in redundancy:
                votes[term] = max(votes.get(term, 0.0), fit * redundancy[term])
        answer_terms.append(votes)
    return answer_terms


def _agreement(
    sentences: Sequence[Sequence[str]],
    answer_terms: Sequence[dict[str, float]],
    redundancy: dict[str, float],
) -> dict[str, Column]:
    """Votes for the four best terms of a sentence, and for the best that fits; at most 1."""
    vote = []
    for terms in sentences:
        votes = sorted(filter(None, map(redundancy.get, {*terms})), reverse=True)
        vote.append(sum(votes[:_SAID]))
    vote_fit = [max(votes.values(), default=0.0) for votes in answer_terms]
    return {
        "vote": np.array(vote) / max([*vote, _NOTHING]),
        "vote_fit": np.array(vote_fit) / max([*vote_fit, _NOTHING]),
    }


def _shape(candidates: Sequence[Candidate]) -> dict[str, Column]:
    """How a sentence looks, and where in its article it stands."""
    return {
        "length": np.array([math.log(len(c.text) / 100) for c in candidates]),
        "place": np.array([math.log1p(max(c.place, 0)) / 5 for c in candidates]),
        "lead": np.array([float(c.place < _NEAR) for c in candidates]),
        "unfinished": np.array([float(is_unfinished(c.text)) for c in candidates]),
        "asks": np.array([float(c.text.rstrip("”\"’'").endswith("?")) for c in candidates]),
        "backwards": np.array([float(_opening(c.text) in _BACKWARDS) for c in candidates]),
    }


def leans_back(sentence: str) -> bool:
    """Whether a sentence opens with a pronoun for what was named before it."""
    return bool(_LEANS.match(sentence))


def _opening(sentence: str) -> str:
    words = sentence.lstrip("“\"‘'").split(maxsplit=1)
    return words[0].lower().strip(",.") if words else ""
