# typographic marks are meant
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from retrieval.question.question import Question, parse_question

if TYPE_CHECKING:
    from retrieval.model import Form

AS_OF = date(2024, 5, 20)


def read(text: str) -> Question:
    return parse_question(text, as_of=AS_OF)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("When does the ferry sail?", "fact"),
        ("is the mill open on sundays", "yes_no"),
        ("list the boats that sank", "list"),
        ("which towns joined the pact", "list"),
        ("which town left the pact", "fact"),
        ("how many boats sank", "count"),
        ("compare the budgets of Aldan and Bremholm", "comparison"),
        ("Aldan vs Bremholm", "comparison"),
        ("what's the difference between the old and the new ferry", "comparison"),
        ("summarise the ferry story", "summary"),
        ("tl;dr the ferry story", "summary"),
        ("the ferry story, tldr", "summary"),
        ("catch me up on the ferry", "summary"),
        ("what's up with the ferry", "summary"),
        ("why did the dam break", "why"),
        ("reason for the flood", "why"),
        ("what is a sluice", "definition"),
        ("who is Anna Lind", "definition"),
        ("who is the mayor", "fact"),
        ("when does it open and how much does a ticket cost", "parts"),
        ("who first reported that the dam broke", "reports"),
        ("what's new?", "news"),
        ("any news about the ferry", "news"),
    ],
)
def test_the_form_of_a_request(text: str, form: Form) -> None:
    assert read(text).form == form


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("summarize the ferry story please", "the ferry story"),
        ("tl;dr ferry strike", "ferry strike"),
        ("can you tell me what's up with the ferry?", "the ferry"),
        ("please list the boats", "the boats"),
        ("compare Aldan and Bremholm", "Aldan and Bremholm"),
        ("catch me up on Aldan, thanks", "Aldan"),
        ("whats the toll", "what's the toll"),
        ("list", "list"),
    ],
)
def test_words_that_only_request_are_not_searched(text: str, query: str) -> None:
    assert read(text).query == query


@pytest.mark.parametrize(
    ("text", "sides", "queries"),
    [
        ("compare the budgets of Aldan and Bremholm", ("Aldan", "Bremholm"),
         ("the budgets of Aldan", "the budgets of Bremholm")),
        ("Aldan vs Bremholm toll", ("Aldan", "Bremholm"), ("Aldan toll", "Bremholm toll")),
        ("compare 2023 and 2024 budgets", ("2023", "2024"), ("2023 budgets", "2024 budgets")),
        ("compare Aldan to Bremholm", ("Aldan", "Bremholm"), ("Aldan", "Bremholm")),
    ],
)  # fmt: skip
def test_each_side_of_a_comparison_is_asked_the_same(
    text: str, sides: tuple[str, ...], queries: tuple[str, ...]
) -> None:
    question = read(text)
    assert question.sides == sides
    assert tuple(part.query for part in question.parts) == queries


def test_the_second_of_two_questions_inherits_the_subject_of_the_first() -> None:
    when, cost = read("When does Aldan Bridge open and how much did it cost?").parts
    assert (when.answer_type, cost.answer_type) == ("date", "amount")
    assert "Aldan Bridge" in cost.query


def test_one_question_with_two_question_words_is_one() -> None:
    assert read("Who said what and where in Aldan last spring?").parts == ()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("ferry reference tables", True),
        ("ferry ticket price", False),
        ("Where is the ferry?", False),
    ],
)
def test_a_bare_topic_asks_nothing(text: str, *, topic: bool) -> None:
    assert read(text).topic is topic


@pytest.mark.parametrize(
    ("text", "answer_type", "unit"),
    [
        ("how much is the ferry", "amount", "money"),
        ("ferry ticket price", "amount", "money"),
        ("how much memory does the ferry clock need", "number", "bytes"),
        ("how much did Aldan grow last year", "percent", "percent"),
        ("how long is the strike", "duration", "time"),
        ("strike duration", "duration", "time"),
        ("how many people work at the mill", "number", "people"),
        ("how far is Aldan", "number", "distance"),
        ("how old is the mayor", "number", "age"),
        ("which version of Quill is out", "version", "version"),
        ("what's the mayor's salary", "amount", "money"),
        ("ferry opening date", "date", ""),
    ],
)
def test_the_unit_of_what_would_answer(text: str, answer_type: str, unit: str) -> None:
    question = read(text)
    assert (question.answer_type, question.unit) == (answer_type, unit)


def test_a_day_of_birth_is_no_day_of_publication() -> None:
    assert read("can someone born in 2010 fish in Aldan").window is None


def test_the_words_of_the_days_are_kept_beside_the_window() -> None:
    assert read("how many boats sank in 2019").when == "in 2019"


def test_a_quarter_of_results_is_no_range_of_days() -> None:
    question = read("how much did Aldan Mills earn in revenue in Q3 FY24")
    assert question.window is None
    assert [(q.number, q.year) for q in question.quarters] == [(3, 2024)]
    assert "third quarter" in question.quarters[0].spellings


def test_versions_are_written_shortest() -> None:
    assert read("what does Quill v8.0.0 need").versions == ("8",)
    assert read("is Quill 7.14 out").versions == read("is Quill 7.14.0 out").versions
    assert read("what does Quill 7.1 need").versions != read("what does Quill 7.14 need").versions
