"""Files that gave no article, named with the reason in the reader's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.wording import Wording
    from retrieval import Reject

NAMED = 10
LONGEST_LINE = 200
# How a reason of the reading begins, or holds, and the key of what a reader is told. A reason that
# is not here is told as it is, in English.
KINDS = (
    ("empty", re.compile(r"^empty$")),
    ("untitled", re.compile(r"^neither a title nor text")),
    ("draft", re.compile(r"^(a draft|\d+ drafts)")),
    ("binary", re.compile(r"^not text but")),
    ("json", re.compile(r"^JSON")),
    ("links", re.compile(r"^a list of links")),
    ("html", re.compile(r"^an HTML page")),
    ("mail", re.compile(r"^mail without")),
    ("feed", re.compile(r"^a feed without")),
    ("header", re.compile(r"without an article's header")),
    ("unreadable", re.compile(r"^cannot be read")),
    ("large", re.compile(r"MB, over")),
)


def name_rejects(rejects: Iterable[Reject], wording: Wording, most: int = NAMED) -> list[str]:
    """A line for each of the first rejects: its path and why it gave no article."""
    return [describe_reject(reject, wording) for reject in list(rejects)[:most]]


def describe_reject(reject: Reject, wording: Wording) -> str:
    """A file and its reason in one line."""
    kind = next((kind for kind, pattern in KINDS if pattern.search(reject.reason)), "")
    reason = wording.say(f"reject.{kind}") if kind else reject.reason
    return cut_line(f"{reject.path}: {reason}", LONGEST_LINE)
