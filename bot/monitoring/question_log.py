"""One line in the log for each request: what became of it and how long it took."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.desk.observing import AskedQuestion

log = logging.getLogger("bot.questions")


def log_question(asked: AskedQuestion, *, with_text: bool) -> None:
    """Write the line, without what was asked unless that is wanted."""
    fields: dict[str, object] = {
        "kind": asked.kind,
        "outcome": asked.outcome,
        "took_ms": round(asked.took * 1000, 1),
        "waited_ms": round(asked.waited * 1000, 1),
    }
    if with_text:
        fields["text"] = asked.text
    log.info("question", extra={"fields": fields})
