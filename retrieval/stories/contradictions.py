"""Where two outlets of one story give different numbers, dates or outcomes for the same thing."""

from __future__ import annotations

import math
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from retrieval.dates.periods import Period, shift
from retrieval.model import Conflict, Quote
from retrieval.stories.claims import find_units, parse_claims
from retrieval.stories.day_claims import parse_day_claims
from retrieval.stories.outcome_claims import parse_outcomes
from retrieval.stories.weights import CONTRADICTIONS
from retrieval.text.analysis import analyse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from retrieval.model import Article, Story
    from retrieval.stories.claims import Claim, NearbyTerm
    from retrieval.stories.day_claims import DayClaim
    from retrieval.stories.outcome_claims import OutcomeClaim
    from retrieval.text.quantities import Quantity

NEWS_AGES = timedelta(hours=12)
# What is counted anew each day: tolls only rise, measures go up and down.
_TOLLS = frozenset(
    analyse(
        "dead deaths died killed victims bodies injured wounded missing hospitalised hospitalized"
        " infected infections cases arrested arrests detained displaced evacuated rescued homeless"
        " fled signed signatures sold donated raised votes"
    )
)
_MEASURES = frozenset(
    analyse(
        "price prices costs shares stock index points gallon litre liter barrel ounce wind winds"
        " mph kmh temperature degrees celsius fahrenheit rate poll support followers subscribers"
        " odds lead acres inches rain rainfall snow hectares contained"
    )
)


def find_conflicts(story: Story) -> tuple[Conflict, ...]:
    """Return pairs of sentences of two outlets that give different values for one thing.

    Both values must count in one unit and be meant alike (hoped for, so far, in all), and most of
    the words around them must be shared; no two words may stand in one place of both sentences
    ("the federal tax", "the state tax"), and not both may be about a name or a time of their own.
    Rounded numbers do not differ, nor do hedged ones that may be one value, nor numbers
    `most_times` apart, which measure other things, nor a toll or a price of another day, nor two
    values where either article gives the other's too. Neither side is chosen: the one reported
    first stands left, and the values are highlighted.
    """
    copies = {a.id for group in story.copies for a in group.articles[1:]}
    originals = [a for a in story.articles if a.id not in copies]
    claims = {a.id: list(parse_claims(a)) for a in originals}
    days = {a.id: parse_day_claims(a) for a in originals}
    outcomes = {a.id: parse_outcomes(a) for a in originals}
    found: dict[tuple[str, ...], Conflict] = {}
    for left, right in combinations(originals, 2):
        if left.outlet != right.outlet:
            for conflict in _compare_days(days[left.id], days[right.id]):
                found.setdefault((conflict.about, left.id, right.id), conflict)
            for conflict in _compare_outcomes(outcomes[left.id], outcomes[right.id]):
                found.setdefault((conflict.about, left.id, right.id), conflict)
            for conflict in _compare(claims[left.id], claims[right.id]):
                found.setdefault((conflict.about, *_marked(conflict)), conflict)
    return tuple(found.values())[: CONTRADICTIONS.most]


def _compare(left: list[Claim], right: list[Claim]) -> Iterator[Conflict]:
    for one in left:
        for other in right:
            if not _same_thing(one, other) or not _differ(one, other):
                continue
            if not (_also_says(left, other) or _also_says(right, one)):
                yield _conflict(one, other)


def _compare_days(left: list[DayClaim], right: list[DayClaim]) -> Iterator[Conflict]:
    """Where two reports put one act on two days; a later day told later is news."""
    for one in left:
        for other in right:
            shared = (one.terms & other.terms) - {one.act}
            if one.act != other.act or len(shared) < CONTRADICTIONS.shared_terms:
                continue
            if one.names - other.words and other.names - one.words:
                continue  # each about a name of its own
            if not _meet(one.period, other.period) and not _is_update(one, other):
                yield Conflict(
                    one.act, _quote_act(one), one.article, _quote_act(other), other.article
                )


def _compare_outcomes(left: list[OutcomeClaim], right: list[OutcomeClaim]) -> Iterator[Conflict]:
    """Where one report says that something came out one way, and the other says the other."""
    for one in left:
        for other in right:
            if one.act == other.act and one.holds != other.holds and _is_one_outcome(one, other):
                yield Conflict(
                    one.act, _quote_act(one), one.article, _quote_act(other), other.article
                )


def _is_one_outcome(one: OutcomeClaim, other: OutcomeClaim) -> bool:
    shared = len(one.terms & other.terms)
    fewer = min(len(one.terms), len(other.terms))
    if shared < max(CONTRADICTIONS.outcome_terms, CONTRADICTIONS.outcome_share * fewer):
        return False
    if one.names - other.words and other.names - one.words:
        return False  # each about a name of its own
    return not _is_later(one.article, other.article)


def _is_later(one: Article, other: Article) -> bool:
    """Whether so much time lies between that things may have come out otherwise meanwhile."""
    if one.published is None or other.published is None:
        return False
    apart = abs(one.published - other.published)
    return apart >= timedelta(hours=CONTRADICTIONS.update_hours)


def _is_update(one: DayClaim, other: DayClaim) -> bool:
    return (one.is_ahead() or other.is_ahead()) and _is_later(one.article, other.article)


def _quote_act(claim: DayClaim | OutcomeClaim) -> Quote:
    return Quote(claim.text, 0, claim.article.id, claim.start, (claim.place,))


def _same_thing(one: Claim, other: Claim) -> bool:
    if "loose" in {one.hedge, other.hedge} or not _about_same(one, other):
        return False
    if one.lead != other.lead and not one.period and one.lead and other.lead:
        return False
    return (
        one.meant == other.meant
        and _is_sole(one)
        and _is_sole(other)
        and not _are_of_other_times(one, other)
    )


def _about_same(one: Claim, other: Claim) -> bool:
    """Whether both count in one unit, or both name a day, amid the same words."""
    if bool(one.period) != bool(other.period):
        return False
    if not (one.units <= other.units or other.units <= one.units):
        return False
    return _share_context(one, other) and not _have_rivals(one, other)


def _is_sole(claim: Claim) -> bool:
    """Whether its sentence gives no other value in this unit, which might be the one to compare."""
    units = [find_units(number) & claim.units for number in claim.sentence.numbers]
    return len([unit for unit in units if unit]) <= 1


def _share_context(one: Claim, other: Claim) -> bool:
    """Whether most of what stands near one value stands near the other too."""
    shared = len(one.near.keys() & other.near.keys())
    fewer, more = sorted((len(one.near), len(other.near)))
    if one.period and one.lead != other.lead:
        return shared >= max(CONTRADICTIONS.fewest_shared, CONTRADICTIONS.nearly_all * more)
    return shared >= max(
        CONTRADICTIONS.fewest_shared,
        CONTRADICTIONS.shared_by_fewer * fewer,
        CONTRADICTIONS.shared_by_more * more,
    )


def _have_rivals(one: Claim, other: Claim) -> bool:
    """Whether each has a name that the other lacks, or two words stand in the same place."""
    alone = _alone(one, other), _alone(other, one)
    if all(any(_is_name(told) for told in side.values()) for side in alone):
        return True
    return any(
        _are_rivals(left, right) for left in alone[0].values() for right in alone[1].values()
    )


def _are_rivals(left: NearbyTerm, right: NearbyTerm) -> bool:
    same_before = bool(left.before) and left.before == right.before
    same_behind = bool(left.behind) and left.behind == right.behind
    return same_behind or (
        same_before and max(left.distance, right.distance) <= CONTRADICTIONS.next
    )


def _alone(one: Claim, other: Claim) -> Mapping[str, NearbyTerm]:
    return {term: told for term, told in one.near.items() if not other.sentence.holds(term)}


def _is_name(told: NearbyTerm) -> bool:
    return told.word[:1].isupper() and not told.opens


def _are_of_other_times(one: Claim, other: Claim) -> bool:
    if one.period and other.period:
        return _count_otherwise(one, other)
    times, others = one.sentence.times, other.sentence.times
    if times and others and not any(_meet(a, b) for a in times for b in others):
        return True
    return _has_changed(one, other)


def _count_otherwise(one: Claim, other: Claim) -> bool:
    """Whether the sentences differ in a number too, and so tell of two days."""
    return any(
        find_units(left) & find_units(right) and _are_apart(left.value, right.value)
        for left in one.sentence.numbers
        for right in other.sentence.numbers
    )


def _has_changed(one: Claim, other: Claim) -> bool:
    """Whether a value of a later day may well be another: a toll that has risen, a price."""
    earlier, later = one.sentence.article.published, other.sentence.article.published
    if earlier is None or later is None or later - earlier < NEWS_AGES:
        return False
    about = (one.near.keys() & other.near.keys()) | one.units | other.units
    return bool(about & _MEASURES) or (other.value > one.value and bool(about & _TOLLS))


def _meet(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last


def _differ(one: Claim, other: Claim) -> bool:
    if one.period and other.period:
        period = other.period
        if one.yearly or other.yearly:
            years = one.period.first.year - period.first.year
            period = Period(shift(period.first, "year", years), shift(period.last, "year", years))
        return not _meet(one.period, period)
    if not _are_apart(one.value, other.value):
        return False
    (low, high), (least, most) = _bounds(one), _bounds(other)
    return high < least or most < low


def _bounds(claim: Claim) -> tuple[float, float]:
    """Return between which values a number may lie, as it is hedged."""
    return {
        "": (claim.value, claim.value),
        "about": (claim.value / CONTRADICTIONS.guessed, claim.value * CONTRADICTIONS.guessed),
        "above": (claim.value / CONTRADICTIONS.near_bound, math.inf),
        "loose": (0.0, math.inf),
    }[claim.hedge]


def _are_apart(one: float, other: float) -> bool:
    return not _are_close(one, other) and max(one, other) < CONTRADICTIONS.most_times * min(
        one, other
    )


def _are_close(one: float, other: float) -> bool:
    """Whether one is the other rounded, or written from the same count a moment later."""
    less, more = sorted((one, other))
    near, rounded = (
        more - less <= CONTRADICTIONS.counted_alike * more,
        more - less <= CONTRADICTIONS.rounded_alike * more,
    )
    return near or (rounded and (_rounds_to(one, other) or _rounds_to(other, one)))


def _rounds_to(exact: float, rounded: float) -> bool:
    """Whether a number with the digits of the rounded one is that one."""
    digits = len(f"{rounded:e}".partition("e")[0].rstrip("0").replace(".", ""))
    return float(f"{exact:.{max(0, digits - 1)}e}") == rounded


def _also_says(claims: list[Claim], other: Claim) -> bool:
    """Whether an article gives this value of the other one too, for the same kind of thing.

    A price or a count of hundreds is the same one wherever it stands; a few people are the same
    only where they are told of in the same words.
    """
    if other.period:
        return any(c.period and not _differ(c, other) for c in claims)
    return any(
        _are_close(number.value, other.value)
        for claim in claims
        for number in claim.sentence.numbers
        if _counts_as(number, other) and (_is_telling(other.value) or _about_same(claim, other))
    )


def _counts_as(number: Quantity, other: Claim) -> bool:
    return not number.units or bool(find_units(number) & other.units)


def _is_telling(value: float) -> bool:
    return value >= CONTRADICTIONS.few or not value.is_integer()


def _conflict(one: Claim, other: Claim) -> Conflict:
    shared = [told.word for term, told in one.near.items() if term in other.near]
    left, right = one.sentence.article, other.sentence.article
    return Conflict(" ".join(shared), _quote(one), left, _quote(other), right)


def _quote(claim: Claim) -> Quote:
    sentence = claim.sentence
    return Quote(sentence.text, 0, sentence.article.id, sentence.start, (claim.place,))


def _marked(conflict: Conflict) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]  # two sides, two strings
        quote.text[slice(*quote.highlights[0])] for quote in (conflict.left, conflict.right)
    )
