from __future__ import annotations

from datetime import date

import pytest

from retrieval.model import Context
from retrieval.question.context import parse_context, render_context
from retrieval.question.question import Question, parse_question

AS_OF = date(2024, 5, 20)


def read_after(before: str, text: str) -> Question:
    context = parse_question(before, as_of=AS_OF).to_context()
    return parse_question(text, as_of=AS_OF, context=context)


@pytest.mark.parametrize(
    ("before", "text", "query"),
    [
        ("How much is Corvid investing in Poland?", "and in Italy?",
         "How much is Corvid investing in Italy"),
        ("how much is corvid investing in poland", "what about italy",
         "how much is corvid investing in italy"),
        ("When is the spring fair?", "and the autumn regatta?", "When is the autumn regatta"),
    ],
)  # fmt: skip
def test_a_new_name_takes_the_place_of_the_old_one_of_its_class(
    before: str, text: str, query: str
) -> None:
    assert read_after(before, text).query == query


@pytest.mark.parametrize(
    ("text", "answer_type"), [("why?", "reason"), ("and when?", "date"), ("how much?", "amount")]
)
def test_a_mere_question_word_asks_about_the_same_thing(text: str, answer_type: str) -> None:
    question = read_after("Is Corvid leaving Aldan?", text)
    assert question.answer_type == answer_type
    assert {"Corvid", "Aldan", "leaving"} <= set(question.query.split())


@pytest.mark.parametrize(
    "text",
    [
        "how many boats does it have",
        "who owns it",
        "when was it founded",
        "which harbour is it in",
        "who is its captain",
        "who else reported that",
        "when does training start",
    ],
)
def test_what_a_question_lacks_is_taken_from_the_one_before(text: str) -> None:
    question = read_after("What is Corvid building?", text)
    assert question.follows
    assert "Corvid" in question.query


@pytest.mark.parametrize(
    "text",
    [
        "Which company said this week that it would sell its boats?",
        "When did Anna Lind say that she would resign?",
        "How long does it take to cross the strait?",
        "Is it true that the Aldan mill burnt down?",
        "who won the rowing cup",
        "Which law will they vote on in Bremholm this week?",
        "best pizza in Bremholm",
        "will there be a fair at the harbour",
        "What happened in Aldan?",
    ],
)
def test_a_complete_question_inherits_nothing(text: str) -> None:
    alone = parse_question(text, as_of=AS_OF)
    assert read_after("What is Corvid building?", text) == alone


def test_he_is_who_answered_the_question_before() -> None:
    before = parse_question("who replaced Anna Lind", as_of=AS_OF).to_context(answers=("Bo Ek",))
    assert "Bo Ek" in parse_question("how old is he", as_of=AS_OF, context=before).query


def test_who_else_reported_that_points_at_the_articles_quoted() -> None:
    before = parse_question("What is Corvid building?", as_of=AS_OF).to_context(("a1", "a2"))
    question = parse_question("Who else reported that?", as_of=AS_OF, context=before)
    assert (question.reporting, question.articles) == ("all", ("a1", "a2"))


def test_a_context_survives_a_store() -> None:
    context = Context(
        question="Who won?", entities=("Anna Lind",), articles=("a1",), answers=("Bo Ek",)
    )
    assert parse_context(render_context(context)) == context
    assert render_context(Context()) == ""
    assert parse_context("") == Context()


def test_names_kept_by_an_older_version_are_still_read() -> None:
    assert parse_context("Corvid boat").entities == ("Corvid boat",)
    assert parse_context("[1]").entities == ("[1]",)
