# ruff: noqa: RUF001  # typographic marks are meant
from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.model import Context, Window
from retrieval.question.answer_type import AnswerType, find_answer_type, find_focus
from retrieval.question.question import LONGEST, Question, parse_question

AS_OF = date(2023, 10, 30)
OUTLETS = ("Wall Street Journal", "Reuters", "Washington Post", "Aldan Courier", "Wired")


def read(text: str, before: str = "") -> Question:
    context = parse_question(before, as_of=AS_OF).to_context() if before else Context()
    return parse_question(text, as_of=AS_OF, outlets=OUTLETS, context=context)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who runs the harbour?", "person"),
        ("Which singer opened the fair?", "person"),
        ("Where was the treaty signed?", "place"),
        ("The bridge is shut. In which city does it stand?", "place"),
        ("Which company built the dam?", "organisation"),
        ("When does the bridge open?", "date"),
        ("What year did the mill burn down?", "date"),
        ("How long will the ferry take?", "duration"),
        ("How many people live on the island?", "number"),
        ("How much did the tunnel cost?", "amount"),
        ("What percentage of voters stayed at home?", "percent"),
        ("Is the bridge closed?", "yes_no"),
        ("Why did the dam break?", "reason"),
        ("What did the mayor say about the ferry?", "statement"),
        ("Who else reported that?", "outlet"),
        ("What's new?", "news"),
        ("What is a sluice?", "definition"),
        ("Which film won?", "title"),
        ("The new tax applies to:", "thing"),
        ("Guests who missed the ferry held a sign saying what?", "thing"),
        ("She was the first woman when she took what post?", "thing"),
        ("The league of which sport suspended players who bet?", "thing"),
        ("To whom did the council sell the mill?", "person"),
        ("The bridge opened when?", "date"),
        ("Whose boat sank?", "person"),
        ("Which of these bands played at the fair?", "organisation"),
        ("Which two cities share the tunnel?", "place"),
    ],
)
def test_the_kind_of_answer_wanted_is_read_from_the_asking_clause(
    text: str, kind: AnswerType
) -> None:
    assert find_answer_type(text) == kind


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("Which national park was flooded?", "park"),
        ("What country elected a leader?", "country"),
        ("Which new treat did the chain add?", "treat"),
        ("How many people live there?", "people"),
        ("Which of the following towns was flooded?", "towns"),
        ("The ban covers which type of boat?", "boat"),
        ("What critically endangered bird nested here?", "bird"),
        ("Which two ferries plan to stop?", "ferries"),
        ("He drew which children's book?", "book"),
        ("Who won?", ""),
    ],
)
def test_the_noun_asked_for_is_found(text: str, focus: str) -> None:
    assert find_focus(text) == focus


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("What is Meta building, according to Reuters?", "Reuters"),
        ("What did the Journal write about the dam?", "Wall Street Journal"),
        ("What did the WSJ report?", "Wall Street Journal"),
        ("According to Reutres, who won?", "Reuters"),
        ("What happened in Washington?", ""),
        ("What did the Times write?", ""),
        ("Who wrote the report?", ""),
    ],
)
def test_an_outlet_counts_only_where_the_coverage_has_one_of_that_name(
    text: str, outlet: str
) -> None:
    assert read(text).outlet == outlet


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("What did Harbour write about the dam?", "harbour.co.uk"),
        ("Who won, according to harbour.co.uk?", "harbour.co.uk"),
        ("Who won, according to Harbour.co.uk?", "harbour.co.uk"),
        ("Who won, according to harbour.co.uk.", "harbour.co.uk"),
        ("Who won in Harbour?", ""),  # a place
        ("Who won on harbour.co.uk?", "harbour.co.uk"),
        ("What did Winch report?", "winch.org"),  # not its part, news.winch.org
        ("What did Twin report?", ""),  # either may be meant
        ("What did news.winch.org report?", "news.winch.org"),
        ("What did Co write?", ""),
        ("What did the UK write?", ""),
    ],
)
def test_an_outlet_known_by_its_address_goes_by_that_or_by_the_name_in_it(
    text: str, outlet: str
) -> None:
    outlets = ("harbour.co.uk", "winch.org", "news.winch.org", "a.twin.org", "b.twin.org")
    assert parse_question(text, as_of=AS_OF, outlets=outlets).outlet == outlet


def test_a_window_in_the_question_is_resolved_and_one_beside_it_is_kept_to() -> None:
    inside = read("What did Meta announce in September 2023?")
    assert inside.window == Window(date(2023, 9, 1), date(2023, 9, 30))
    assert not inside.strict
    given_beside = Window(date(2023, 1, 1), None)
    beside = parse_question("What did Meta announce?", as_of=AS_OF, window=given_beside)
    assert beside.window == given_beside
    assert beside.strict


@pytest.mark.parametrize(
    "text", ["and when will it be ready?", "Who else reported that?", "What did they say?"]
)
def test_a_follow_up_takes_the_names_it_lacks_from_the_turn_before(text: str) -> None:
    follow_up = read(text, "What is Meta building to rival GPT-4?")
    assert follow_up.follows
    assert "Meta" in follow_up.query
    assert "Meta" in follow_up.to_context().entities


def test_a_question_with_its_own_names_leaves_the_turn_before_alone() -> None:
    assert "Meta" not in read("Where does Anna Lind live?", "What is Meta building?").query


def test_search_syntax_in_a_question_is_only_words() -> None:
    query = read('What did "The Dam" -title:mill say?').query
    assert not set('"-:?') & set(query)


@settings(deadline=None)
@given(text=st.text(max_size=300), before=st.text(max_size=40))
def test_any_text_can_be_asked(text: str, before: str) -> None:
    question = read(text, before)
    assert len(question.text) <= LONGEST


@pytest.mark.parametrize("text", ["", "😀😀", "模型什么时候发布？", "why " * 1000, "?" * 4000])
def test_odd_questions_are_read_too(text: str) -> None:
    assert read(text).text == " ".join(text.split())[:LONGEST]


@pytest.mark.parametrize(
    ("text", "reporting"),
    [
        ("Who reported it first?", "first"),
        ("Who had the story first?", "first"),
        ("Which outlet first reported that Meta sells a boat?", "first"),
        ("Who broke the news about the dam?", "first"),
        ("And who was the first to report this?", "first"),
        ("Who else reported that?", "all"),
        ("Which newspapers covered the story?", "all"),
        ("Who reported higher profits?", ""),
        ("Who first reported record profits?", ""),
        ("Who won it first?", ""),
        ("Who broke the record?", ""),
    ],
)
def test_who_told_a_story_is_asked_only_of_a_story(text: str, reporting: str) -> None:
    assert read(text).reporting == reporting


def test_who_told_a_story_is_searched_by_the_story() -> None:
    direct = read("Which outlet first reported that Meta sells a boat?")
    assert direct.query == "Meta sells a boat"
    assert read("Who reported it first?", "What does Meta sell?").query == "Meta sell"
