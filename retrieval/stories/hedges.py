"""The words around a value that say who gave it, how sure it is, and as what it is meant."""

from __future__ import annotations

import re
from typing import Literal

Hedge = Literal["", "above", "about", "loose"]

# Characters before and behind a value in which the words that qualify it stand.
_REACH, _REACH_ON = 60, 30
# What stands before a number, by how it bounds the value.
_BEFORE: dict[Hedge, str] = {
    "loose": r"less than|fewer than|under|below|up to|as \w+ as|at most|no more than|another|first"
    r"|last|average|total|ages?|aged|between|other|additional|extra"
    r"|\d\S* (?:and|or)|\d\S*(?: \w+)? (?:to|through)(?: (?:more|less|fewer) than| over)?",
    "above": r"more than|over|at least|above|no fewer than|no less than|upwards of",
    "about": r"almost|near|nearly|about|around|some|roughly|approximately|estimated|close to",
}
_HEDGE = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in _BEFORE.items())})"
    r"\s+(?:an?\s+|the\s+)?\W?$",
    re.IGNORECASE,
)
_AFTER: tuple[tuple[Hedge, str], ...] = (
    (
        "above",
        r"\W*(?:[\w\u2019'-]+ ){0,4}(?:or|and) (?:more|greater|higher|older|over|up)\b",
    ),
    ("about", r"\W*(?:[\w\u2019'-]+ ){0,4}or so\b"),
    (
        "loose",
        (
            r"\W*(?:\w+ )?(?:to|through|and|or|[\u2013-]) ?[$\u20ac\xa3\xa5]?\d"
            r"|\W*(?:[\w\u2019'-]+ ){0,4}or (?:less|fewer|younger)\b"
            r"|\W*(?:[\w\u2019'-]+ )?(?:each|apiece)\b"
        ),
    ),
)
_HEDGED_AFTER = tuple((kind, re.compile(words)) for kind, words in _AFTER)
_SAYING = r"(?:said|says|told \w+|reported|estimated?|estimates|claimed?|claims|shows?|showed)"
# "Police said", "…, the coast guard said on Monday." What follows "Acme said it" is about Acme.
_SOURCE = re.compile(
    rf"^\W*(?:[\w\u2019'&-]+ ){{1,6}}?{_SAYING}\b(?: on \w+day)?(?: that\b)?"
    r"(?! (?:it|he|she|they|its|his|her|their|to)\b)"
    rf"|, (?:[\w\u2019'.&-]+ ){{1,8}}?{_SAYING}\b(?: (?:on|in|late|early|this|at)\b[^,;]*)?[.!?]?$"
    r"|\baccording to [^,;.]*",
    re.IGNORECASE,
)
_TIMES = r"day|week|month|year|quarter|hour|night"
_MEANT = {
    "hoped": r"hop(?:e[sd]?|ing)|wants?|wanted|aim(?:s|ed|ing)?|goals?|targets?|seek(?:s|ing)?"
    r"|sought|propos(?:e[sd]?|als?)|offer(?:s|ed)?|demand(?:s|ed)?|expect(?:s|ed)?|forecasts?"
    r"|predict(?:s|ed)?|projected|could|might|may(?= [a-z])|possibl[ey]|likely",
    "earlier": r"initial(?:ly)?|original(?:ly)?|previous(?:ly)?|formerly|earlier|until now|up from"
    r"|down from|compared (?:with|to)|first (?=[a-z]+ed\b)|used to|already",
    "ahead": r"will|shall|going to|plans? to",
    "running": r"so far|to date|as of|now|current(?:ly)?|still",
    "whole": r"in all|in total|altogether|overall|combined|total(?:s|led|ling)?|cumulative",
    "part": r"of (?:them|which|whom|these|those)|among (?:them|which|whom)|including",
    "rate": rf"(?:per|every|each) (?:{_TIMES}|person|head|share)|a (?:{_TIMES})(?=[.,;]|$)|daily"
    r"|weekly|monthly|annual(?:ly)?|yearly|hourly",
    "order": r"first|second|third|fourth|fifth",
}
_MEANT_AS = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _MEANT.items()), re.IGNORECASE
)


def find_hedge(sentence: str, start: int, end: int) -> Hedge:
    """Return how a number is meant: as the least, as a guess, or loosely.

    "loose" is the most, an end of a range, an average, one of several; "" is a number as it is.
    """
    for kind, pattern in _HEDGED_AFTER:
        if pattern.match(sentence, end):
            return kind
    before = _HEDGE.search(sentence[max(0, start - _REACH) : start])
    return next((kind for kind in _BEFORE if before and before[kind]), "")


def find_sources(sentence: str) -> list[tuple[int, int]]:
    """Return where the sentence says who says so, which is no part of what is said."""
    return [match.span() for match in _SOURCE.finditer(sentence)]


def find_meaning(sentence: str, start: int, end: int) -> frozenset[str]:
    """Return as what a value is meant: hoped for, earlier, so far, in all, a part, a rate."""
    near = _MEANT_AS.finditer(sentence, max(0, start - _REACH), end + _REACH_ON)
    return frozenset(match.lastgroup or "" for match in near)
