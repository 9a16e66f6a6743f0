from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.domains import find_label, find_registered


@pytest.mark.parametrize(
    ("host", "registered", "label"),
    [
        ("harbour.com", "harbour.com", "harbour"),
        ("www.news.harbour.co.uk", "harbour.co.uk", "harbour"),
        ("tide.harbour.example", "harbour.example", "harbour"),
        ("co.uk", "co.uk", "co"),
        ("harbour", "harbour", "harbour"),
        ("", "", ""),
    ],
)
def test_a_host_says_who_owns_it(host: str, registered: str, label: str) -> None:
    assert find_registered(host) == registered
    assert find_label(host) == label


@given(st.text())
def test_what_was_registered_ends_any_host(host: str) -> None:
    assert host.lower().endswith(find_registered(host))
