"""The words around a value that say who gave it, how sure it is, and as what it is meant."""

from __future__ import annotations

import re

# Characters around a value in which the words that qualify it stand.
_REACH = 60
_HEDGE = re.compile(
    r"\b(?:more than|over|at least|less than|fewer than|under|up to|almost|near|nearly|about|around"
    r"|some|roughly|approximately|estimated|as \w+ as|another|first|last|average|total|ages?|aged"
    r"|between|other|additional|extra|\d\S* (?:and|or)|\d\S*(?: \w+)? (?:to|through))"
    r"\s+(?:an?\s+|the\s+)?\W?$",
    re.IGNORECASE,
)
_HEDGED_AFTER = re.compile(
    r"\W*(?:[\w\u2019'-]+ ){0,4}(?:or|and) (?:more|greater|higher|less|fewer|older|younger|over|up"
    r"|so)\b"
    r"|\W*(?:\w+ )?(?:to|through|and|or|[\u2013-]) ?[$\u20ac\xa3\xa5]?\d"
    r"|\W*(?:[\w\u2019'-]+ )?(?:each|apiece)\b"
)
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
    r"|predict(?:s|ed)?|projected|could|might|may(?= [a-z])",
    "earlier": r"initial(?:ly)?|original(?:ly)?|previous(?:ly)?|formerly|earlier|until now|up from"
    r"|down from|compared (?:with|to)|first (?=[a-z]+ed\b)|used to|already",
    "running": r"so far|to date|as of|now|current(?:ly)?|still",
    "whole": r"in all|in total|altogether|overall|combined|total(?:s|led|ling)?|cumulative",
    "part": r"of (?:them|which|whom|these|those)|among (?:them|which|whom)|including",
    "rate": rf"(?:per|every|each) (?:{_TIMES}|person|head|share)|a (?:{_TIMES})(?=[.,;]|$)|daily"
    r"|weekly|monthly|annual(?:ly)?|yearly|hourly",
    "order": r"first|second|third|fourth|fifth|final",
}
_MEANT_AS = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _MEANT.items()), re.IGNORECASE
)


def is_hedged(sentence: str, start: int, end: int) -> bool:
    """Whether a number is a bound, a range, a guess, an average or one of several."""
    after = _HEDGED_AFTER.match(sentence, end)
    return after is not None or _HEDGE.search(sentence[max(0, start - _REACH) : start]) is not None


def find_sources(sentence: str) -> list[tuple[int, int]]:
    """Return where the sentence says who says so, which is no part of what is said."""
    return [match.span() for match in _SOURCE.finditer(sentence)]


def read_meaning(sentence: str, start: int, end: int) -> frozenset[str]:
    """Return as what a value is meant: hoped for, earlier, so far, in all, a part, a rate."""
    near = _MEANT_AS.finditer(sentence, max(0, start - _REACH), end + _REACH)
    return frozenset(match.lastgroup or "" for match in near)
