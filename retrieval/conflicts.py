"""Where two outlets of one story give different numbers or dates for the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from retrieval.calendar_words import MONTH
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
FEWEST_SHARED = 4
SHARED_CONTEXT = 0.6
ROUNDING = 0.03
MOST_TIMES = 20
MOST_CONFLICTS = 10
_HEDGE = re.compile(
    r"\b(?:more than|over|at least|less than|fewer than|under|up to|almost|near|nearly|about|around"
    r"|some|roughly|approximately|estimated|as \w+ as|another|first|last|average|total|ages?|aged"
    r"|between|\d\S* (?:to|and|or|through))\s+(?:an?\s+|the\s+)?\W?$",
    re.IGNORECASE,
)
_HEDGED_AFTER = re.compile(r"\W*(?:\w+ )?(?:or (?:more|greater|higher|less|fewer)|to \d)")
# A day told by its distance or by its weekday is as often the day of the report.
_ABSOLUTE = re.compile(rf"\d|\b{MONTH}", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:ago|week|this|last|past|recent|earlier)\b|\d0s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A number or a day with what it is about: its units, and the terms around it by place."""

    article: Article
    sentence: tuple[int, int]
    place: tuple[int, int]
    units: frozenset[str]
    context: dict[str, str]
    before: str
    value: float = 0.0
    period: Period | None = None
    hedged: bool = False


def find_conflicts(story: Story) -> tuple[Conflict, ...]:
    """Return pairs of sentences of two outlets that give different values for one thing.

    Two numbers count the same thing where they have the same unit, and two days belong to the same
    thing where the word before them is the same; in both cases at least SHARED_CONTEXT of the words
    around must be shared, and not both may be about a name of their own. Hedged and rounded numbers
    do not differ, nor do numbers MOST_TIMES apart, which measure other things, nor two values where
    either article gives the other's too. Neither side is chosen: the one reported first stands
    left, and the values are highlighted.
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
            hedged = _is_hedged(sentence, place)
            yield _Claim(
                article,
                (start, end),
                place,
                frozenset(quantity.units),
                *_context(sentence, terms, place),
                value=quantity.value,
                hedged=hedged,
            )
        for found in find_periods(sentence, article.day) if article.day else ():
            words = sentence[found.start : found.end]
            if _ABSOLUTE.search(words) and not _RELATIVE.search(words):
                place = (found.start, found.end)
                context, before = _context(sentence, terms, place)
                yield _Claim(
                    article, (start, end), place, frozenset(), context, before, period=found.period
                )


def _is_hedged(sentence: str, place: tuple[int, int]) -> bool:
    after = _HEDGED_AFTER.match(sentence, place[1])
    return after is not None or _HEDGE.search(sentence[: place[0]]) is not None


def _context(
    sentence: str, terms: list[tuple[str, int, int]], place: tuple[int, int]
) -> tuple[dict[str, str], str]:
    """Return the nearest terms on both sides with their words, and the last one before the place.

    Numbers are left out.
    """
    words = [t for t in terms if not (place[0] <= t[1] < place[1])]
    words = [t for t in words if not any(c.isdigit() for c in sentence[t[1] : t[2]])]
    words.sort(key=lambda t: max(place[0] - t[2], t[1] - place[1]))
    nearest = sorted(words[:CONTEXT_TERMS], key=lambda t: t[1])
    before = next((t[0] for t in words if t[1] < place[0]), "")
    return {term: sentence[start:end] for term, start, end in nearest}, before


def _compare(left: list[_Claim], right: list[_Claim]) -> Iterator[Conflict]:
    for one in left:
        for other in right:
            if not _same_thing(one, other) or not _differ(one, other):
                continue
            if not (_also_says(left, other) or _also_says(right, one)):
                yield _conflict(one, other)


def _same_thing(one: _Claim, other: _Claim) -> bool:
    if one.hedged or other.hedged:
        return False
    if one.period or other.period:
        if not (one.period and other.period and one.before == other.before):
            return False
    elif not (one.units <= other.units or other.units <= one.units):
        return False
    shared = one.context.keys() & other.context.keys()
    fewer = min(len(one.context), len(other.context))
    if len(shared) < max(FEWEST_SHARED, SHARED_CONTEXT * fewer):
        return False
    return not (_names(one) - other.context.keys() and _names(other) - one.context.keys())


def _names(claim: _Claim) -> set[str]:
    return {term for term, word in claim.context.items() if word[:1].isupper()}


def _differ(one: _Claim, other: _Claim) -> bool:
    if one.period and other.period:
        return one.period.last < other.period.first or other.period.last < one.period.first
    less, more = sorted((one.value, other.value))
    return more * (1 - ROUNDING) > less > more / MOST_TIMES


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
