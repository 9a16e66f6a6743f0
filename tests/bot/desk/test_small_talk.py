"""Greetings and thanks, told from questions."""

from __future__ import annotations

import pytest

from bot.desk.small_talk import classify_talk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hi", "greeting"),
        ("HELLO there!!!", "greeting"),
        ("What can you do?", "greeting"),
        ("你好。", "greeting"),
        ("qui es-tu ?", "greeting"),
        ("", "greeting"),
        ("…", "greeting"),
        ("Thank you very much :)", "thanks"),
        ("D\u2019accord.", "thanks"),
        ("Vielen  Dank", "thanks"),
        ("谢谢", "thanks"),
        ("Hi, who won the election?", ""),
        ("Thanks to whom was it found?", ""),
        ("Who are you with?", ""),
        ("help for refugees", ""),
        ("Meta", ""),
    ],
)
def test_only_a_message_that_asks_nothing_is_small_talk(text: str, kind: str) -> None:
    assert classify_talk(text) == kind
