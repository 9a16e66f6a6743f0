"""What a form of reply is made of, before its sources are numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.answering.findings import Excerpt
    from retrieval.model import AnswerNote, Article, Form, Lead


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The excerpts of a reply in order; none where nothing is sure enough, then `closest`."""

    form: Form
    confidence: float
    excerpts: tuple[Excerpt, ...] = ()
    closest: tuple[Excerpt, ...] = ()
    lead: Lead | None = None
    notes: tuple[AnswerNote, ...] = ()
    articles: tuple[Article, ...] = ()
