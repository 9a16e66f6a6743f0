"""What a message asks for, in the form that people write it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.desk.questions import build_question
from bot.desk.requests import clean_text

DAY = date(2031, 6, 1)
PAGE = "https://example.org/news/1"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<@123> when does the bridge close?", "when does the bridge close?"),
        ("<@!123> <@&4> when does <#77> the bridge close?", "when does the bridge close?"),
        ("when does the bridge close <:wave:123> <a:hop:9>", "when does the bridge close"),
        ("</ask:12> when <t:1700000000:R> does it close?", "when does it close?"),
        ("Hello! When does it close? Thanks!", "When does it close?"),
        ("Is 3 <4 or 5> 4?", "Is 3 <4 or 5> 4?"),
    ],
)
def test_what_only_discord_reads_is_not_asked(written: str, text: str) -> None:
    assert build_question(written, as_of=DAY).text == text


@pytest.mark.parametrize("said", ["Is that true?", "source?", "<@1> really??", "Stimmt das?", ""])
def test_words_that_only_point_ask_about_the_line_that_is_quoted(said: str) -> None:
    request = build_question(f"> The bridge closes in June\n{said}", as_of=DAY)
    assert (request.kind, request.text) == ("ask", "The bridge closes in June")


def test_a_question_of_its_own_takes_the_names_of_the_line_that_is_quoted() -> None:
    request = build_question("> The bridge closes in June\nHow long?", as_of=DAY)
    assert (request.text, request.subject) == ("How long?", "The bridge closes in June")


def test_a_message_that_is_replied_to_stands_in_for_a_quoted_line() -> None:
    assert (
        build_question("is this true?", as_of=DAY, about="The mill burns").text == "The mill burns"
    )


@pytest.mark.parametrize("said", [PAGE, f"<{PAGE}>", f"{PAGE} is that true?", f"hey bot {PAGE}"])
def test_an_address_asks_for_its_article(said: str) -> None:
    request = build_question(said, as_of=DAY)
    assert (request.kind, request.text) == ("article", PAGE)


def test_a_question_about_an_address_stays_a_question() -> None:
    assert build_question(f"Who wrote {PAGE} in May?", as_of=DAY).kind == "ask"


def test_an_id_is_cleaned_out_of_any_text() -> None:
    assert clean_text("<@1575470884955619333> do you know  it") == "do you know it"
