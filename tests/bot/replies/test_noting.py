"""Notes in words: what was given up for an answer, what was corrected, and who was first."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from bot.replies.noting import describe_note
from bot.wording import LANGUAGES, Wording
from retrieval.model import AnswerNote, NoteKind, Window

NO_OTHER = "I found no other outlet with it."
DAY = date(2023, 9, 10)
MAY = Window(date(2023, 5, 1), date(2023, 5, 31))


def first(*others: str, outlet: str = "The Quay", unnamed: int = 0) -> AnswerNote:
    return AnswerNote(kind="first_report", outlet=outlet, day=DAY, others=others, unnamed=unnamed)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            AnswerNote(kind="corrected", asked="ferrys", searched="ferries"),
            "Searched for ferries instead of ferrys.",
        ),
        (
            AnswerNote(kind="other_outlets", outlet="The Quay"),
            "I found no answer from The Quay; from other outlets:",
        ),
        (
            AnswerNote(kind="other_days", window=MAY),
            "I found no answer in those days; from other days:",
        ),
        (
            AnswerNote(kind="all_coverage", outlet="The Quay"),
            "I found no answer from The Quay; from all of the coverage:",
        ),
        (
            AnswerNote(kind="all_coverage", window=MAY),
            "I found no answer in those days; from all of the coverage:",
        ),
        (
            AnswerNote(kind="all_coverage", outlet="The Quay", window=MAY),
            "I found no answer from The Quay in those days; from all of the coverage:",
        ),
        (
            first(),
            f"First in this coverage: The Quay, 10 Sep 2023. {NO_OTHER}",
        ),
        (
            first(outlet=""),
            f"First in this coverage: an unnamed outlet, 10 Sep 2023. {NO_OTHER}",
        ),
        (first("A"), "First in this coverage: The Quay, 10 Sep 2023; then A."),
        (first("A", "B", "C"), "First in this coverage: The Quay, 10 Sep 2023; then A, B and C."),
        (
            first("A", "B", unnamed=9),
            "First in this coverage: The Quay, 10 Sep 2023; then A, B and 9 more.",
        ),
    ],
)
def test_a_note_is_one_sentence(note: AnswerNote, said: str) -> None:
    assert describe_note(note, Wording("en")).text == said


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
@pytest.mark.parametrize("kind", get_args(NoteKind))
def test_a_note_is_said_in_the_language_of_the_reader(language: str, kind: NoteKind) -> None:
    note = AnswerNote(kind=kind, outlet="Quay", window=MAY, day=DAY, asked="x", searched="y")
    said = describe_note(note, Wording(language)).text
    assert said != describe_note(note, Wording("en")).text
    assert "Nothing" not in said
