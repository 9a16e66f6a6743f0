"""Which act falls on which day, as a report says."""

from __future__ import annotations

import pytest

from retrieval.stories.day_claims import parse_day_claims
from tests.retrieval.town import make_report


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("The ferry Petrel is due to launch on June 2nd.", {"release": "June 2nd"}),
        ("It comes ahead of the June 6 release of the Petrel.", {"release": "June 6"}),
        ("The bridge was closed on 3 April after a storm.", {"closing": "3 April"}),
        ("The harbour line was down on Friday for hours.", {"outage": "Friday"}),
        ("Early access runs from June 1, while the open beta is on June 9.",
         {"early access": "June 1", "open beta": "June 9"}),
        ("The bridge could close on 9 June.", {}),  # nobody says that it will
        ("The council said on Friday.", {}),
        ("Halcyon on Friday apologised for the outage.", {}),
        ("The bridge will close on Friday.", {}),  # which one?
        ("The bridge will close in June.", {}),  # no day
        ("The bridge closes on 9 June. The bridge closes on 12 June.", {}),  # two days of one act
    ],
)  # fmt: skip
def test_an_act_is_told_of_a_day(text: str, acts: dict[str, str]) -> None:
    claims = parse_day_claims(make_report("The Quay", 0, "", text))
    assert {claim.act: claim.text[slice(*claim.place)] for claim in claims} == acts


def test_a_day_to_come_is_ahead() -> None:
    ahead, past = (
        parse_day_claims(make_report("The Quay", 0, "", text))[0].is_ahead()
        for text in (
            "The bridge closes on 9 June.",
            "The bridge was closed on 3 April after a storm.",
        )
    )
    assert (ahead, past) == (True, False)
