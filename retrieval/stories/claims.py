"""What a report claims in numbers and days: the value, and what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.dates.absolute import MONTH
from retrieval.dates.expressions import DAYS_IN_YEAR, find_periods
from retrieval.stories.hedges import Hedge, find_hedge, find_meaning, find_sources
from retrieval.stories.weights import CONTRADICTIONS
from retrieval.text.analysis import analyse_with_offsets
from retrieval.text.quantities import Quantity, find_numbers
from retrieval.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from retrieval.dates.expressions import Found
    from retrieval.dates.periods import Period
    from retrieval.model import Article

    _Term = tuple[str, int, int]

AGE = "aged"
_CURRENCIES = {"dollar": "$", "euro": "\u20ac", "pound": "\xa3", "yen": "\xa5"}
_AGE = re.compile(
    r"(?<!to )(?<!through )(?<!and )(?<!or )(?<!under )(?<!over )"
    r"(?:\b(?:aged|(?:at )?the age of|(?:died|dies|dead|dying) at)\s(?P<after>\d{1,3})\b"
    r"(?! ?(?:to|and|or|[-\u2013])\b)"
    r"|\b(?P<before>\d{1,3})[- ]years?[- ]old\b)"
)
_LEADING = re.compile(r"\b(by|to|from)\s+(?:\w+ than )?[$\u20ac\xa3\xa5]?$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:in|on|by|since|until|till|from|of|to|for)\s$", re.IGNORECASE)
# A day told by its distance or by its weekday is as often the day of the report.
_ABSOLUTE = re.compile(rf"\d|\b{MONTH}", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:ago|week|this|last|past|recent|earlier)\b|\d0s", re.IGNORECASE)
# Most sentences name no day, and looking for one with all the rules takes far longer than this.
_TIMELY = re.compile(
    rf"\d|\b(?:{MONTH})|day\b|\bdays\b|week|fortnight|month|quarter|year|decade|centur|spring"
    r"|summer|autumn|fall|winter|christmas|easter|hallowe|thanksgiving|eve\b|night|morning|noon"
    r"|minute|hour|tomorrow|ago\b|\bnow\b|recent|latest|so far|half\b|since|past\b",
    re.IGNORECASE,
)
_ARTICLE = r"(?:(?:an?|the|its|his|her|their)[ ]+)?"
_WORD_BEFORE = re.compile(
    rf"([^\W_][\w.&'\u2019]*|[%$\u20ac\xa3\xa5])[ -]+{_ARTICLE}$", re.IGNORECASE
)
_WORD_BEHIND = re.compile(rf"[ -]+{_ARTICLE}([^\W_][\w&'\u2019]*)", re.IGNORECASE)
_LOOK_BACK = 40  # characters


@dataclass(frozen=True, slots=True)
class NearbyTerm:
    """A term near a value: its word, the words before and behind that one, and how far it is.

    `distance` counts the characters between, and `opens` marks the first word of a sentence.
    """

    word: str
    before: str
    behind: str
    distance: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the claims of one sentence share: its numbers, and the days it names.

    `terms` are those of what it says; of who says so ("the coast guard said") there are none.
    """

    article: Article
    start: int
    text: str
    terms: tuple[_Term, ...]
    numbers: tuple[Quantity, ...]
    times: tuple[Period, ...]

    def holds(self, term: str) -> bool:
        return any(term == own for own, _, _ in self.terms)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number or a day at `place` of a sentence, and what it is about.

    `near` holds the nearest terms, without numbers. `lead` is "by", "to" or "from"
    where one stands before a number, and the term before a day; a `yearly` day names no year.
    """

    sentence: Sentence
    place: tuple[int, int]
    units: frozenset[str]
    near: Mapping[str, NearbyTerm]
    meant: frozenset[str]
    lead: str
    value: float = 0.0
    period: Period | None = None
    yearly: bool = False
    hedge: Hedge = ""


def parse_claims(article: Article) -> Iterator[Claim]:
    """Read the numbers with a unit, the ages, and the days that are told by the calendar."""
    for start, end in split_sentences(article.text, article.language):
        text = article.text[start:end]
        numbers = (*find_numbers(text), *_find_ages(text))
        found = find_days(text, article.day) if article.day else []
        if numbers or found:
            sentence = _parse_sentence(article, start, text, numbers, found)
            yield from (_claim_number(sentence, number) for number in numbers if number.units)
            yield from (_claim_day(sentence, one) for one in found if _is_by_calendar(text, one))


def find_days(text: str, day: date) -> list[Found]:
    """Return the days that a report of that day names; a bare one counts after a preposition."""
    if not _TIMELY.search(text):
        return []
    return [
        found
        for found in find_periods(text, day)
        if not found.bare or _PREPOSITION.search(text, max(0, found.start - 8), found.start)
    ]


def find_units(number: Quantity) -> frozenset[str]:
    """Return what a number counts, a currency by its sign."""
    return frozenset(_CURRENCIES.get(unit, unit) for unit in number.units)


def _find_ages(text: str) -> Iterator[Quantity]:
    for match in _AGE.finditer(text):
        group = match.lastgroup or ""
        yield Quantity(float(match[group]), (AGE,), match.start(group), match.end(group))


def _parse_sentence(
    article: Article,
    start: int,
    text: str,
    numbers: tuple[Quantity, ...],
    found: Sequence[Found],
) -> Sentence:
    sources = find_sources(text)
    return Sentence(
        article,
        start,
        text,
        tuple(term for term in _find_terms(text, article.language) if not _within(term, sources)),
        numbers,
        tuple(one.period for one in found if not _within(("", one.start, one.end), sources)),
    )


def _find_terms(text: str, language: str) -> Iterator[_Term]:
    """Read the terms in order, of a compound its parts only, and without the numbers."""
    terms = analyse_with_offsets(text, language)
    starts = {start for _, start, _ in terms}
    for term, start, end in terms:
        compound = any(start < other < end for other in starts)
        if not compound and not any(c.isdigit() for c in text[start:end]):
            yield term, start, end


def _within(term: _Term, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= term[1] < end for start, end in spans)


def _claim_number(sentence: Sentence, number: Quantity) -> Claim:
    place = (number.start, number.end)
    lead = _LEADING.search(sentence.text[: number.start])
    return Claim(
        sentence,
        place,
        find_units(number),
        _near(sentence, place),
        find_meaning(sentence.text, *place),
        lead[1].lower() if lead else "",
        value=number.value,
        hedge="" if AGE in number.units else find_hedge(sentence.text, *place),
    )


def _claim_day(sentence: Sentence, found: Found) -> Claim:
    place = (found.start, found.end)
    before = [term for term, start, _ in sentence.terms if start < found.start]
    meant = find_meaning(sentence.text, *place)
    lead = before[-1] if before else ""
    near = _near(sentence, place)
    yearly = found.cycle == DAYS_IN_YEAR
    return Claim(
        sentence, place, frozenset(), near, meant, lead, period=found.period, yearly=yearly
    )


def _is_by_calendar(text: str, found: Found) -> bool:
    words = text[found.start : found.end]
    return _ABSOLUTE.search(words) is not None and not _RELATIVE.search(words)


def _near(sentence: Sentence, place: tuple[int, int]) -> dict[str, NearbyTerm]:
    """Return the nearest terms on both sides, in the order of the sentence."""
    terms = [term for term in sentence.terms if not place[0] <= term[1] < place[1]]
    terms.sort(key=lambda term: max(place[0] - term[2], term[1] - place[1]))
    nearest = sorted(terms[: CONTRADICTIONS.context_terms], key=lambda term: term[1])
    return {term: _tell(sentence.text, start, end, place) for term, start, end in nearest}


def _tell(text: str, start: int, end: int, place: tuple[int, int]) -> NearbyTerm:
    before = _WORD_BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    behind = _WORD_BEHIND.match(text, end)
    return NearbyTerm(
        text[start:end],
        before[1].lower() if before else "",
        behind[1].lower() if behind else "",
        max(place[0] - end, start - place[1]),
        opens=not text[:start].strip("\"'\u2018\u201c("),
    )
