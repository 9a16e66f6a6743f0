from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.outlets import name_outlet


@pytest.mark.parametrize(
    ("name", "domain", "outlet"),
    [
        ("Wall Street Journal", "wsj.com", "Wall Street Journal"),
        ("iNews", "inews.example", "iNews"),
        ("Harbour%2c Inc.", "harbour.example", "Harbour, Inc."),
        ("100% Boats", "boats.example", "100% Boats"),
        ("", "harbour-post.co.uk", "harbour-post.co.uk"),
        ("", "www.rte.ie", "rte.ie"),
        ("", "news.harbour.com", "news.harbour.com"),
        ("harbour.com", "harbour.com", "harbour.com"),
        ("TheHarbour.com", "theharbour.com", "TheHarbour.com"),
        ("www.harbour.com", "", "harbour.com"),
        ("telecom.porttimes.inland", "inland.com", "telecom.porttimes.inland.com"),
        ("harb", "harbourstory.in", "harbourstory.in"),
        ("mint", "livemint.com", "Mint"),
        ("", "", ""),
    ],
)
def test_an_outlet_gets_a_readable_name(name: str, domain: str, outlet: str) -> None:
    assert name_outlet(name, domain) == outlet


@given(st.text())
def test_an_outlet_has_one_line_and_no_blank_around_it(given_name: str) -> None:
    name = name_outlet(given_name, "")

    assert name == " ".join(name.split())
