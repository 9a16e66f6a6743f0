from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading.outlets import find_label, name_folder, name_outlet


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


@pytest.mark.parametrize(
    ("domain", "label"),
    [
        ("harbour.com", "harbour"),
        ("www.news.harbour.co.uk", "harbour"),
        ("co.uk", "co"),
        ("harbour", "harbour"),
        ("", ""),
    ],
)
def test_a_domain_says_who_owns_it(domain: str, label: str) -> None:
    assert find_label(domain) == label


@pytest.mark.parametrize(
    ("path", "outlet"),
    [
        ("news/note.md", ""),
        ("news/port-blog/_posts/2020-01-01-crane.md", "Port Blog"),
        ("news/port-blog/content/2020/crane/index.md", "Port Blog"),
        ("news/2020/posts/crane.md", ""),
    ],
)
def test_a_folder_names_an_outlet_unless_it_is_the_coverage_or_an_engines(
    path: str, outlet: str
) -> None:
    assert name_folder(path) == outlet


@settings(deadline=None)  # the first call imports what it needs
@given(st.text(), st.text())
def test_no_text_makes_it_fail(left: str, right: str) -> None:
    name_outlet(left, right)
    name_folder(f"news/{left}/{right}.md")
