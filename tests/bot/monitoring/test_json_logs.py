"""The log for programs: one document a line, and no word of a question unless it is wanted."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from bot.desk.observing import AskedQuestion
from bot.monitoring.json_logs import JsonFormatter
from bot.monitoring.question_log import log_question

if TYPE_CHECKING:
    import pytest

ASKED = AskedQuestion(kind="ask", outcome="none", took=0.0312, waited=0.001, text="Who is Zoë?")


def render(record: logging.LogRecord) -> dict[str, Any]:
    line = JsonFormatter().format(record)
    assert "\n" not in line
    document: dict[str, Any] = json.loads(line)
    return document


def test_a_request_is_one_line_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        log_question(ASKED, with_text=False)
    written = render(caplog.records[0])
    assert {key: written[key] for key in ("kind", "outcome", "took_ms", "waited_ms")} == {
        "kind": "ask", "outcome": "none", "took_ms": 31.2, "waited_ms": 1.0,
    }  # fmt: skip
    assert "Zo" not in json.dumps(written)


def test_its_words_are_there_where_that_is_wanted(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        log_question(ASKED, with_text=True)
    assert render(caplog.records[0])["text"] == "Who is Zoë?"


def test_a_traceback_stays_in_its_line(caplog: pytest.LogCaptureFixture) -> None:
    try:
        int("two\nlines")
    except ValueError:
        logging.getLogger("bot").exception("it broke")
    written = render(caplog.records[0])
    assert written["level"] == "error"
    assert "ValueError" in written["traceback"]
