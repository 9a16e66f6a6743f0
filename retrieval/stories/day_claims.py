"""On which day a report says that something happened or will: the act, the day, and the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.dates.absolute import MONTH
from retrieval.dates.expressions import DAYS_IN_YEAR
from retrieval.dates.periods import Period, shift
from retrieval.stories.claims import find_days
from retrieval.stories.hedges import find_meaning, find_sources
from retrieval.stories.weights import CONTRADICTIONS
from retrieval.text.analysis import analyse
from retrieval.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from retrieval.dates.expressions import Found
    from retrieval.model import Article

# Words for what has a day of its own (English), by the act; the first that stands nearest counts.
_ACTS = {
    "early access": r"early access",
    "open beta": r"open beta",
    "outage": r"outages?|(?:went|was|were|is|are|temporarily) down|offline",
    "vote": r"votes?|voted|election|ballot|referendum",
    "trial": r"trial|hearing|sentenc\w+|verdict",
    "meeting": r"summit|talks|conference",
    "death": r"died|dies|death",
    "closing": r"clos(?:es?|ed|ing|ure)|shuts?|shut down",
    "opening": r"opens|opened|opening|reopen\w*|inaugurat\w+",
    "strike": r"strikes?|walkout",
    "arrest": r"arrest\w*",
    "attack": r"attacks?|attacked|shooting|explosion|bombing",
    "release": r"launch(?:es|ed|ing)?|releas(?:es?|ed|ing)|debuts?|on sale|slated|comes? out",
}
_ACT = re.compile(
    "|".join(rf"(?P<act{n}>\b(?:{words})\b)" for n, words in enumerate(_ACTS.values())),
    re.IGNORECASE,
)
_NAMES = tuple(_ACTS)
_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:will|shall|set to|due|plans?|next|upcoming|scheduled)\b", re.IGNORECASE)
# A name amid the sentence: a capital after a small letter, that opens no month or weekday.
_NAME = re.compile(rf"(?<=[a-z,] )(?!(?i:{MONTH})|\w+day\b)[A-Z][\w-]+")
_MONTH, _YEAR = re.compile(MONTH, re.IGNORECASE), re.compile(r"\d{4}")
_WORD = re.compile(r"[\w-]+")
_PARTED = re.compile(r"[;:.]|, (?:but|while|and)\b")
_DONE = re.compile(rf"{_PARTED.pattern}|\b\w+ed\b")  # the day is that of another act
_UNSURE = frozenset({"hoped", "earlier", "order"})


@dataclass(frozen=True, slots=True)
class DayClaim:
    """That an act falls on a day: the sentence it stands in, and where the day is named.

    `terms` and `words`, as they are written, are those of headline and sentence; `names` those that
    stand with a capital amid the sentence.
    """

    article: Article
    start: int
    text: str
    place: tuple[int, int]
    act: str
    period: Period
    terms: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]

    def is_ahead(self) -> bool:
        """Whether the day had not come when the report was printed."""
        day = self.article.day
        return day is not None and self.period.last >= day


def parse_day_claims(article: Article) -> list[DayClaim]:
    """Return what falls on which day, for each act of which the article names one day alone."""
    claims = list(_find_claims(article)) if article.day else []
    days: dict[str, set[Period]] = {}
    for claim in claims:
        days.setdefault(claim.act, set()).add(claim.period)
    return [claim for claim in claims if len(days[claim.act]) == 1]


def _find_claims(article: Article) -> Iterator[DayClaim]:
    if article.day is None:
        return
    for start, end in split_sentences(article.text, article.language):
        text = article.text[start:end]
        sources = find_sources(text)
        for found in find_days(text, article.day):
            place = (found.start, found.end)
            long = (found.period.last - found.period.first).days > CONTRADICTIONS.longest_days
            said = any(a <= found.start < b for a, b in sources)
            if long or said or _is_vague(text, place) or find_meaning(text, *place) & _UNSURE:
                continue
            if act := _find_act(text, place):
                told = f"{article.title} {text}"
                terms = frozenset(analyse(told, article.language))
                period = _place_in_year(found, text[slice(*place)], article.day)
                names = frozenset(match[0].lower() for match in _NAME.finditer(text))
                words = frozenset(_WORD.findall(told.lower()))
                yield DayClaim(article, start, text, place, act, period, terms, names, words)


def _place_in_year(found: Found, named: str, day: date) -> Period:
    """The period, of a day without a year the one next to the day of the report."""
    if found.cycle != DAYS_IN_YEAR and (_YEAR.search(named) or not _MONTH.search(named)):
        return found.period
    years = round((day - found.period.first).days / DAYS_IN_YEAR)
    first, last = (shift(one, "year", years) for one in (found.period.first, found.period.last))
    return Period(first, last)


def _is_vague(text: str, place: tuple[int, int]) -> bool:
    """Whether only a weekday is named of something to come, or no day of the calendar at all."""
    named = text[slice(*place)]
    if _WEEKDAY.search(named):
        return _AHEAD.search(text) is not None
    return not any(c.isdigit() for c in named)


def _find_act(text: str, place: tuple[int, int]) -> str:
    """The act whose word stands nearest the day, within reach and in its clause; "" for none."""
    nearest, act = CONTRADICTIONS.reach, ""
    for match in _ACT.finditer(text):
        before = match.start() < place[0]
        between = text[match.end() : place[0]] if before else text[place[1] : match.start()]
        if len(between) < nearest and not (_PARTED if before else _DONE).search(between):
            nearest, act = len(between), _NAMES[int((match.lastgroup or "act0")[3:])]
    return act
