"""Headlines that report no event of their own: those that gather several stories, and guides."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_Kinds = dict[str, list[str]]
_UNSPACED = frozenset({"zh", "ja", "th"})  # words without blanks between have no bounds to look at
_NEVER = r"(?!)"


def is_gathering(title: str, language: str) -> bool:
    """Whether a headline announces several stories at once: a round-up, a newsletter, a podcast.

    `language` is a tag; one without a table is read as English.
    """
    return _compile(_find_table(language), "gathering").search(title) is not None


def is_guide(title: str, language: str) -> bool:
    """Whether a headline tells how to do or choose something, or asks what something is."""
    return _compile(_find_table(language), "guide").search(title) is not None


def _find_table(language: str) -> str:
    base = language.replace("_", "-").partition("-")[0].casefold()
    return base if base in _read_tables() else "en"


@cache
def _compile(language: str, kind: str) -> re.Pattern[str]:
    words = "|".join(_read_tables()[language][kind]) or _NEVER
    bound = "" if language in _UNSPACED else r"\b"
    return re.compile(rf"{bound}(?:{words})(?:(?<=\?)|{bound})", re.IGNORECASE)


@cache
def _read_tables() -> Mapping[str, _Kinds]:
    return tomllib.loads(files(__package__).joinpath("headline_kinds.toml").read_text("utf-8"))
