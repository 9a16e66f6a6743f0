"""Files as odd as those found in the wild, each told in a few words of our own."""

# ruff: noqa: RUF001  # what is read holds typographic and Chinese characters

from __future__ import annotations

import pytest

from retrieval.errors import ArticleError
from retrieval.reading import parse_file
from tests.retrieval.reading.coverage_files import lctt, parse_one


def test_utf16_with_a_mark_and_carriage_returns() -> None:
    raw = "Cranes at work\r\n=====\r\n\r\nThey turn — all day.\r\n".encode("utf-16")
    article = parse_one(raw)

    assert (article.title, article.text) == ("Cranes at work", "They turn — all day.")


def test_bare_carriage_returns_end_lines() -> None:
    assert parse_one(b"# Cranes\r\rThey turn.\r\rAll day.").text == "They turn.\n\nAll day."


def test_bytes_that_are_no_utf8() -> None:
    parsed = parse_file("起重机\n====\n\n起重机整天都在港口转动。\n".encode("gb18030"), "x.md")

    assert parsed.articles[0].title == "起重机"
    assert parsed.warnings == ("x.md: not valid UTF-8, read as gb18030",)


def test_utf8_cut_short() -> None:
    parsed = parse_file(
        (lctt(footer=False) + "Große Kräne drehen für zwölf à").encode()[:-1], "x.md"
    )

    assert parsed.articles[0].text.endswith("für zwölf")
    assert len(parsed.warnings) == 1


def test_a_byte_order_mark_also_within_the_text() -> None:
    assert parse_one("\ufeffCranes\n====\n\nThe \ufeffcrane.\n").title == "Cranes"


@pytest.mark.parametrize("subject", ['""', "()", '" "'])
def test_an_empty_subject_and_no_body_is_no_article(subject: str) -> None:
    text = (
        f'[#]: subject: {subject}\n[#]: via: "https://x.example.com/a"\n'
        f"\n\n======\n\n{'-' * 80}\n\n"
        "via: https://x.example.com/a\n\n作者：[][a]\n译者：[译者ID](https://github.com/译者ID)\n\n"
        "本文由 [LCTT](https://x.example.com) 原创编译\n\n[a]: \n[b]: https://github.com/robot\n"
    )
    with pytest.raises(ArticleError, match="neither a title nor text"):
        parse_file(text.encode(), "tech/20210610 .md")


def test_a_header_but_no_heading() -> None:
    text = "[#]: subject: (How cranes turn)\n[#]: via: (https://x.example.com/a)\n\n\nThey turn.\n"

    assert (parse_one(text).title, parse_one(text).text) == ("How cranes turn", "They turn.")


def test_the_subject_runs_over_two_lines() -> None:
    header = "[#]: subject: (How to see if a crane\nturns?)\n[#]: via: (https://x.example.com/a)\n"
    text = f"{header}\nHow to see if a crane\nturns?\n======\n\nLook up.\n"

    assert parse_one(text).title == "How to see if a crane turns?"
    assert parse_one(text).aliases == ()
    assert parse_one(text).text == "Look up."


@pytest.mark.parametrize("before", [" ", "\n", "\n\n\t"])
def test_the_header_is_indented_or_below_a_blank_line(before: str) -> None:
    assert parse_one(before + lctt()).title == "How cranes turn"


def test_every_line_begins_with_a_plus() -> None:
    text = "Cranes turn\n===\nAll day.\n\n-----\n\nvia: https://x.example.com/a\n"
    article = parse_one("".join(f"+{line}\n" for line in text.splitlines()))

    assert (article.title, article.text) == ("Cranes turn", "All day.")
    assert article.url == "https://x.example.com/a"


@pytest.mark.parametrize(
    "via",
    [
        '[#]: via: "[https://x.example.com/a]',
        '[#]: via "https://x.example.com/a"',
        "[#]: via:\thttps://x.example.com/a",
        "[#]: via: (https://x.example.com/a)",
    ],
)
def test_a_via_with_a_slip_of_the_pen(via: str) -> None:
    assert parse_one(lctt(header=f"[#]: subject: (x)\n{via}\n")).url == "https://x.example.com/a"


def test_via_inside_an_http_listing_is_text() -> None:
    text = lctt("A reply:\n\n```\nHTTP/1.1 200 OK\nVia: 1.1 cache.example.com\n```", footer=False)

    assert "Via: 1.1 cache.example.com" in parse_one(text).text


def test_an_author_that_is_an_address_and_a_link_that_is_none() -> None:
    header = "---\ntitle: Cranes\nauthor: Bot\nlink: Search for cranes\n---\n"
    article = parse_one(f"{header}See [papers](Search for x).\n")

    assert (article.text, article.url) == ("See papers.", None)
