"""What is looked up: the same index gives the same, and a newer one is asked anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.desk.lookup import look_up
from bot.desk.requests import Request, clean_text, read_days
from bot.replies import Citation, Note
from retrieval.coverage import Coverage
from tests.support.articles import make_article, tiny_articles

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2031, 6, 1)
ASKED = Request(kind="ask", as_of=TODAY, text="When will the harbour bridge close?")


@pytest.fixture
def coverage(tmp_path: Path) -> Coverage:
    return Coverage.of_articles(tiny_articles(), tmp_path)


def test_a_question_put_again_is_not_looked_up_again(coverage: Coverage) -> None:
    assert look_up(coverage, ASKED, "en") is look_up(coverage, ASKED, "en")


def test_further_sources_are_those_of_the_answer(coverage: Coverage) -> None:
    answer = look_up(coverage, ASKED, "en").found
    more = look_up(coverage, replace(ASKED, kind="sources"), "en").found
    assert more is answer


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("de", "Wer siegte beim Bootsrennen?", True),
        ("en", "Who won the boat race?", False),
        ("de", ASKED.text, False),
    ],
)
def test_who_reads_another_language_is_told_to_ask_in_that_of_the_articles(
    coverage: Coverage, language: str, text: str, *, told: bool
) -> None:
    blocks = look_up(coverage, replace(ASKED, text=text), language).reply.blocks
    assert (Note("Frag am besten in der Sprache der Artikel.") in blocks) == told


def test_another_language_or_another_day_is_another_reply(coverage: Coverage) -> None:
    english = look_up(coverage, ASKED, "en")
    assert look_up(coverage, ASKED, "de") is not english
    assert look_up(coverage, replace(ASKED, as_of=date(2031, 6, 2)), "en") is not english


def test_a_newer_index_is_asked_anew(coverage: Coverage, tmp_path: Path) -> None:
    latest = Request(kind="latest", as_of=TODAY)
    before = look_up(coverage, latest, "en")
    newer = Coverage.of_articles([make_article(title="Bridge opened")], tmp_path / "newer")
    coverage.snapshot = newer.snapshot
    after = look_up(coverage, latest, "en")
    assert [b.title for b in after.reply.blocks if isinstance(b, Citation)] == ["Bridge opened"]
    assert after != before


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_further_sources_can_be_ordered_by_day(coverage: Coverage, order: str) -> None:
    request = Request.from_state(ASKED.to_state() | {"kind": "sources", "sort": order})
    looked = look_up(coverage, request, "en").found
    days = [article.day for article in looked.more if article.day]  # type: ignore[union-attr]  # an answer
    assert days == sorted(days, reverse=order == "newest")


def test_a_request_survives_being_written_down() -> None:
    request = replace(
        ASKED, since=date(2031, 5, 1), outlet="Radio Aldan", sort="oldest", subject="bridge"
    )
    assert Request.from_state(request.to_state()) == request


def test_days_in_the_wrong_order_are_turned_round() -> None:
    assert read_days("2031-05-09", "2031-05-01", TODAY) == (date(2031, 5, 1), date(2031, 5, 9))


def test_words_that_no_file_could_hold_are_replaced() -> None:
    assert clean_text(" a\ud800b ") == "a?b"
