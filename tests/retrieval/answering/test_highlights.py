from __future__ import annotations

from datetime import date

import pytest

from retrieval.answering.highlights import find_highlights
from retrieval.answering.question_terms import build_question_terms
from retrieval.question.question import parse_question


def highlight(question: str, quote: str, worth: dict[str, float]) -> list[str]:
    wanted = build_question_terms(parse_question(question, as_of=date(2024, 5, 20)), lambda _: 1.0)
    ranges = find_highlights(quote, "en", wanted, worth)
    return [quote[start:end] for start, end in ranges]


@pytest.mark.parametrize(
    ("question", "quote", "worth", "bold"),
    [
        (
            "Which company bought the ferry?",
            "The ferry went to New Aldan Lines on Monday, for a song.",
            {"aldan": 1.0},
            ["New Aldan Lines"],
        ),
        (
            "How much did the ferry cost?",
            "The ferry cost its owners $965 million in the end.",
            {"965": 1.0},
            ["$965 million"],
        ),
        (
            "Who runs the ferry?",
            "For ten years now Ines Okoro has been running it.",
            {"okoro": 1.0, "year": 0.1},
            ["Ines Okoro"],
        ),
    ],
)
def test_the_words_that_answer_are_marked_whole(
    question: str, quote: str, worth: dict[str, float], bold: list[str]
) -> None:
    assert highlight(question, quote, worth) == bold


def test_whose_it_is_that_was_asked_about_is_no_answer() -> None:
    quote = "The boat is faster than Okoro's Petrel, the harbour says."
    assert "Okoro's" not in highlight("What rivals the Petrel?", quote, {"okoro": 1.0})


def test_where_any_words_may_answer_no_name_is_singled_out() -> None:
    quote = "Okoro is building a bridge that rivals the one of Vell."
    assert "Vell" not in highlight("What is Okoro building?", quote, {"vell": 1.0})


def test_where_none_answers_nothing_is_marked() -> None:
    assert highlight("Who bought the ferry?", "The old ferry was sold to nobody at all.", {}) == []


def test_a_day_is_marked_though_no_other_report_gives_it() -> None:
    quote = "The ferry sails again on 4 June, the harbour says."
    assert highlight("When does the ferry sail?", quote, {}) == ["4 June"]


def test_for_yes_or_no_the_predicate_and_its_denial_are_marked() -> None:
    quote = "The harbour of Aldan will not close this winter, says its master."
    assert highlight("Will the harbour of Aldan close?", quote, {})[-1] == "not close"
