"""The feed that a page names."""

from __future__ import annotations

import pytest

from bot.feeds.discovery import find_feed

PAGE = "https://example.org/news/"


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss">', "https://example.org/rss"),
        ('<link rel="ALTERNATE" type="application/atom+xml" href="a">', "https://example.org/news/a"),
        ('<base href="/b/"><link rel=alternate type=application/feed+json href=f>',
         "https://example.org/b/f"),
        ('<link rel="stylesheet" type="text/css" href="/x.css">', ""),
        ('<link rel="alternate" type="text/html" hreflang="de" href="/de">', ""),
        ('<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">', ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_page_names_its_feed(head: str, found: str) -> None:
    page = f"<!doctype html><html><head>{head}</head><body></body></html>"
    assert find_feed(page.encode(), PAGE) == found


def test_no_page_at_all() -> None:
    assert find_feed(b"", PAGE) == ""
