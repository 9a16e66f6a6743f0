"""A reply in a terminal: readable at 40 columns, links to click, plain in a pipe."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.cli.terminal import make_console, print_reply
from bot.replies import (
    Citation,
    Footer,
    Heading,
    Note,
    Quotation,
    Reply,
    Title,
    render_answer,
    render_article,
)
from bot.wording import Wording
from retrieval.model import Span, StorySummary, Window
from tests.support.articles import make_abstention, make_answer, make_article

ENGLISH = Wording()
WIDTHS = (40, 80, 120)


def show(reply: Reply, width: int = 80, *, tty: bool = False) -> str:
    """What the reply looks like on a screen that wide."""
    colours: Literal["standard"] | None = "standard" if tty else None
    screen = Console(file=StringIO(), width=width, force_terminal=tty, color_system=colours)
    print_reply(reply, screen)
    assert isinstance(screen.file, StringIO)
    return screen.file.getvalue()


def test_an_answer_reads_as_designed() -> None:
    asked = make_answer(window=Window(date(2024, 5, 1), None))
    told = StorySummary(("Radio Aldan", "The Lighthouse", "Gazette"), 2, "Aldan Courier")
    told_in = replace(asked, sources=tuple(replace(s, story=told) for s in asked.sources))
    assert show(render_answer(told_in, ENGLISH)) == (
        "When does the harbour bridge close?\n"
        "\n"
        "“The harbour bridge will close in June for a year.” ¹\n"
        "\n"
        "1  Harbour bridge to close for a year · Aldan Courier · 4 May 2024\n"
        "   https://example.org/news/1\n"
        "   Same story in Radio Aldan, The Lighthouse and 1 more (2 copies)\n"
        "\n"
        "Searched from 1 May 2024 on\n"
        "\n"
        "Coverage: 1 article, 19 May 2024 · days read as of 20 May 2024\n"
    )


def test_an_abstention_has_the_same_frame_and_no_quote() -> None:
    shown = show(render_answer(make_abstention(), ENGLISH))
    assert shown.startswith("Who won the boat race?\n\nI found no sentence")
    assert "•  Harbour bridge to close for a year · Aldan Courier" in shown
    assert "“" not in shown


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    asked = make_answer([make_article(n=n, url=None) for n in range(1, 13)])
    lines = show(render_answer(asked, ENGLISH), width).splitlines()
    assert max(map(cell_len, lines)) <= width


def test_numbers_stand_in_one_column() -> None:
    asked = make_answer([make_article(n=n) for n in range(1, 11)])
    shown = show(render_answer(asked, ENGLISH), 120)
    assert "\n1   Harbour" in shown
    assert "\n10  Harbour" in shown


def test_a_terminal_gets_bold_words_and_a_headline_to_click() -> None:
    shown = show(render_answer(make_answer(), ENGLISH), tty=True)
    assert "“\x1b[1mThe\x1b[0m harbour bridge" in shown
    assert "Aldan Courier (example.org) · 4 May" in shown
    link = re.search(
        r"\x1b]8;[^;]*;([^\x1b]*)\x1b\\([^\x1b]*)", re.sub(r"\x1b\[[\d;]*m", "", shown)
    )
    assert link is not None
    assert link[1] == "https://example.org/news/1"
    assert "Harbour bridge" in link[2]


def test_under_its_own_headline_an_articles_outlet_is_what_to_click() -> None:
    reply = render_article(make_article(), ENGLISH, span=Span(1, None, None))
    shown = re.sub(r"\x1b\[[\d;]*m", "", show(reply, tty=True))
    assert shown.count("Harbour bridge") == 1
    link = re.search(r"\x1b]8;[^;]*;([^\x1b]*)\x1b\\([^\x1b]*)", shown)
    assert link is not None
    assert (link[1], link[2]) == ("https://example.org/news/1", "Aldan Courier↗")


def test_a_pipe_gets_no_escape_and_addresses_in_full() -> None:
    shown = show(render_answer(make_answer(), ENGLISH))
    assert "\x1b" not in shown
    assert "\n   https://example.org/news/1\n" in shown


def test_text_cannot_steer_the_terminal() -> None:
    rude = "Clear \x1b[2J the \x07 screen\u202e now\x9b31m"
    cited = Citation(n=1, outlet=rude, day="today", title=rude, link=None, also=rude)
    blocks = (Title(rude), Heading(rude), Quotation(rude, 1), cited, Note(rude), Footer(rude))
    shown = show(Reply(blocks=blocks), 400)
    assert not set("\x1b\x07\x9b\u202e") & set(shown)
    assert shown.count("Clear �[2J the � screen\u200b now�31m") == 8


def test_square_brackets_are_only_text() -> None:
    assert show(Reply(blocks=(Note("[bold]no[/bold] [link=x]"),))) == "[bold]no[/bold] [link=x]\n"


@given(st.text(max_size=200), st.integers(20, 60))
def test_any_text_fits_any_screen(text: str, width: int) -> None:
    shown = show(Reply(blocks=(Note(text), Quotation(text, 12), Footer(text))), width)
    assert all(cell_len(line) <= width for line in shown.split("\n"))


def test_a_pipe_does_not_wrap_unless_columns_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert make_console().width > 10_000
    monkeypatch.setenv("COLUMNS", "40")
    assert make_console().width == 40
