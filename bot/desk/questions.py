"""What a message asks for: its question, a line that it quotes, or the article that it links to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.desk.requests import Request, clean_text
from bot.desk.small_talk import classify_talk, is_pointing, strip_talk

if TYPE_CHECKING:
    from datetime import date

_QUOTED = re.compile(r"^>{1,3}\s*(.*)$", re.MULTILINE)
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?")


def build_question(text: str, *, as_of: date, about: str = "") -> Request:
    """The request behind a person's words, cleaned of what only Discord reads.

    `about` is another message that these words were put under. An address alone asks for its
    article. Words that only point ("is that true?") ask about the line that they quote, or about
    that message; any other question takes from it the names that it lacks.
    """
    address = _ADDRESS.search(text)
    if address and _asks_nothing(_ADDRESS.sub(" ", text)):
        return Request(kind="article", as_of=as_of, text=address[1])
    quoted = clean_text(" ".join(_QUOTED.findall(text))) or clean_text(about)
    said = strip_talk(clean_text(_QUOTED.sub("", text)))
    if quoted and (not said or is_pointing(said)):
        return Request(kind="ask", as_of=as_of, text=quoted)
    return Request(kind="ask", as_of=as_of, text=said, subject=quoted)


def _asks_nothing(around: str) -> bool:
    """Whether the words around an address ask nothing else."""
    said = clean_text(around)
    return is_pointing(said) or classify_talk(said) is not None
