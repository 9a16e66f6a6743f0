from __future__ import annotations

import pytest

from retrieval.answering.slots import find_slots


@pytest.mark.parametrize(
    ("text", "answer_type", "unit", "found"),
    [
        ("The ferry cost $40 and 12.50 dollars more.", "amount", "money", ["$40", "12.50 dollars"]),
        (
            "Boats sail from March 17-19, and again in mid-May.",
            "date",
            "",
            ["March 17-19", "mid-May"],
        ),
        ("It may march on in a while.", "date", "", []),
        ("In 2022 the Petrel 4 carried more than 150 crates.", "number", "", ["150"]),
        ("The map needs 32GB of memory.", "number", "bytes", ["32GB"]),
        ("A five-year lease, or two weeks.", "duration", "time", ["five-year", "two weeks"]),
        ("Catches fell by 12% or a third.", "percent", "percent", ["12%", "a third"]),
        ("The harbour is old.", "person", "", []),
    ],
)
def test_a_slot_is_of_the_type_and_unit_that_is_asked_for(
    text: str, answer_type: str, unit: str, found: list[str]
) -> None:
    assert [text[start:end] for start, end in find_slots(text, answer_type, unit)] == found


def test_a_german_day_is_one() -> None:
    text = "Die Fähre fährt am 4. Juni wieder."
    assert [text[a:b] for a, b in find_slots(text, "date", language="de")] == ["4. Juni"]
