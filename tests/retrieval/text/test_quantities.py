"""Numbers are read with what they count, and names and dates are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.analysis import analyse
from retrieval.text.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The navy met 23 pirates.", 23, "pirates"),
        ("The navy met 1,400 armed pirates.", 1400, "pirates"),
        ("Three sailors drowned.", 3, "sailors"),
        ("It carried three dozen sailors.", 36, "sailors"),
        ("Twenty-six sailors drowned.", 26, "sailors"),
        ("Ninety sailors drowned.", 90, "sailors"),
        ("A magnitude-6.1 quake hit the coast.", 6.1, "quake"),
        ("The quake of magnitude 6.1 hit the coast.", 6.1, "magnitude"),
        ("A model of 70 billion parameters.", 70e9, "parameters"),
        ("A 65-billion-parameter model.", 65e9, "parameter"),
        ("The ferry takes 5 days.", 5, "days"),
    ],
)
def test_a_number_counts_something(text: str, value: float, unit: str) -> None:
    (quantity,) = find_quantities(text)
    assert quantity.value == pytest.approx(value)
    assert analyse(unit)[0] in quantity.units


@pytest.mark.parametrize(
    ("text", "value", "sign"),
    [
        ("It cost $5.5 billion.", 5.5e9, "$"),
        ("It cost \u20ac30bn at most.", 30e9, "\u20ac"),
        ("Fares rose by 12%.", 12, "%"),
        ("Fares rose by 12 per cent.", 12, "%"),
    ],
)
def test_money_and_shares_have_signs_for_units(text: str, value: float, sign: str) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.value, quantity.units[0]) == (value, sign)


@pytest.mark.parametrize(
    "text",
    [
        "It came on 10 September.",
        "It came on Sept. 10 in the morning.",
        "It came in 2023 again.",
        "It came at 9:30 sharp.",
        "It came at 9 a.m. sharp.",
        "Version 3.11.7 came.",
        "The yard of Seagull 2 spoke.",
        "The GPT-4 model spoke.",
        "The 4th model spoke.",
    ],
)
def test_dates_times_and_names_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == []


@given(st.text(max_size=80))
def test_a_quantity_stands_where_it_says(text: str) -> None:
    for quantity in find_quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert quantity.units
