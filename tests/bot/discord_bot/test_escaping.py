"""Text in Discord's Markdown shows itself: no ping, no format, no link but those we mean."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.discord_bot.escaping import encode_address, escape, escape_line, strip_unseen
from tests.bot.hostile import texts


def unescape(markdown: str) -> str:
    """What Discord shows of escaped text: the character after each backslash."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", markdown)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("2 * 3 * 4", "2 \\* 3 \\* 4"),
        ("snake_case_name", "snake\\_case\\_name"),
        ("[bank](https://evil.example)", "\\[bank\\](https\\://evil.example)"),
        ("<@123> and <t:0:R>", "\\<@123\\> and \\<t\\:0\\:R\\>"),
        ("# Not a heading\n-# nor small", "\\# Not a heading\n\\-# nor small"),
        ("- one\n1. two", "\\- one\n1\\. two"),
        ("@everyone, @HERE", "@\u200beveryone, @\u200bHERE"),
        ("@\u200beveryone", "@\u200beveryone"),
        ("```fence```", "\\`\\`\\`fence\\`\\`\\`"),
        ("at 10:30 :smile:", "at 10\\:30 \\:smile:"),
        ("join discord.gg/abc", "join discord\\.gg/abc"),
    ],
)
def test_marks_show_as_themselves(text: str, markdown: str) -> None:
    assert escape(text) == markdown


def test_marks_that_hide_or_turn_text_are_dropped_but_joiners_stay() -> None:
    assert escape("a\u202eb\u2066c\u200bd\ufeffe") == "abcde"
    assert escape("👩\u200d🚀") == "👩\u200d🚀"


def test_right_to_left_words_keep_to_themselves() -> None:
    assert escape_line("מחר אסגור") == "\u2068מחר אסגור\u2069"
    assert escape_line("When?") == "When?"


@given(texts())
@example("\\")
@example("\\*")
def test_escaped_text_shows_the_words_and_nothing_else(text: str) -> None:
    shown = unescape(escape(text)).replace("@\u200b", "@")
    assert shown == strip_unseen(text)


@given(texts())
def test_escaped_text_leaves_no_mark_bare(text: str) -> None:
    bare = re.sub(r"\\[^0-9A-Za-z\s]", "x", escape(text))
    assert not re.search(r"[\\*_~`|\[\]<>]|https?:/", bare)
    assert not re.search(r"@(everyone|here)", bare, re.IGNORECASE)
    assert not re.search(r"^\s*([#\-+]|\d+[.)]\s)", bare, re.MULTILINE)


@pytest.mark.parametrize(
    ("url", "encoded"),
    [
        ("https://en.example/Wire_(agency)", "https://en.example/Wire_%28agency%29"),
        ("https://x.example/a b?q=“x”", "https://x.example/a%20b?q=%E2%80%9Cx%E2%80%9D"),
        ("https://x.example/a#:~:text=one,two", "https://x.example/a#:~:text=one,two"),
        ("https://bücher.example/ö", "https://xn--bcher-kva.example/%C3%B6"),
        ("https://x.example/%20done", "https://x.example/%20done"),
        ("https://x.example/100%/(%", "https://x.example/100%25/%28%25"),
        ("https://x.example:8080/a]b", "https://x.example:8080/a%5Db"),
        ("https://x.example/@everyone", "https://x.example/%40everyone"),
    ],
)
def test_addresses_survive_in_a_markdown_link(url: str, encoded: str) -> None:
    assert encode_address(url) == encoded


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://x.example",
        "https://",
        "https://x..example",
        "https://x:99999/",
    ],
)
def test_addresses_that_cannot_be_opened_are_no_links(url: str) -> None:
    assert encode_address(url) is None


@given(st.text(max_size=60))
def test_an_encoded_address_cannot_end_its_link_early(path: str) -> None:
    encoded = encode_address(f"https://x.example/{path}")
    if encoded is not None:
        assert not re.search(r"[()\[\]<>\s\"`*|\\]", encoded)
        assert urlsplit(encoded).hostname == "x.example"
