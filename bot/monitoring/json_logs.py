"""The log as one JSON document a line, for programs that collect it."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class JsonFormatter(logging.Formatter):
    """Writes when, how grave, from where and what; then the fields that a line brings along."""

    def format(self, record: logging.LogRecord) -> str:
        """Render a line; what has no JSON form is written as text."""
        written: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        written |= getattr(record, "fields", {})
        if record.exc_info:
            written["traceback"] = self.formatException(record.exc_info)
        return json.dumps(written, ensure_ascii=False, default=str)


def write_json_logs() -> None:
    """Have all that is logged from now on written as JSON."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonFormatter())
