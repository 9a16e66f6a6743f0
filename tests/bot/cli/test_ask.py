"""`ask` and `chat`: the contract, what abstains, and what a batch gives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.bot.cli.conftest import DAY, NEWS, assert_one_line

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.conftest import Command

COST = "What does a crossing cost?"
ANSWER = "A crossing costs two crowns."


def test_a_person_reads_the_sentence_its_source_and_its_link(clippings: Command) -> None:
    outcome = clippings.on_news("ask", COST, "--as-of", DAY)
    assert outcome.code == 0
    assert f"{ANSWER}” ¹" in outcome.out
    assert "1  Ferry to Vell runs on two batteries · Aldan Courier · 4 May 2024" in outcome.out
    assert "https://courier.example/ferry" in outcome.out


def test_a_program_reads_one_document(clippings: Command) -> None:
    document = clippings.on_news("ask", COST, "--as-of", DAY, "--json").document
    assert document["answered"] is True
    assert document["as_of"] == DAY
    assert ANSWER in document["quotes"][0]["text"]
    assert document["quotes"][0]["text"] in NEWS["ferry.md"]
    assert document["sources"][0]["url"] == "https://courier.example/ferry"


def test_options_may_stand_before_the_command_too(clippings: Command, news: Path) -> None:
    outcome = clippings("--coverage", str(news), "--json", "ask", COST, "--as-of", DAY)
    assert ANSWER in outcome.document["quotes"][0]["text"]


def test_what_is_not_in_the_coverage_is_not_answered_and_no_failure(clippings: Command) -> None:
    outcome = clippings.on_news("ask", "Who is the king of Norway?", "--as-of", DAY, "--json")
    assert outcome.code == 0
    assert outcome.document["answered"] is False
    assert outcome.document["quotes"] == []


def test_days_and_outlets_narrow_what_is_searched(clippings: Command) -> None:
    late = clippings.on_news("ask", COST, "--as-of", DAY, "--since", "2024-05-10", "--json")
    assert late.document["window"] == {"since": "2024-05-10", "until": None}
    outlet = ("--outlet", "The Lighthouse")
    other = clippings.on_news("ask", COST, "--as-of", DAY, *outlet, "--json").document
    assert all(source["outlet"] == "The Lighthouse" for source in other["sources"])


def test_an_outlet_need_not_be_typed_as_it_is_written(clippings: Command) -> None:
    said = clippings.on_news("ask", COST, "--as-of", DAY, "--outlet", "lighthouse").out
    assert "Only The Lighthouse" in said
    assert "Only Daily Mast" in clippings.on_news("ask", COST, "--outlet", "Daily Mast").out


def test_days_are_read_from_the_day_it_is_asked(clippings: Command) -> None:
    outcome = clippings.on_news(
        "ask", COST, "--as-of", "2024-05-05", "--since", "yesterday", "--until", "today", "--json"
    )
    assert outcome.document["window"] == {"since": "2024-05-04", "until": "2024-05-05"}


def test_a_batch_answers_line_by_line_in_order(clippings: Command, tmp_path: Path) -> None:
    questions = [
        {"id": "b", "question": COST, "as_of": DAY},
        {"id": 7, "question": "Who won the island prize?"},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, questions)) + "\n\n", encoding="utf-8")
    outcome = clippings.on_news("ask", "--batch", str(file), "--as-of", "2024-05-21")
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert [list(answer)[0] for answer in answers] == ["id", "id"]  # noqa: RUF015  # the first key
    assert [answer["id"] for answer in answers] == ["b", 7]
    assert [answer["as_of"] for answer in answers] == [DAY, "2024-05-21"]
    assert ANSWER in answers[0]["quotes"][0]["text"]


def test_a_question_of_a_batch_follows_those_before_it(clippings: Command) -> None:
    alone = {"id": 1, "question": "and when?", "as_of": DAY}
    lines = [alone, {**alone, "after": [COST]}]
    outcome = clippings.on_news("ask", "--batch", "-", stdin="\n".join(map(json.dumps, lines)))
    first, second = (json.loads(line) for line in outcome.out.splitlines())
    assert not first["quotes"]
    assert second["confidence"] > first["confidence"]


def test_a_batch_may_come_through_a_pipe(clippings: Command) -> None:
    line = json.dumps({"id": 1, "question": COST})
    outcome = clippings.on_news("ask", "--batch", "-", stdin=line)
    assert json.loads(outcome.out)["id"] == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: is not JSON"),
        ("[]", 'line 2: has no "question" text'),
        ('{"id": 1, "question": 3}', 'line 2: has no "question" text'),
        ('{"id": 1, "question": "x", "as_of": "soon"}', "'soon'"),
        ('{"id": 1, "question": "x", "after": "y"}', '"after" is no list of questions'),
    ],
)
def test_a_wrong_line_in_a_batch_file_is_named_before_any_answer(
    clippings: Command, tmp_path: Path, line: str, told: str
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "x"}\n' + line, encoding="utf-8")
    assert_one_line(clippings.on_news("ask", "--batch", str(file)), 2, told)


def test_a_batch_file_that_is_not_there_is_named(clippings: Command) -> None:
    assert_one_line(clippings.on_news("ask", "--batch", "no.jsonl"), 2, "no.jsonl", "No such file")


def test_a_chat_keeps_its_subject(clippings: Command) -> None:
    turns = "Which ferry sails to Vell?\n\nWhat does a crossing cost?\n"
    outcome = clippings.on_news("chat", "--as-of", DAY, "--json", stdin=turns)
    first, second = (json.loads(line) for line in outcome.out.splitlines())
    assert "Northwater" in first["quotes"][0]["text"]
    assert ANSWER in second["quotes"][0]["text"]


def test_a_chat_reads_well_in_a_pipe(clippings: Command) -> None:
    outcome = clippings.on_news("chat", "--as-of", DAY, stdin=f"{COST}\n{COST}\n")
    assert outcome.code == 0
    assert outcome.out.count(f"{ANSWER}” ¹") == 2
    assert ">" not in outcome.out


def test_thanks_are_no_question_in_a_chat(clippings: Command) -> None:
    outcome = clippings.on_news("chat", "--as-of", DAY, stdin=f"thanks\n{COST}\n")
    assert outcome.out.count("Coverage:") == 1
    assert "asks nothing" in outcome.err
