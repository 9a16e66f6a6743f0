"""The catalogues on disk: TOML tables, flattened to dotted keys; a plural is a table of forms."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Entry: TypeAlias = "str | Mapping[str, str]"  # a sentence, or its forms by number

# Each language by its Discord locale, with the name it calls itself.
LANGUAGES = MappingProxyType(
    {"en": "English", "de": "Deutsch", "es": "Español", "fr": "Français", "zh-CN": "简体中文"}
)
ENGLISH = "en"
# Languages that articles may be in, by ISO 639-1, whose names every catalogue holds.
LANGUAGES_NAMED = frozenset(
    ["en", "de", "es", "fr", "zh", "it", "pt", "nl", "ru", "ja", "ko", "tr", "ar", "pl"]
)
FORMS = frozenset({"one", "other"})


@cache
def read_catalogue(language: str) -> Mapping[str, Entry]:
    """Every entry of one of `LANGUAGES` by its dotted key."""
    text = files("bot.wording").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return MappingProxyType(dict(_flatten(tomllib.loads(text))))


def choose_language(locale: str) -> str:
    """The catalogue for a Discord locale: its own, its language's (es-419: es), else English."""
    if locale in LANGUAGES:
        return locale
    return next((known for known in LANGUAGES if known[:2] == locale[:2]), ENGLISH)


def _flatten(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, Entry]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict) and value.keys() <= FORMS:
            yield key, MappingProxyType(value)
        elif isinstance(value, dict):
            yield from _flatten(value, f"{key}.")
        else:
            raise TypeError(f"{key}: a catalogue holds only text")
