"""Numbers in text with what they count: "23 pirates", "$5.5 billion", "40 per cent"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.text.analysis import analyse

_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SCALES = {
    "dozen": 12, "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6,
    "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
# The first two letters of a number; what begins otherwise, nearly every word, needs no closer look.
_OPENING = (
    r"[ \d$\u20ac\xa3\xa5]|[Uu][Ss]|[AaCc][$\u20ac\xa3\xa5]|[Hh][KkUu]|[Nn][ZzIi]|[Tt][WwHhEe]"
    r"|[Ff][OoIi]|[Ss][IiEe]|[Ee][IiLl]|[Dd][Oo]"
)
_NUMBER = re.compile(
    rf"""(?<!\w)(?-i:(?={_OPENING}))(?:(?<![.,:/\u2019'-])|(?<=magnitude-))
    (?P<currency>(?:US|A|C|HK|NZ)?[$\u20ac\xa3\xa5])?[ ]?
    (?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:(?:{_TENS})-(?:{_ONES})|{"|".join(_WORDS)})\b)
    (?![\d/:]|[.,]\d|(?:st|nd|rd|th)\b|-\d)
    (?:[ -]?(?P<scale>{"|".join(s for s in _SCALES if len(s) > 1)}|[kmb](?![-\u2019']))\b)?
    (?P<percent>[ ]?%|[ ]per[ ]?cent\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_NEXT_WORDS = re.compile(r"(?:[ -]+[^\W\d_][\w\u2019'-]*){1,3}")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w\u2019'-]*)(?: of)?[ -]+$")
_LAST_WORD = re.compile(r"(?:[^\W_][\w.\u2019'-]*[ ]+)?(?P<last>[^\W_][\w\u2019'-]*) $")
_LOOK_BACK = 32  # characters
_MONTH = r"jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
_CALENDAR = re.compile(rf"(?:{_MONTH})[a-z]*\.?$", re.IGNORECASE)
_CLOCK = re.compile(rf" ?(?:{_MONTH}|am|pm|a\.m|p\.m|o'clock)", re.IGNORECASE)
# Where what is counted ends: "23 pirates in", "$30bn at".
_LINK = re.compile(
    r"of|in|on|at|to|for|from|by|with|and|or|but|as|than|is|are|was|were|has|have|had|will|would"
    r"|that|who|which|when|while|after|before|since|until|during|into|over|under|the|an?",
    re.IGNORECASE,
)
_OPENERS = frozenset(
    (
        *("in", "on", "at", "by", "of", "to", "for", "with", "and", "the", "a", "all", "some"),
        *("about", "over", "more", "than", "least", "magnitude", "nearly", "almost", "around"),
        *("only", "just", "another", "first", "last", "now", "these", "those", "up", "under"),
    )
)
_MEASURES = frozenset({"magnitude", "level", "rate", "toll"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `text[start:end]` and the terms of what it counts, the nearest first.

    "%" and a currency sign stand among the units.
    """

    value: float
    units: tuple[str, ...]
    start: int
    end: int


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text; dates, times, versions and numbers within names are none."""
    return [number for number in find_numbers(text) if number.units]


def find_numbers(text: str) -> list[Quantity]:
    """Return the quantities of a text, and the numbers that stand without what they count."""
    return [q for match in _NUMBER.finditer(text) if (q := _read(match))]


def _read(match: re.Match[str]) -> Quantity | None:
    value = _value(match["number"].lower())
    value *= _SCALES.get((match["scale"] or "").lower(), 1)
    plain = not (match["currency"] or match["percent"] or match["scale"])
    if plain and (_is_dated(match, value) or _is_named(match)):
        return None
    return Quantity(value, _units(match), match.start(), match.end())


def _value(number: str) -> float:
    if number[0].isdigit():
        return float(number.replace(",", ""))
    return float(sum(_WORDS.get(word, 1) for word in number.split("-")))


def _is_dated(match: re.Match[str], value: float) -> bool:
    if not match["number"][0].isdigit():
        return False
    text = match.string
    before = text[max(0, match.start() - 12) : match.start()].split()
    years = 1900 <= value < 2100 and len(match["number"]) == 4  # noqa: PLR2004  # how years are written
    month_before = bool(before) and _CALENDAR.match(before[-1]) is not None
    return years or month_before or _CLOCK.match(text, match.end()) is not None


def _is_named(match: re.Match[str]) -> bool:
    """Whether the number belongs to a name amid a sentence: "Llama 2", "Windows 11"."""
    before = _LAST_WORD.search(_before(match)) if match["number"][0].isdigit() else None
    if before is None:
        return False
    capital = any(c.isupper() for c in before["last"])
    return capital and before["last"].lower() not in _OPENERS


def _before(match: re.Match[str]) -> str:
    """What stands just before a number; a search through all of it would take far longer."""
    return match.string[max(0, match.start() - _LOOK_BACK) : match.start()]


def _units(match: re.Match[str]) -> tuple[str, ...]:
    units = [match["currency"][-1]] if match["currency"] else []
    units += ["%"] if match["percent"] else []
    following = _NEXT_WORDS.match(match.string, match.end())
    words = following[0].replace("-", " ").split() if following else []
    for word in words:
        if _LINK.fullmatch(word):
            break
        units += analyse(word)[:1]
    before = _WORD_BEFORE.search(_before(match))
    if before and before[1].lower() in _MEASURES:
        units += analyse(before[1])[:1]
    return tuple(units)
