from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.urls import build_url_key, clean_url, name_outlet, read_host


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://example.com/a", "https://example.com/a"),
        ('"[https://example.com/a/]', "https://example.com/a/"),
        ("<http://example.com/a>", "http://example.com/a"),
        ("(https://example.com/a_(b))", "https://example.com/a_(b)"),
        ("Ada https://example.com/ada.", "https://example.com/ada"),
        ("www.example.com/a", "http://www.example.com/a"),
        ("ftp://example.com/a", None),
        ("javascript:alert(1)", None),
        ("https://localhost/wp?p=1", None),
        ("https://", None),
        ("http://[", None),
        ("post/crane", None),
        ('Search for "cranes"', None),
        (7, None),
    ],
)
def test_only_a_web_address_is_cited(value: object, url: str | None) -> None:
    assert clean_url(value) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.com/a/b",
        "http://example.com/a/b/",
        "https://EXAMPLE.com/a/b#top",
        "https://example.com:443/a/b?utm_source=x&utm_medium=y",
        "https://example.com/a/b?ref=home&fbclid=1",
        "https://example.com/amp/a/b",
        "https://example.com/a/b/amp/",
        "https://amp.example.com/a/b",
        "https://example.com/a/b?ot=ot.AMPPageLayout",
        "https://example-com.cdn.ampproject.org/c/s/www.example.com/amp/a/b",
    ],
)
def test_addresses_of_one_article_share_a_key(url: str) -> None:
    assert build_url_key(url) == "example.com/a/b"


def test_addresses_of_two_articles_do_not() -> None:
    keys = {
        build_url_key(f"https://example.com{rest}")
        for rest in ("/a", "/A", "/a?id=1", "/a?id=2", ":8080/a", "/champ/a", "")
    }

    assert len(keys) == 7


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


@given(st.text(), st.text())
def test_no_text_makes_it_fail(left: str, right: str) -> None:
    name_outlet(left, right)
    read_host(left)
    if url := clean_url(f"https://{left}"):
        assert url.startswith("https://")
        assert build_url_key(url)
