"""Words of a sentence, and which of them could be an answer of a kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from retrieval.index.analysis import analyse_all
from retrieval.selection.naming import NOT_NAMES

if TYPE_CHECKING:
    from retrieval.selection.kinds import AnswerKind

_TOKEN = re.compile(r"[$£€¥]?\d[\d.,]*%?|[^\W_]+(?:[.&'’-][^\W_]+)*|[“”\"‘]")
_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    hundreds thousand thousands million millions billion billions trillion dozen dozens half third
    thirds quarter quarters twice double triple once first second""".split()
)
_UNITS_OF_TIME = frozenset(
    """second seconds minute minutes hour hours day days week weeks month months year years decade
    decades century centuries""".split()
)
_DATE_WORDS = frozenset(
    """january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
    today yesterday tomorrow spring summer autumn fall winter christmas easter""".split()
)
_MONEY = frozenset(("dollar", "dollars", "pounds", "euros", "cents", "million", "billion"))
_NAME_KINDS = frozenset(("person", "place", "organisation", "outlet", "title", "list"))
_QUOTES = frozenset("“”\"‘")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its terms; `term` is the first of them or "" for a mark."""

    text: str
    term: str
    start: int
    end: int
    capital: bool
    number: bool


def read_tokens(sentence: str, language: str) -> list[Token]:
    """The words of a sentence in order, quotation marks among them."""
    return [
        Token(
            text=(word := match.group()),
            term=_term(word, language),
            start=match.start(),
            end=match.end(),
            capital=word[0].isupper() and word.lower() not in NOT_NAMES,
            number=word[-1].isdigit() or word[0] in "$£€¥" or word[-1] == "%",
        )
        for match in _TOKEN.finditer(sentence)
    ]


@lru_cache(maxsize=100_000)
def _term(word: str, language: str) -> str:
    if word in _QUOTES:
        return ""
    terms = analyse_all(word, language)
    return terms[0] if terms else ""


def could_answer(kind: AnswerKind, tokens: list[Token], at: int) -> bool:
    """Whether the word at a position is of the kind asked for, or begins or goes on with one that is."""
    token = tokens[at]
    lower = token.text.lower()
    if kind in _NAME_KINDS:
        return token.capital
    if kind == "date":
        return lower in _DATE_WORDS and (token.capital or lower != "may") or _is_year(lower)
    if kind == "duration":
        return lower in _UNITS_OF_TIME
    if kind == "percent":
        return "%" in lower or lower in ("percent", "per")
    if kind == "amount":
        return lower[0] in "$£€¥" or lower in _MONEY
    if kind == "number":
        return token.number or lower in _NUMBER_WORDS
    return token.capital or token.number


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("17", "18", "19", "20")  # noqa: PLR2004  # digits of a year
