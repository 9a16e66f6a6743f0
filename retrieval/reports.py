"""What a reading of the coverage did, and what the coverage holds now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from retrieval.model import Span


@dataclass(frozen=True, slots=True)
class Reject:
    """A file that gave no article, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """One reading of the coverage: files read = files that gave articles + files rejected."""

    files_read: int
    files_rejected: int
    rejects: tuple[Reject, ...]
    warnings: tuple[str, ...]
    articles: int
    passages: int
    added: int
    changed: int
    removed: int
    seconds: float
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of the coverage now."""

    span: Span
    passages: int
    outlets: int
    topics: int
    updated: datetime | None
    folders: tuple[str, ...]
