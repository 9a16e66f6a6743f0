from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading.urls import build_url_key, clean_url, join_url, parse_host


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://example.com/a", "https://example.com/a"),
        ('"[https://example.com/a/]', "https://example.com/a/"),
        ("<http://example.com/a>", "http://example.com/a"),
        ("(https://example.com/a_(b))", "https://example.com/a_(b)"),
        ("Ada https://example.com/ada.", "https://example.com/ada"),
        ("www.example.com/a", "http://www.example.com/a"),
        ("https://example.com/PR Wire/1", "https://example.com/PR%20Wire/1"),
        ("https://example.com/a (see there)", "https://example.com/a"),
        ("https://example.com/wiki/港口", "https://example.com/wiki/港口"),
        ("https://paper.example@elsewhere.example/a", None),
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
        "https://m.example.com/a/b?at_medium=x&xtor=RSS-1",
        "https://example.com/a/b?source=rss&mc_cid=1",
        "https://example.com/a/b/index.html",
        "https://example.com/a/b/amp/",
        "https://amp.example.com/a/b",
        "https://example.com/a/b?ot=ot.AMPPageLayout",
        "https://example-com.cdn.ampproject.org/c/s/www.example.com/amp/a/b",
    ],
)
def test_addresses_of_one_article_share_a_key(url: str) -> None:
    assert build_url_key(url) == "example.com/a/b"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("https://example.com/p?b=2&id=3", "https://example.com/p?id=3&b=2"),
        ("https://example.com/été", "https://example.com/%C3%A9t%C3%A9"),
        ("https://example.com/p?q=%7Ex", "https://example.com/p?q=~x"),
    ],
)
def test_order_and_encoding_make_no_difference(left: str, right: str) -> None:
    assert build_url_key(left) == build_url_key(right)


def test_a_path_is_joined_to_its_sites_address() -> None:
    assert join_url("https://port.example/news", "/2024/crane/") == (
        "https://port.example/news/2024/crane/"
    )
    assert join_url("", "/2024/crane/") is None
    assert join_url("https://port.example", "") is None


def test_addresses_of_two_articles_do_not() -> None:
    keys = {
        build_url_key(f"https://example.com{rest}")
        for rest in ("/a", "/A", "/a?id=1", "/a?id=2", "/a?cid=7", ":8080/a", "/champ/a", "")
    }

    assert len(keys) == 8


@settings(deadline=None)  # the first call imports what it needs
@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    parse_host(text)
    if url := clean_url(f"https://{text}"):
        assert url.startswith("https://")
        assert build_url_key(url)
