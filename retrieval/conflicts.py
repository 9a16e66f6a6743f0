"""Where two outlets of one story give different numbers or dates for the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from retrieval.index.analysis import analyse_with_offsets
from retrieval.model import Conflict, Quote
from retrieval.period_words import find_periods
from retrieval.quantities import find_quantities
from retrieval.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.model import Article, Story
    from retrieval.periods import Period

CONTEXT_TERMS = 8
FEWEST_SHARED = 3
SHARED_CONTEXT = 0.5
ROUNDING = 0.03
MOST_CONFLICTS = 10
_HEDGE = re.compile(
    r"\b(?:more than|over|at least|less than|fewer than|under|up to|almost|nearly|about|around|some"
    r"|roughly|approximately|as many as|as much as|another|first|last)\s+(?:an?\s+|the\s+)?\W?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"day\b|night|morning|ago|week", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A number or a day with what it is about: its units, and the terms around it by place."""

    article: Article
    sentence: tuple[int, int]
    place: tuple[int, int]
    units: frozenset[str]
    context: dict[str, str]
    value: float = 0.0
    period: Period | None = None
    loose: bool = False


def find_conflicts(story: Story) -> tuple[Conflict, ...]:
    """Return pairs of sentences of two outlets that give different values for one thing.

    Two numbers count the same thing where they share a unit and at least half of the words around
    them; two days belong to the same thing where they share those words. Hedged and rounded numbers
    do not differ, nor do two numbers where either article gives the other's too. Neither side is
    chosen; the side reported first stands left, and its numbers are highlighted.
    """
    copies = {a.id for group in story.copies for a in group.articles[1:]}
    originals = [a for a in story.articles if a.id not in copies]
    claims = {a.id: list(_read_claims(a)) for a in originals}
    found: dict[tuple[str, ...], Conflict] = {}
    for left, right in combinations(originals, 2):
        if left.outlet != right.outlet:
            for conflict in _compare(claims[left.id], claims[right.id]):
                found.setdefault((conflict.about, *_marked(conflict)), conflict)
    return tuple(found.values())[:MOST_CONFLICTS]


def _read_claims(article: Article) -> Iterator[_Claim]:
    for start, end in split_sentences(article.text, article.language):
        sentence = article.text[start:end]
        terms = analyse_with_offsets(sentence, article.language)
        for quantity in find_quantities(sentence):
            place = (quantity.start, quantity.end)
            context = _context(sentence, terms, place)
            hedged = _HEDGE.search(sentence[: quantity.start]) is not None
            units = frozenset(quantity.units)
            yield _Claim(article, (start, end), place, units, context, quantity.value, None, hedged)
        if article.day:
            for period in find_periods(sentence, article.day):
                place = (period.start, period.end)
                relative = _RELATIVE.search(sentence[period.start : period.end]) is not None
                context = _context(sentence, terms, place)
                yield _Claim(
                    article, (start, end), place, frozenset(), context, 0.0, period.period, relative
                )


def _context(
    sentence: str, terms: list[tuple[str, int, int]], place: tuple[int, int]
) -> dict[str, str]:
    """Return the nearest terms on both sides with the words they stand for, numbers left out."""
    words = [t for t in terms if not (place[0] <= t[1] < place[1])]
    words = [t for t in words if not any(c.isdigit() for c in sentence[t[1] : t[2]])]
    words.sort(key=lambda t: max(place[0] - t[2], t[1] - place[1]))
    nearest = sorted(words[:CONTEXT_TERMS], key=lambda t: t[1])
    return {term: sentence[start:end] for term, start, end in nearest}


def _compare(left: list[_Claim], right: list[_Claim]) -> Iterator[Conflict]:
    for one in left:
        for other in right:
            if not _same_thing(one, other) or not _differ(one, other):
                continue
            if not (_also_says(left, other) or _also_says(right, one)):
                yield _conflict(one, other)


def _same_thing(one: _Claim, other: _Claim) -> bool:
    if (one.period is None) != (other.period is None):
        return False
    if one.period is None and not one.units & other.units:
        return False
    shared = one.context.keys() & other.context.keys()
    fewer = min(len(one.context), len(other.context))
    return len(shared) >= max(FEWEST_SHARED, SHARED_CONTEXT * fewer)


def _differ(one: _Claim, other: _Claim) -> bool:
    if one.period and other.period:
        first, second = sorted((one.period, other.period), key=lambda p: p.first)
        apart = (second.first - first.last).days
        return apart > (1 if one.loose or other.loose else 0)
    if one.loose or other.loose:
        return False
    return abs(one.value - other.value) > ROUNDING * max(one.value, other.value)


def _also_says(claims: list[_Claim], other: _Claim) -> bool:
    """Whether an article gives this value of the other one too, for the same kind of thing."""
    if other.period:
        return any(c.period and not _differ(c, other) for c in claims)
    return any(c.units & other.units and c.value == other.value for c in claims)


def _conflict(one: _Claim, other: _Claim) -> Conflict:
    shared = [word for term, word in one.context.items() if term in other.context]
    return Conflict(" ".join(shared), _quote(one), one.article, _quote(other), other.article)


def _quote(claim: _Claim) -> Quote:
    start, end = claim.sentence
    return Quote(claim.article.text[start:end], 0, claim.article.id, start, (claim.place,))


def _marked(conflict: Conflict) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]  # two sides, two strings
        quote.text[slice(*quote.highlights[0])] for quote in (conflict.left, conflict.right)
    )
