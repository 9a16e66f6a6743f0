"""Coverage files of entries: reading gives back what was written, whole or not at all."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.coverage_files import name_file, place_entries, render_entry, stage_entry
from bot.feeds.entries import FeedEntry
from retrieval.reading import parse_file
from retrieval.reading.markup import html_to_text

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.model import Article

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
FEED = "example.org-1a2b"


def read_back(entry: FeedEntry, **given: str) -> Article:
    text = render_entry(
        entry, feed_id=FEED, key="0123", outlet="Harbour Wire", published=NOON, **given
    )
    (article,) = parse_file(text.encode(), f"feeds/{FEED}/0123.md").articles
    return article


def test_an_entry_is_read_back_with_its_feed() -> None:
    entry = FeedEntry(
        guid="1",
        url="https://example.org/bridge",
        title="Bridge: “closed” until June",
        text="The bridge is closed.\n\nFerries run.",
        author="R. Tidewell",
        topics=("transport", "port"),
    )
    article = read_back(entry)
    assert (article.title, article.text, article.url) == (entry.title, entry.text, entry.url)
    assert (article.outlet, article.author, article.topics) == (
        "Harbour Wire",
        "R. Tidewell",
        ("transport", "port"),
    )
    assert (article.published, article.feed) == (NOON, FEED)


@pytest.mark.parametrize(
    "text",
    [
        "1. A number begins the line.",
        "2024. That was the year.",
        "# no heading",
        "* no list, and 3 * 4 is 12",
        "- 5 degrees at night",
        "> 40 knots of wind",
        "= 7",
        "Use `tide` and [brackets](x), a_b_c, ~~not struck~~, <b>not bold</b>.",
        "A & B, &amp; as it stands, a \\ too",
        "1[~~]",
        "a | b\n\n--- | ---",
        "{% raw %} {: .note}",
        "First: second.\n\n+ third",
    ],
)
def test_no_sign_of_a_text_is_taken_for_markup(text: str) -> None:
    text = html_to_text("".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n")))
    assert read_back(FeedEntry(title="Signs", text=text)).text == text


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("ab Z1.#*-_`[]()<>&\\|~{}%:=+!\"'é字"), min_size=1), max_size=4
    )
)
def test_any_text_that_html_gives_is_read_back(paragraphs: list[str]) -> None:
    text = html_to_text("".join(f"<p>{html.escape(part)}</p>" for part in paragraphs))
    assert read_back(FeedEntry(title="A title of its own", text=text)).text == text


def test_a_title_in_any_signs_stays_on_its_line() -> None:
    title = "--- : # 'a' \"b\" {c} [d] & e"
    assert read_back(FeedEntry(title=title, text="Text.")).title == title


def test_a_feed_that_other_tools_name_is_no_feed_of_ours() -> None:
    raw = b"---\ntitle: Tides\nfeed: https://example.org/rss\n---\n\nHigh water at noon.\n"
    (article,) = parse_file(raw, "notes/tides.md").articles
    assert article.feed == ""


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = name_file(tmp_path, FEED, "0123")
    stage_entry(path, "one")
    assert not path.exists()
    place_entries([path])
    stage_entry(path, "two")
    assert path.read_text() == "one"
    place_entries([path])
    assert path.read_text() == "two"
    assert [p.name for p in path.parent.iterdir()] == ["0123.md"]
