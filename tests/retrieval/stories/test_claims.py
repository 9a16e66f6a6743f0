"""A report's numbers, ages and days are read with what they are about."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.stories.claims import AGE, Claim, find_days, parse_claims
from tests.retrieval.town import make_report


def claims(text: str) -> list[Claim]:
    return list(parse_claims(make_report("The Quay", 0, "Bridge", text)))


def test_a_claim_points_at_its_value_and_holds_the_words_around_it() -> None:
    (claim,) = claims("The old harbour bridge in Aldan carries 9,000 commuters.")
    assert claim.sentence.text[slice(*claim.place)] == "9,000"
    assert [told.word for told in claim.near.values()] == [
        *("old", "harbour", "bridge", "Aldan", "carries", "commuters"),
    ]
    assert (claim.near["bridg"].before, claim.near["bridg"].behind) == ("harbour", "in")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It cost 40 million euros to build.", "\u20ac"),
        ("It cost \u20ac40 million to build.", "\u20ac"),
        ("It takes 40 per cent of the traffic.", "%"),
        ("Its keeper, aged 40, left.", AGE),
        ("Its 40-year-old keeper left.", AGE),
        ("Its keeper died at 40 in Helm.", AGE),
    ],
)
def test_what_is_counted_has_one_name_however_it_is_written(text: str, unit: str) -> None:
    assert any(unit in claim.units and claim.value in {40, 40e6} for claim in claims(text))


@pytest.mark.parametrize("text", ["Those aged 40 to 60 pay half.", "Pupils of 6 to 12 years old."])
def test_a_range_of_ages_is_nobody_s_age(text: str) -> None:
    assert not any(claim.units == {AGE} for claim in claims(text))


def test_a_day_by_the_calendar_is_a_claim_and_a_weekday_is_none() -> None:
    (claim,) = claims("The bridge will close on 3 June.")
    assert claim.period is not None
    assert (claim.period.first.month, claim.period.first.day) == (6, 3)
    assert claim.yearly
    assert claim.lead == "close"
    assert claims("The bridge will close on Monday.") == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("It opened in 1987.", ["1987"]),
        ("The 1987 law stands.", []),
        ("It closes on 3 June 2024 at noon.", ["3 June 2024"]),
        ("It closes soon.", []),
    ],
)
def test_a_bare_year_names_days_after_a_preposition_only(text: str, named: list[str]) -> None:
    found = find_days(text, date(2024, 5, 4))
    assert [text[one.start : one.end].removeprefix("on ").removeprefix("in ") for one in found] == (
        named
    )
