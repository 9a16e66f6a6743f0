"""How well a word of a sentence fits the kind of answer that is asked for."""

# ruff: noqa: RUF001, SIM905  # typographic marks are meant, and long lists read as words

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from retrieval.text.places import list_places
from retrieval.text.tokens import Word

if TYPE_CHECKING:
    from retrieval.question.answer_type import AnswerType

Fit = Callable[[Sequence[Word], int], float]

_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred hundreds thousand thousands million millions billion billions trillion dozen dozens
    half third thirds quarter quarters twice double triple""".split()
)
_UNITS_OF_TIME = frozenset(
    """second seconds minute minutes hour hours day days week weeks month months year years decade
    decades century centuries year-long""".split()
)
_DATE_WORDS = frozenset(
    """january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday
    sunday spring summer autumn fall winter christmas easter""".split()
)
_MONEY = frozenset(("dollar", "dollars", "pounds", "euros", "cents", "million", "billion"))
_ORGANISED = frozenset(
    """inc corp corporation co company ltd llc plc group bank university college school institute
    party committee commission council court department ministry agency association federation
    league club union service services airlines airways motors foundation society church senate
    congress house parliament government police times post news journal network studios pictures
    hospital museum center centre""".split()
)
_TITLES = frozenset(
    """president minister senator sen rep gov governor mr mrs ms dr judge justice king queen prince
    princess secretary chancellor mayor general actor actress singer rapper author director ceo
    founder coach quarterback pitcher star lord lady sir dame pope chairman chief leader""".split()
)
_BEFORE_PLACES = frozenset("in at from near to of across outside inside".split())
_SOME = 0.3


def fit_of(kind: AnswerType, focus: str) -> Fit:
    """A function of a sentence's words and a position: 0 for no fit, 1 for a full one."""
    if kind == "place":
        return _fit_listed(focus) or _fit_place
    return _FITS.get(kind, _fit_anything)


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


def _fit_place(words: Sequence[Word], at: int) -> float:
    word = words[at]
    if not word.capital:
        return 0.0
    bare = word.lower.removesuffix("'s").removesuffix("’s")
    if any(bare in listed for listed in list_places().values()):
        return 1.0
    before = words[_run_start(words, at) - 1].lower if _run_start(words, at) else ""
    return 1.0 if before in _BEFORE_PLACES else _SOME


def _fit_person(words: Sequence[Word], at: int) -> float:
    word = words[at]
    if not word.capital or word.number:
        return 0.0
    first = _run_start(words, at)
    last = at
    while last + 1 < len(words) and words[last + 1].capital:
        last += 1
    run = [words[i].lower for i in range(first, last + 1)]
    if any(part in _ORGANISED or any(part in p for p in list_places().values()) for part in run):
        return _SOME / 3
    titled = first > 0 and words[first - 1].lower.rstrip(".") in _TITLES
    return 1.0 if len(run) > 1 or titled or run[0] in _TITLES else _SOME


def _fit_organisation(words: Sequence[Word], at: int) -> float:
    word = words[at]
    if not word.capital:
        return 0.0
    bare = word.lower.removesuffix("'s").removesuffix("’s")
    return _SOME if any(bare in listed for listed in list_places().values()) else 1.0


def _fit_title(words: Sequence[Word], at: int) -> float:
    if not words[at].capital:
        return 0.0
    first = _run_start(words, at)
    quoted = first > 0 and words[first - 1].text in '“"‘'
    return 1.0 if quoted else _SOME


def _fit_date(words: Sequence[Word], at: int) -> float:
    word = words[at]
    if word.lower in _DATE_WORDS:
        return float(word.text[0].isupper())
    year = len(word.text) == 4 and word.number and word.text[:2] in ("17", "18", "19", "20")  # noqa: PLR2004  # digits of a year
    after_month = at > 0 and words[at - 1].lower in _DATE_WORDS and word.number
    return float(year or after_month)


def _fit_duration(words: Sequence[Word], at: int) -> float:
    word = words[at]
    following = words[at + 1].lower if at + 1 < len(words) else ""
    counted = word.number or word.lower in _NUMBER_WORDS
    joined = "-" in word.text and word.lower.rpartition("-")[2] in _UNITS_OF_TIME
    return float((counted and following in _UNITS_OF_TIME) or joined)


def _fit_percent(words: Sequence[Word], at: int) -> float:
    word = words[at]
    following = words[at + 1].lower if at + 1 < len(words) else ""
    return float(word.text[-1] == "%" or (word.number and following in ("percent", "per")))


def _fit_amount(words: Sequence[Word], at: int) -> float:
    word = words[at]
    following = words[at + 1].lower if at + 1 < len(words) else ""
    return float(word.text[0] in "$£€¥" or (word.number and following in _MONEY))


def _fit_number(words: Sequence[Word], at: int) -> float:
    word = words[at]
    if word.lower in _NUMBER_WORDS:
        return 1.0
    named = word.text[0].isalpha()  # "GPT-4" counts nothing
    return float(word.number and not named and _fit_date(words, at) == 0.0)


def _fit_anything(words: Sequence[Word], at: int) -> float:
    word = words[at]
    return 1.0 if word.capital or word.number else _SOME


def _run_start(words: Sequence[Word], at: int) -> int:
    while at > 0 and words[at - 1].capital:
        at -= 1
    return at


_FITS: dict[AnswerType, Fit] = {
    "person": _fit_person,
    "organisation": _fit_organisation,
    "outlet": _fit_organisation,
    "title": _fit_title,
    "date": _fit_date,
    "duration": _fit_duration,
    "percent": _fit_percent,
    "amount": _fit_amount,
    "number": _fit_number,
}
