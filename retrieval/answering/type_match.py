"""How well a word of a sentence fits the type of answer that is asked for."""

# ruff: noqa: RUF001  # typographic marks are meant

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from retrieval.text.lexicon import lexicon
from retrieval.text.places import list_places
from retrieval.text.tokens import Word

if TYPE_CHECKING:
    from retrieval.question.answer_type import AnswerType

Fit = Callable[[Sequence[Word], int], float]

_SOME = 0.3
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d(?:年)?")
_DIGITS = re.compile(r"\d[\d.,]*")


def fit_of(answer_type: AnswerType, focus: str, language: str = "en") -> Fit:
    """A function of a sentence's words and a position: 0 for no fit, 1 for a full one."""
    fits = _fits_of(language)
    if answer_type == "place":
        return _fit_listed(focus) or fits.place
    fit: Fit = getattr(fits, _METHODS.get(answer_type, "anything"))
    return fit


_METHODS: dict[AnswerType, str] = {
    "person": "person",
    "organisation": "organisation",
    "outlet": "organisation",
    "title": "title",
    "date": "date",
    "duration": "duration",
    "percent": "percent",
    "amount": "amount",
    "number": "number",
}


def _fit_listed(focus: str) -> Fit | None:
    sorts = {"country": "countries", "nation": "countries", "countries": "countries",
             "nations": "countries", "state": "states", "states": "states",
             "continent": "continents"}  # fmt: skip
    if focus not in sorts:
        return None
    listed = list_places()[sorts[focus]]

    def fit(words: Sequence[Word], at: int) -> float:
        word = words[at]
        if not word.capital:
            return 0.0
        return 1.0 if word.lower.removesuffix("'s").removesuffix("’s") in listed else _SOME / 3

    return fit


def _is_listed(lower: str) -> bool:
    bare = lower.removesuffix("'s").removesuffix("’s")
    return any(bare in listed for listed in list_places().values())


@cache
def _fits_of(language: str) -> _Fits:
    words = lexicon(language)
    units = words.units
    return _Fits(
        spaced=words.spaced,
        capital_nouns=words.capital_nouns,
        numbers=frozenset((*words.numbers, *words.scales)),
        scales=frozenset(words.scales),
        days=frozenset((*words.months, *words.weekdays, *words.calendar)),
        times=units.get("time", frozenset()),
        money=units.get("money", frozenset()) | frozenset(words.scales),
        percents=units.get("percent", frozenset()) | {"%"},
        organised=words.listed("organised"),
        titles=words.listed("titles"),
        before_places=words.listed("before_places"),
    )


@dataclass(frozen=True, slots=True)
class _Fits:
    """The tables of a language, and how well a word fits by them.

    Where blanks part no words, a word is two characters, and what stands in it counts.
    """

    spaced: bool
    capital_nouns: bool
    numbers: frozenset[str]
    scales: frozenset[str]
    days: frozenset[str]
    times: frozenset[str]
    money: frozenset[str]
    percents: frozenset[str]
    organised: frozenset[str]
    titles: frozenset[str]
    before_places: frozenset[str]

    def place(self, words: Sequence[Word], at: int) -> float:
        word = words[at]
        if not self.spaced:
            return self._near_listed(words, at, self.before_places)
        if not word.capital:
            return 0.0
        if _is_listed(word.lower):
            return 1.0
        before = words[_run_start(words, at) - 1].lower if _run_start(words, at) else ""
        return 1.0 if before in self.before_places else _SOME

    def person(self, words: Sequence[Word], at: int) -> float:
        word = words[at]
        if not self.spaced:
            return self._near_listed(words, at, self.titles)
        if not word.capital or word.number:
            return 0.0
        first = _run_start(words, at)
        run = [words[i].lower for i in range(first, _run_end(words, at) + 1)]
        if any(part in self.organised or _is_listed(part) for part in run):
            return _SOME / 3
        titled = first > 0 and words[first - 1].lower.rstrip(".") in self.titles
        return 1.0 if len(run) > 1 or titled or run[0] in self.titles else _SOME

    def organisation(self, words: Sequence[Word], at: int) -> float:
        word = words[at]
        if not self.spaced:
            return self._near_listed(words, at, self.organised)
        if not word.capital:
            return 0.0
        return _SOME if _is_listed(word.lower) else 1.0

    def title(self, words: Sequence[Word], at: int) -> float:
        if not words[at].capital and self.spaced:
            return 0.0
        first = _run_start(words, at)
        quoted = first > 0 and words[first - 1].text in '“"‘«„「《'
        return 1.0 if quoted else _SOME

    def date(self, words: Sequence[Word], at: int) -> float:
        word = words[at]
        if not self.spaced:
            return self._date_in(words, at)
        if word.lower in self.days:
            return float(word.text[0].isupper() or not self._writes_days_large())
        year = word.number and _YEAR.fullmatch(word.text) is not None
        beside = (at > 0 and words[at - 1].lower in self.days) or self._before_month(words, at)
        return float(year or (beside and word.number))

    def _writes_days_large(self) -> bool:
        return "january" in self.days

    def _before_month(self, words: Sequence[Word], at: int) -> bool:
        """Whether a month follows, perhaps after "de": "15 de mayo"; in English it comes before."""
        following = [word.lower for word in words[at + 1 : at + 3]]
        if self._writes_days_large() or not following:
            return False
        return following[0] in self.days or (
            len(following) > 1 and following[0] in self.before_places and following[1] in self.days
        )

    def _date_in(self, words: Sequence[Word], at: int) -> float:
        """Whether a number stands before a sign for year, month or day, or a weekday is named."""
        text, following = words[at].text, words[at + 1].text if at + 1 < len(words) else ""
        signs = tuple(day for day in self.days if len(day) == 1)
        if words[at].number or _DIGITS.fullmatch(text):
            return float(following.startswith(signs) or _YEAR.fullmatch(text) is not None)
        return float(text in self.days or (text[0] in self.numbers and text[-1] in signs))

    def duration(self, words: Sequence[Word], at: int) -> float:
        word = words[at]
        following = words[at + 1].lower if at + 1 < len(words) else ""
        if not self.spaced:
            return float(self._counts(word) and following.startswith(tuple(self.times)))
        counted = word.number or word.lower in self.numbers
        joined = "-" in word.text and word.lower.rpartition("-")[2] in self.times
        return float((counted and following in self.times) or joined)

    def percent(self, words: Sequence[Word], at: int) -> float:
        word = words[at]
        following = words[at + 1].lower if at + 1 < len(words) else ""
        if not self.spaced:
            return float(word.text.endswith(("%", "％")) or "百分" in word.text)
        counted = word.number or word.lower in self.numbers
        said = following in self.percents or following in ("per", "por", "pour", "per", "por")
        return float(word.text[-1] == "%" or (counted and said))

    def amount(self, words: Sequence[Word], at: int) -> float:
        word = words[at]
        following = words[at + 1].lower if at + 1 < len(words) else ""
        if not self.spaced:
            return float(self._counts(word) and following.endswith(tuple(self.money)))
        counted = word.number or word.lower in self.numbers
        return float(word.text[0] in "$£€¥" or (counted and following in self.money))

    def number(self, words: Sequence[Word], at: int) -> float:
        word = words[at]
        if not self.spaced:
            return float(self._counts(word) and self._date_in(words, at) == 0.0)
        if word.lower in self.numbers and not self._is_article(word):
            return 1.0
        named = word.text[0].isalpha()  # "GPT-4" counts nothing
        return float(word.number and not named and self.date(words, at) == 0.0)

    def anything(self, words: Sequence[Word], at: int) -> float:
        word = words[at]
        if self.capital_nouns or not self.spaced:
            named = word.number or (word.capital and _run_end(words, at) > _run_start(words, at))
            return 1.0 if named else 2 * _SOME
        return 1.0 if word.capital or word.number else _SOME

    def _counts(self, word: Word) -> bool:
        return word.number or word.text[0] in self.numbers

    def _is_article(self, word: Word) -> bool:
        """Whether a number word is hardly one: "un", "eine"."""
        return word.term == ""

    def _near_listed(self, words: Sequence[Word], at: int, listed: frozenset[str]) -> float:
        """More for a word of characters that stands beside a listed one, less for any other."""
        if words[at].number:
            return 0.0
        around = "".join(word.text for word in words[max(0, at - 3) : at + 4])
        return 1.0 if any(one in around for one in listed) else 2 * _SOME


def _run_start(words: Sequence[Word], at: int) -> int:
    while at > 0 and words[at - 1].capital:
        at -= 1
    return at


def _run_end(words: Sequence[Word], at: int) -> int:
    while at + 1 < len(words) and words[at + 1].capital:
        at += 1
    return at
