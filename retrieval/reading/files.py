"""What parsing makes of one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.model import Article


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The articles of one file, its own first, at least one; warnings name what was guessed."""

    articles: tuple[Article, ...]
    warnings: tuple[str, ...] = ()
