"""What a person asks for, in a form that a button can bring back after a restart."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, Self, cast, get_args

from retrieval.model import Sort, Window

if TYPE_CHECKING:
    from collections.abc import Mapping

RequestKind = Literal[
    "ask",
    "sources",  # further articles behind an answer
    "search",
    "latest",
    "story",
    "timeline",
    "compare",
    "changes",
    "article",
    "outlets",
]

SORTS: tuple[Sort, ...] = get_args(Sort)
LONGEST_TEXT = 4000
_ENDS = ("since", "until")
# Markup of Discord (docs: reference, message formatting): users, roles, channels, commands, emoji,
# moments, and the places of a server's guide.
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:<>]+:|id:)[\d\w]+(?::\w)?>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to look up; `text` is the question, the query, or an article's id.

    `as_of` is the day it was first asked, so that a later press of a button shows the same.
    `subject` is what the turn before was about, `skipped` how many hits of a search came before.
    Where the words stand right above the reply, or are not the asker's own, it is not `titled` with
    them.
    """

    kind: RequestKind
    as_of: date
    text: str = ""
    since: date | None = None
    until: date | None = None
    outlet: str = ""
    topic: str = ""
    sort: Sort = "relevance"
    subject: str = ""
    skipped: int = 0
    titled: bool = True

    @property
    def window(self) -> Window | None:
        """The days asked for, none when neither end was given."""
        return Window(self.since, self.until) if self.since or self.until else None

    def to_state(self) -> dict[str, str]:
        """The fields that differ from nothing, as text."""
        return {
            field.name: str(value)
            for field in fields(self)
            if (value := getattr(self, field.name)) not in ("", None, True, 0)
        }

    @classmethod
    def from_state(cls, state: Mapping[str, object]) -> Self:
        """The request that `to_state` wrote; raises KeyError and ValueError for anything else."""
        text = {key: str(value) for key, value in state.items()}
        since, until = (date.fromisoformat(text[k]) if k in text else None for k in _ENDS)
        return cls(
            kind=cast("RequestKind", text["kind"]),
            as_of=date.fromisoformat(text["as_of"]),
            text=text.get("text", ""),
            since=since,
            until=until,
            outlet=text.get("outlet", ""),
            topic=text.get("topic", ""),
            sort=cast("Sort", text.get("sort", "relevance")),
            subject=text.get("subject", ""),
            skipped=int(text.get("skipped", "0")),
            titled="titled" not in text,
        )

    def clean(self) -> Self:
        """The same request with nothing in its words that a file could not hold."""
        text, outlet, topic = map(clean_text, (self.text, self.outlet, self.topic))
        return replace(self, text=text, outlet=outlet, topic=topic)


def clean_text(text: str) -> str:
    """A person's words, not endless, without what no file can hold and only Discord reads.

    That is lone surrogates, and the ids of mentioned people, roles, channels, commands and emoji:
    they name nothing that an article could say, and nobody's id is kept.
    """
    plain = _MARKUP.sub(" ", text.encode("utf-8", "replace").decode("utf-8"))
    return re.sub(r"[ \t]{2,}", " ", plain).strip()[:LONGEST_TEXT]
