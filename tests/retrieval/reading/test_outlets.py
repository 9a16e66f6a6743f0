from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading.outlets import name_folder, name_outlet


@pytest.mark.parametrize(
    ("name", "domain", "outlet"),
    [
        ("Wall Street Journal", "wsj.com", "Wall Street Journal"),
        ("iNews", "inews.example", "iNews"),
        ("", "harbour-post.co.uk", "Harbour Post"),
        ("", "www.rte.ie", "RTE"),
        ("", "news.harbour.com", "Harbour"),
        ("harbour.com", "harbour.com", "Harbour"),
        ("telecom.porttimes.inland", "inland.com", "Telecom Porttimes"),
        ("harb", "harbourstory.in", "Harbourstory"),
        ("mint", "livemint.com", "Mint"),
        ("", "", ""),
    ],
)
def test_an_outlet_gets_a_readable_name(name: str, domain: str, outlet: str) -> None:
    assert name_outlet(name, domain) == outlet


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
