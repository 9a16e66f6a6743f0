"""Where a text holds an answer of the expected type: an amount, a day, a count, a version."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from retrieval.text.lexicon import lexicon
from retrieval.text.quantities import find_numbers
from retrieval.text.versions import find_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retrieval.text.lexicon import Lexicon

Place = tuple[int, int]

_NUMBER = r"(?:\d{1,3}(?:[,.\u202f\u00a0]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_YEAR = r"(?:1[6-9]|20)\d\d"
_SIGNS = r"(?:US|A|C|HK|NZ)?[$£€¥₹]|\b(?:Rs|USD|EUR|GBP|INR)\.?"
_UNITS = frozenset(("age", "percent", "bytes", "distance", "weight", "speed", "temperature"))
# What no list of single words says, by language.
_ROUGH_AMOUNTS = {
    "en": r"|(?<![\w-])free(?: of charge\b|\b(?! [a-z]+ing\b| (?:to|from|speech|software|agent)\b))"
}
_ROUGH_SHARES = {
    "en": r"|\b(?:half|a third|two[- ]thirds|a quarter|three[- ]quarters|one in \w+)\b|\b\w+fold\b"
}
_ROUGH_DATES = {
    "en": (
        r"|\b(?:today|tonight|tomorrow|yesterday)\b|\bQ[1-4]\b"
        r"|\b(?:first|second|third|fourth) quarter\b|\b(?:mid|early|late)-(?:\d|(?-i:[A-Z]))\w+"
        r"|\b(?:next|last|this|coming) (?:week(?:end)?|month|year|spring|summer|autumn|winter)\b"
        r"|\b(?:early|mid|late|end of|spring|summer|autumn|winter)(?: of)?,? (?:1[6-9]|20)\d\d\b"
        r"|\b\w+ (?:minute|hour|day|week|month|year|decade)s? ago\b"
        r"|\b(?:in|within) (?:the )?(?:next |coming |a few |\w+ )?(?:hour|day|week|month|year)s?\b"
    )
}
_ROUGH_TIMES = {
    "en": (
        r"|\b(?:an?|several|a few|a couple of) (?:minute|hour|day|week|month|year|decade)s?\b"
        r"|\b(?:forever|indefinitely)\b"
    )
}
_ROUGH_AGES = {
    "en": (
        r"|\b(?:aged?|turn(?:s|ed|ing)?) \d{1,3}\b|, \d{1,3},|\(\d{1,2}\)"
        r"|\b[\w-]+[ -]years?[ -]old\b|\bborn (?:in|on)\b|\b\d+ years of age\b"
    )
}
_UNIT_OF_TYPE = {"amount": "money", "percent": "percent", "date": "date", "duration": "time"}
TYPED = frozenset((*_UNIT_OF_TYPE, "number", "version"))


def find_slots(text: str, answer_type: str, unit: str = "", language: str = "en") -> list[Place]:
    """The places of a number or a day of this type and unit, in order; none for other types."""
    if answer_type not in TYPED:
        return []
    if answer_type == "version":
        return [(version.start, version.end) for version in find_versions(text)]
    name = _UNIT_OF_TYPE.get(answer_type) or (
        unit if unit in _UNITS or unit == "time" else "number"
    )
    pattern = _compile(name, language)
    places = [found.span() for found in pattern.finditer(text)]
    if name != "number":
        return places
    if lexicon(language).language == "en":
        return [(quantity.start, quantity.end) for quantity in find_numbers(text)]
    dates = [found.span() for found in _compile("date", language).finditer(text)]
    return list(_without(dates, places))


def _without(taken: list[Place], places: Iterable[Place]) -> Iterator[Place]:
    """The places that lie in none of those taken: a year counts nothing."""
    for start, end in places:
        if not any(first <= start and end <= last for first, last in taken):
            yield start, end


@cache
def _compile(name: str, language: str) -> re.Pattern[str]:
    words = lexicon(language)
    language = words.language
    number = rf"(?:{_NUMBER}|\b(?:{_any(words.numbers)}))"
    scale = rf"(?:[ -]?(?:{_any((*words.scales, 'lakh', 'lakhs', 'crore', 'crores'))})\b)?"
    if name == "date":
        pattern = _dates(words) + _ROUGH_DATES.get(language, "")
    elif name == "money":
        units = _any((*words.units["money"], "lakh", "lakhs", "crore", "crores"))
        units = rf"(?!(?-i:Cent\b))(?:{units})"  # the rapper
        pattern = (
            rf"(?:{_SIGNS})\s?{_NUMBER}{scale}|{number}{scale}[ -]?(?:{units})\b"
            rf"|\b{_NUMBER}\s?[€£$]{_ROUGH_AMOUNTS.get(language, '')}"
        )
    elif name == "number":
        pattern = (
            rf"(?<![\w.$£€¥₹-]){_NUMBER}{scale}(?![\w%]|[.,]\d)"
            rf"|\b(?:{_any((*words.numbers, *words.scales))})\b"
        )
    else:
        tables = {"percent": _ROUGH_SHARES, "time": _ROUGH_TIMES, "age": _ROUGH_AGES}
        rough = tables.get(name, {}).get(language, "")
        sign = r"|" + _NUMBER + r"\s?%" if name == "percent" else ""
        units = _any(words.units.get(name, ())) or r"(?!)"
        pattern = rf"{number}{scale}[ -]?(?:{units})\b{sign}{rough}"
    return re.compile(pattern, re.IGNORECASE)


def _dates(words: Lexicon) -> str:
    """Days, months and years; a month in a language that writes it so has a capital."""
    capital = words.language in ("en", "de")
    names = [word.capitalize() if capital else word for word in words.months]
    month = rf"(?-i:{_any(names)})\.?" if capital else rf"(?:{_any(names)})\.?"
    weekday = _any(word for word in words.weekdays if len(word) > len("thurs"))
    of = r"(?:\s+(?:of|de|del))?"
    return (
        rf"(?<![\w-])(?:{month}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d))?(?:\s*[-–]\s*\d{{1,2}})?"
        rf"(?:,?\s+{_YEAR})?|\d{{1,2}}(?:st|nd|rd|th|\.|er)?{of}\s+{month}{of}(?:,?\s+{_YEAR})?)(?!\w)"
        rf"|\b(?:{weekday})\b|(?<![\w.$£€,-]){_YEAR}(?![\w%]|[.,]\d)|\b{_YEAR}-\d\d(?:-\d\d)?\b"
        rf"|{_YEAR}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?|\d{{1,2}}月(?:\d{{1,2}}日)?"
    )


def _any(words: Iterable[str]) -> str:
    """The words as alternatives, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
