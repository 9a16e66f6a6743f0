"""The first question is one, and the coverage answers it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.desk.first_question import choose_question
from retrieval.coverage import Coverage
from tests.support.articles import make_article, tiny_articles

if TYPE_CHECKING:
    from pathlib import Path


def test_a_headline_without_a_text_behind_it_is_passed_over(tmp_path: Path) -> None:
    ferry = make_article(
        id="ferry",
        title="Ferry to the islands gets a second ship",
        body="The ferry to the islands gets a second ship in May. It will carry ninety cars.",
        published=datetime(2024, 5, 1, tzinfo=UTC),
    )
    empty = make_article(
        id="empty", title="Photos of the week", body="", published=datetime(2024, 5, 9, tzinfo=UTC)
    )

    assert choose_question(Coverage.of_articles([ferry, empty], tmp_path)) == ferry.title


def test_the_first_question_is_about_a_name_in_the_news(tmp_path: Path) -> None:
    coverage = Coverage.of_articles(tiny_articles(), tmp_path)
    question = choose_question(coverage)
    assert question in ("What is new about Northwater?", "What is Northwater?")
    assert coverage.ask(question).answered


def test_coverage_without_articles_proposes_nothing(tmp_path: Path) -> None:
    assert choose_question(Coverage.of_articles([], tmp_path)) == ""
