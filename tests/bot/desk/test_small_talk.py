"""Greetings, thanks and insults, told from questions."""

from __future__ import annotations

import pytest

from bot.desk.small_talk import classify_talk, is_rude, strip_talk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hi", "greeting"),
        ("HELLO there!!!", "greeting"),
        ("hi there bot", "greeting"),
        ("how are you today?", "greeting"),
        ("What can you do?", "greeting"),
        ("你好。", "greeting"),
        ("qui es-tu ?", "greeting"),
        ("", "greeting"),
        ("…", "greeting"),
        ("Thank you very much :)", "thanks"),
        ("Thank you so much, that helped", "thanks"),
        ("ty bot 👍", "thanks"),
        ("D\u2019accord.", "thanks"),
        ("Vielen  Dank", "thanks"),
        ("谢谢", "thanks"),
        ("you are stupid", "insult"),
        ("f*** you", "insult"),
        ("You're such a useless bot!!", "insult"),
        ("Du bist echt dumm", "insult"),
        ("Are you an AI?", "identity"),
        ("who made you?", "identity"),
        ("Bist du ein Mensch?", "identity"),
        ("你是机器人吗", "identity"),
        ("Hi, who won the election?", None),
        ("Thanks to whom was it found?", None),
        ("Who are you with?", None),
        ("help for refugees", None),
        ("Meta", None),
        ("Is the mayor stupid?", None),
        ("Are you an AI company's customer?", None),
        ("No ferry today?", None),
        ("What's new?", None),
    ],
)
def test_only_a_message_that_asks_nothing_is_small_talk(text: str, kind: str | None) -> None:
    assert classify_talk(text) == kind


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Hello! When does the bridge close? Thanks!", "When does the bridge close?"),
        ("Hey bot, who won", "who won"),
        ("you idiot, who won?", "who won?"),
        ("Who won?", "Who won?"),
        ("Hi!", "Hi!"),
        ("", ""),
    ],
)
def test_a_greeting_before_a_question_is_not_part_of_it(text: str, question: str) -> None:
    assert strip_talk(text) == question


def test_an_insult_is_known_also_within_a_question() -> None:
    assert is_rude("shut up and tell me who won")
    assert not is_rude("Who shut the upper lock?")
