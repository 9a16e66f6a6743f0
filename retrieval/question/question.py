"""A question read: the kind of answer it wants, its names, its outlet and its days."""

# ruff: noqa: RUF001, SIM905  # typographic marks are meant, and long lists read as words

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.dates.windows import resolve_window
from retrieval.question.answer_type import AnswerKind, find_focus, find_kind
from retrieval.question.outlets import NamedOutlet, find_outlet
from retrieval.question.reporting import Reporting, read_reporting
from retrieval.text.names import find_names

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from retrieval.dates.windows import Resolved
    from retrieval.model import Window

# A question longer than this is read up to here: nobody asks in four pages.
LONGEST = 1000

_FOLLOWS = re.compile(
    r"^\W*(?:and|but|so|or|what about|how about|what else|who else|where else|anything else)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|he|him|his|she|her|they|them|their|this|that|these|those|there)\b", re.IGNORECASE
)
_DAYS = re.compile(
    r"(?:in|on|since|during|before|after|until|between|from|by|over)\b", re.IGNORECASE
)
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
_ASKING = frozenset(
    """who whom whose what which where when why how is are was were do does did has have had will
    would can could should may might must the a an and or but of in on at to for from by with it its
    he she they them this that these those be been first else about there any""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a question asks for.

    `query` is the text that is searched: without the outlet and the days, which are filters, and
    with the names of the turn before where the question points back. `strict` says that window and
    outlet were given beside the question and may not be relaxed. `reporting` says that the question
    is who told a story; `query` then says which.
    """

    text: str
    as_of: date
    kind: AnswerKind
    query: str
    focus: str = ""
    names: tuple[str, ...] = ()
    outlet: str = ""
    window: Window | None = None
    strict: bool = False
    reporting: Reporting = ""
    subject: str = ""


def read_question(  # noqa: PLR0913  # one call reads all that a person can say with a question
    text: str,
    *,
    as_of: date,
    outlets: Collection[str] = (),
    window: Window | None = None,
    outlet: str = "",
    subject: str = "",
) -> Question:
    """Read a question asked on the day `as_of`; any text will do, also an empty one.

    `outlets` are the names the coverage knows; `window` and `outlet` override what the text says;
    `subject` is `Answer.subject` of the turn before.
    """
    asked = " ".join(text.split())[:LONGEST]
    resolved = None if window else resolve_window(asked, as_of)
    named = None if outlet else find_outlet(asked, outlets)
    filtered = [span for span in (named, resolved) if span and _is_only_a_filter(span, asked)]
    query = asked
    for span in sorted(filtered, key=_start, reverse=True):
        query = f"{query[: span.start].rstrip()} {query[span.end :].lstrip()}".strip()
    reporting, query = read_reporting(query)
    names = find_names(query)
    follows = bool(subject) and _points_back(asked, names)
    return Question(
        text=asked,
        as_of=as_of,
        kind=find_kind(asked),
        query=_searchable(f"{query} {subject}" if follows else query),
        focus=find_focus(asked),
        names=names or (find_names(subject) if follows else ()),
        outlet=outlet or (named.name if named else ""),
        window=window or (resolved.window if resolved else None),
        strict=bool(window or outlet),
        reporting=reporting,
        subject=_subject(query, names, subject if follows else ""),
    )


def _start(span: Resolved | NamedOutlet) -> int:
    return span.start


def _is_only_a_filter(span: Resolved | NamedOutlet, text: str) -> bool:
    """Whether words are of no use to the search once they are a filter.

    The name of an event is ("before the Llama 2 launch"), and so is a day that is one ("the Jan. 6
    attack").
    """
    phrase = text[span.start : span.end]
    if isinstance(span, NamedOutlet):
        return True
    return not find_names(phrase) and bool(_DAYS.match(phrase) or not re.search(r"\d", phrase))


def _points_back(text: str, names: tuple[str, ...]) -> bool:
    """Whether a question leans on the turn before.

    An opening or a pronoun says so, or it names nobody and has next to nothing to search for.
    """
    if _FOLLOWS.match(text) or (_POINTS_BACK.search(text) and not re.search(r"[.!?] ", text)):
        return True
    return not names and len(_telling_words(text)) <= 2  # noqa: PLR2004  # "reported", "ready when"


def _telling_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.lower() not in _ASKING]


def _subject(query: str, names: tuple[str, ...], before: str) -> str:
    """What the next turn may lean on: names or else telling words, then what came before."""
    own = " ".join(names) or " ".join(_telling_words(query)[:8])
    known = own.casefold()
    carried = [word for word in before.split() if word.casefold() not in known]
    return " ".join([*own.split(), *carried][:16])


def _searchable(text: str) -> str:
    """Plain words: no mark in a question is search syntax."""
    return " ".join(_WORD.findall(text))
