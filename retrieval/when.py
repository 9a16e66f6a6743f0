"""Dates in questions, resolved from the day the question is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from retrieval.errors import WindowError
from retrieval.model import Window

_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A range of days and the words it was read from, `text[start:end] == phrase`."""

    window: Window
    phrase: str
    start: int
    end: int


def resolve_window(text: str, as_of: date) -> Resolved | None:
    """Return the range of days that the text names, or none."""
    del as_of
    found = _ISO.search(text)
    if found is None:
        return None
    day = date.fromisoformat(found[0])
    return Resolved(Window(day, day), found[0], found.start(), found.end())


def parse_day(text: str, as_of: date, *, last: bool = False) -> date:
    """Return the day that the text names: of a longer stretch its first or, with `last`, its last.

    Raises WindowError for anything that names no day.
    """
    del as_of, last
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise WindowError(f"{text!r} names no day; write 2023-09-10") from None
