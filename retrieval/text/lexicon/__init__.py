"""Words by which a question is understood and an answer known: one table a language."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Pattern = re.Pattern[str]
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The tables of one language; every word in lower case, every pattern without case.

    `months` and `weekdays` give the number, 1 for January and for Monday, of every way to write
    one; `numbers` the value of number words, `scales` what a number before them is multiplied by.
    `units` give the words that stand beside a number of that unit. `types` are tried in order;
    `nouns` give the type of answer that a noun asks for, `measures` the unit that a question asks
    for. `requests` are the openings that say what is wanted, by form, and `shape` what else tells
    how a question is built. `spaced` says that blanks part the words, `capital_nouns` that a
    capital makes no name. A table that a language lacks is empty, a pattern matches nothing.
    """

    language: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    calendar: frozenset[str]
    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    units: Mapping[str, frozenset[str]]
    asking: Mapping[str, Pattern]
    words: Mapping[str, frozenset[str]]
    types: tuple[tuple[str, Pattern], ...]
    nouns: Mapping[str, str]
    measures: tuple[tuple[str, Pattern], ...]
    requests: Mapping[str, Pattern]
    shape: Mapping[str, Pattern]
    quarters: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    spaced: bool = True
    capital_nouns: bool = False

    def asks(self, name: str) -> Pattern:
        """A pattern of how questions are asked; one that matches nothing where there is none."""
        return self.asking.get(name, _NEVER)

    def shaped(self, name: str) -> Pattern:
        """A pattern of how a question is built; one that matches nothing where there is none."""
        return self.shape.get(name, _NEVER)

    def requested(self, name: str) -> Pattern:
        """The openings of a form of request; one that matches nothing where there is none."""
        return self.requests.get(name, _NEVER)

    def listed(self, name: str) -> frozenset[str]:
        """A list of words by its name in the table; none where the language has no such list."""
        return self.words.get(name, frozenset())


@cache
def lexicon(language: str) -> Lexicon:
    """The tables of a language, by a tag such as "en" or "pt-BR"; English where it has none."""
    base = language.replace("_", "-").partition("-")[0].casefold()
    if base != language:
        return lexicon(base)
    place = files(__package__).joinpath(f"{base}.toml")
    if not base.isalpha() or not place.is_file():
        return lexicon("en")
    return _build_lexicon(base, tomllib.loads(place.read_text("utf-8")))


@cache
def list_languages() -> tuple[str, ...]:
    """The languages that have tables, two letters each, in order of the alphabet."""
    names = (place.name for place in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def _build_lexicon(language: str, tables: dict[str, Any]) -> Lexicon:
    calendar, numbers = tables.get("calendar", {}), tables.get("numbers", {})
    asking, shape = tables.get("asking", {}), tables.get("shape", {})
    evidence = tables.get("evidence", {})
    texts = {**asking, **evidence, **tables.get("slots", {})}
    texts["prepositions"] = shape.get("prepositions", "")
    return Lexicon(
        language=language,
        months=_number_words(calendar.get("months", ())),
        weekdays=_number_words(calendar.get("weekdays", ())),
        calendar=frozenset(calendar.get("words", "").split()),
        numbers=MappingProxyType(numbers.get("words", {})),
        scales=MappingProxyType(numbers.get("scales", {})),
        units=_split_each(tables.get("units", {})),
        asking=_compile_each(asking, _PATTERNS) | _compile_each(evidence, _PATTERNS),
        words=_split_each({name: words for name, words in texts.items() if name not in _PATTERNS}),
        types=tuple(_compile_each(tables.get("types", {})).items()),
        nouns=_turn_over(tables.get("nouns", {})),
        measures=tuple(_compile_each(tables.get("measures", {})).items()),
        requests=_compile_each(tables.get("requests", {})),
        shape=_compile_each({name: said for name, said in shape.items() if name not in _LISTS}),
        quarters={int(n): tuple(said) for n, said in shape.get("quarter_words", {}).items()},
        spaced=bool(asking.get("spaced", True)),
        capital_nouns=bool(asking.get("capital_nouns", False)),
    )


# Of the tables "asking" and "evidence", what is a pattern; the rest are lists of words.
_PATTERNS = frozenset(("yes_no", "choice", "which", "causes", "definitions", "says", "asks"))
_LISTS = frozenset(("prepositions", "quarter_words"))


def _number_words(entries: list[str]) -> Mapping[str, int]:
    return {word: at for at, said in enumerate(entries, start=1) for word in said.split()}


def _split_each(table: dict[str, Any]) -> Mapping[str, frozenset[str]]:
    texts = {name: words for name, words in table.items() if isinstance(words, str)}
    return {name: frozenset(words.split()) for name, words in texts.items()}


def _compile_each(table: dict[str, str], only: frozenset[str] | None = None) -> dict[str, Pattern]:
    return {
        name: re.compile(pattern, re.IGNORECASE)
        for name, pattern in table.items()
        if only is None or name in only
    }


def _turn_over(table: dict[str, str]) -> Mapping[str, str]:
    return {noun: kind for kind, nouns in table.items() for noun in nouns.split()}
