"""Addresses of feeds: one form, an id that gives nothing away, and a mask for what is secret."""

from __future__ import annotations

import pytest

from bot.feeds.addresses import (
    AddressError,
    identify_feed,
    is_host_allowed,
    mask_address,
    parse_address,
)

SECRET = "q7Zk29xLmN4tR8vW"  # noqa: S105  # of nobody


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("example.org/feed", "https://example.org/feed"),
        ("HTTP://Example.ORG:80", "http://example.org/"),
        ("feed://example.org/rss", "https://example.org/rss"),
        ("feed:http://example.org/rss", "http://example.org/rss"),
        ("<https://example.org/a?b=c#top>", "https://example.org/a?b=c"),
        ("https://zeitung.example/straße", "https://zeitung.example/stra%C3%9Fe"),
        ("https://münze.example/", "https://xn--mnze-0ra.example/"),
        ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
    ],
)
def test_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert parse_address(typed) == kept
    assert parse_address(kept) == kept


@pytest.mark.parametrize(
    "typed",
    ["ftp://example.org/", "file:///etc/passwd", "javascript://x/", "https://", "a b", "http://a:b:c/",
     "https://example.org/\x00", "x" * 3000, ""],
)  # fmt: skip
def test_what_cannot_be_fetched_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(AddressError) as caught:
        parse_address(typed)
    assert typed in {"", "https://"} or typed not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        f"https://example.org/feed?key={SECRET}",
        f"https://robin:{SECRET}@example.org/feed",
        f"https://{SECRET}@example.org/feed",
        f"https://example.org/private/{SECRET}/feed.xml",
    ],
)
def test_what_may_be_secret_is_shown_nowhere(address: str) -> None:
    assert SECRET not in mask_address(address)
    assert SECRET not in identify_feed(address)
    assert mask_address(address).startswith("https://")
    assert "example.org" in mask_address(address)


def test_what_is_not_secret_is_shown() -> None:
    assert (
        mask_address("https://example.org/news/world.xml") == "https://example.org/news/world.xml"
    )


def test_the_id_of_a_feed_is_its_own() -> None:
    one, other = identify_feed("https://example.org/a"), identify_feed("https://example.org/b")
    assert one != other
    assert one.startswith("example.org-")


def test_a_list_of_hosts_holds_what_lies_below_them() -> None:
    assert is_host_allowed("https://news.example.org/feed", ("Example.org",))
    assert not is_host_allowed("https://notexample.org/feed", ("example.org",))
    assert is_host_allowed("https://anything.example/", ())
