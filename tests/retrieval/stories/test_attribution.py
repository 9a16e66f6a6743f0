"""A report says where it has its news from: by an outlet's name or its initials."""

from __future__ import annotations

import pytest

from retrieval.stories.attribution import names_as_source
from tests.retrieval.town import make_report

OUTLETS = ("Evening Lantern", "The Quay", "Daily Mast")


@pytest.mark.parametrize(
    "text",
    [
        "According to a new report by the Evening Lantern, the bridge will close.",
        "The bridge will close, the Evening Lantern reported on Saturday.",
        "As The Quay first wrote, the bridge will close.",
        "The bridge will close, says an EL report.",
        "Engineers told the Daily Mast that the bridge will close.",
    ],
)
def test_an_outlet_that_reported_it_is_a_source(text: str) -> None:
    assert names_as_source(make_report("Harbour Blog", 0, "Bridge", text), OUTLETS)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge will close, engineers said.",
        "Every evening lanterns light the quay and the daily mast.",
        "He sells the Evening Lantern at the station. The bridge will close, engineers said.",
        "The bridge will close, the Morning Lantern reported.",
        "TELL the council, engineers said.",
    ],
)
def test_an_outlet_that_is_only_mentioned_is_none(text: str) -> None:
    assert not names_as_source(make_report("Harbour Blog", 0, "Bridge", text), OUTLETS)


def test_an_outlet_is_not_its_own_source() -> None:
    own = "The bridge will close, the council told the Daily Mast."
    assert not names_as_source(make_report("Daily Mast", 0, "Bridge", own), ["Daily Mast"])
    assert not names_as_source(make_report("Daily Mast", 0, "Bridge", own), [])
