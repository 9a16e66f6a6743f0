"""What a report adds to those before it: the sentence with the most news in it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from retrieval.model import Quote, TimelineEntry
from retrieval.stories.claims import find_days
from retrieval.stories.hedges import find_sources
from retrieval.stories.weights import NOVELTY
from retrieval.text.analysis import analyse, analyse_with_offsets
from retrieval.text.background import smooth_idf
from retrieval.text.boilerplate import is_boilerplate, is_cut_off, is_unfinished
from retrieval.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from retrieval.dates.expressions import Found
    from retrieval.dates.periods import Period
    from retrieval.model import Article, Story

_POINTS_ELSEWHERE = re.compile(r"\W*(?:related|see|also read|read also|read)\s*:", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\W*(?:he|she|it|they|this|that|these|those|but|and|however|his|her|their|its|in the past"
    r"|back in|previously|earlier)\b",
    re.IGNORECASE,
)
_FOR_THE_READER = re.compile(
    r"[^\"\u201c\u201d]*\b(?:you|yours?)\b[^\"\u201c\u201d]*", re.IGNORECASE
)
# "Jo Marsh/The Agency The mayor arrives …", and "Follow Jo Marsh on Twitter: @jo".
_CAPTION = re.compile(
    r"(?:[A-Z][\w.'\u2019&-]* ){0,4}[A-Z][\w.'\u2019&-]*(?:/[A-Z][\w-]+)+(?: Images)? [A-Z]"
    r"|(?:Follow|Reach|Contact|Email)\b.*\s@\w"
)
_NUMBER = re.compile(r"\W*\d[\d.,]*(?:%|st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class _Said:
    """A quotable sentence with its terms."""

    start: int
    text: str
    terms: tuple[tuple[str, int, int], ...]


class NoveltyTracker:
    """What the reports so far have said, and what all of them are about.

    A sentence that names `retold` of the `core`, the terms most headlines share, retells the event
    in other words: only its numbers, names and times can be news.
    """

    def __init__(self, reports: Sequence[Article]) -> None:
        self._terms: set[str] = set()
        self._told: set[date] = set()
        self._days: set[Period] = set()
        self._core = _share_headline(reports)
        self._topic = _weigh_topic(reports)

    def add(self, article: Article) -> None:
        """Take in what an article says."""
        self._terms.update(analyse(article.title, article.language))
        self._terms.update(analyse(article.text, article.language))
        for said in _read(article)[: NOVELTY.half_read]:
            self._days.update(found.period for found in _find_days(said.text, article.day))
        if article.day:
            self._told.add(article.day)

    def find_addition(self, article: Article) -> Quote | None:
        """Return the sentence that adds most, or none where no sentence brings `least_news`.

        The first report adds the sentence it opens with.
        """
        sentences = _read(article)
        if not self._terms:
            return (
                _quote(article, _find_opening(article, sentences))
                if sentences
                else Quote(article.title, 0, article.id, 0, headline=True)
            )
        best, most, before = None, 0.0, 0.0
        for n, said in enumerate(sentences):
            own = sum(self._topic.get(term, 0.0) for term in {term for term, _, _ in said.terms})
            relevance, before = max(own, before * NOVELTY.next_to_it), own
            if own and n < NOVELTY.opening:
                relevance = max(relevance, NOVELTY.least_relevant)
            if relevance < NOVELTY.least_relevant:
                continue
            about = min(relevance / NOVELTY.fully_relevant, 1.0)
            worth = self._measure_news(article, said) * about / (1 + n / NOVELTY.half_read)
            if worth > most:
                best, most = said, worth
        return _quote(article, best) if best else None

    def _measure_news(self, article: Article, said: _Said) -> float:
        """Weigh what no earlier report had against the length of the sentence."""
        days = _find_days(said.text, article.day)
        passed = [*find_sources(said.text), *((found.start, found.end) for found in days)]
        told = {term for term, _, _ in said.terms} & self._core
        retold = len(told) >= NOVELTY.retold * len(self._core) > 0
        weights: dict[int, float] = defaultdict(float)
        for term, start, end in said.terms:
            if term not in self._terms and not any(a <= start < b for a, b in passed):
                weight = _weigh(term, said.text[start:end], opens=not start, retold=retold)
                weights[start] = max(weights[start], weight)
        news = sum(weights.values()) + NOVELTY.time * self._names_new_day(article, days)
        if news < NOVELTY.least_news:
            return 0.0
        faults = _count_faults(said.text) + _is_background(days, article.day)
        return float(news / math.sqrt(len(said.terms)) * NOVELTY.fault**faults)

    def _names_new_day(self, article: Article, days: Sequence[Found]) -> bool:
        """Whether it gives a time that no report gave; that it is reported now is no news."""
        told = self._told | ({article.day} if article.day else set())
        return any(
            found.period not in self._days
            and not _is_past(found, article.day)
            and not any(found.period.first <= day <= found.period.last for day in told)
            for found in days
        )


def find_additions(story: Story) -> list[TimelineEntry]:
    """Return the reports that add something to those before, each with the sentence that does.

    The first report adds the sentence it opens with; one in which no sentence brings enough that is
    new adds nothing, as most copies do.
    """
    tracker = NoveltyTracker(story.articles)
    entries = []
    for article in story.articles:
        added = tracker.find_addition(article)
        tracker.add(article)
        if added:
            entries.append(TimelineEntry(article, added))
    return entries


def _share_headline(reports: Sequence[Article]) -> frozenset[str]:
    """The terms in most of the headlines; of a single one there is no saying."""
    titles = [set(analyse(a.title, a.language)) for a in reports]
    return frozenset(
        term
        for term in set().union(*titles)
        if len(titles) > 1 and 2 * sum(term in title for title in titles) > len(titles)
    )


def _weigh_topic(reports: Sequence[Article]) -> Mapping[str, float]:
    """How much of the story each term stands for: `topic_terms` of the heaviest make up 1.

    A term weighs for being rare in English, and for how many reports open with it; one with
    which at most half as many open as with another weighs nothing.
    """
    opening = [
        set(analyse(f"{a.title}\n{a.text[: NOVELTY.lead_characters]}", a.language)) for a in reports
    ]
    held = Counter(term for terms in opening for term in terms)
    most = max(held.values(), default=0)
    weights = {t: n / most * _rarity()(t) for t, n in held.items() if 2 * n > most}
    whole = sum(sorted(weights.values(), reverse=True)[: NOVELTY.topic_terms]) or 1.0
    return {term: weight / whole for term, weight in weights.items()}


def _find_opening(article: Article, sentences: Sequence[_Said]) -> _Said:
    """Return the first sentence that shares a term with the headline, else the first one."""
    title = set(analyse(article.title, article.language))
    sharing = (said for said in sentences if any(term in title for term, _, _ in said.terms))
    return next(sharing, sentences[0])


@lru_cache(maxsize=64)
def _read(article: Article) -> tuple[_Said, ...]:
    """Read the first `most_read` quotable sentences."""
    return tuple(
        _Said(
            start,
            text,
            tuple(analyse_with_offsets(text, article.language)),
        )
        for start, text in islice(_find_quotable(article), NOVELTY.most_read)
    )


@lru_cache(maxsize=1024)
def _find_days(sentence: str, day: date | None) -> tuple[Found, ...]:
    return tuple(find_days(sentence, day)) if day else ()


def _find_quotable(article: Article) -> Iterator[tuple[int, str]]:
    for start, end in split_sentences(article.text, article.language):
        sentence = article.text[start:end]
        if len(sentence.split()) < NOVELTY.shortest_sentence or _POINTS_ELSEWHERE.match(sentence):
            continue
        if _FOR_THE_READER.fullmatch(sentence) or _CAPTION.match(sentence):
            continue
        if not (is_boilerplate(sentence) or is_cut_off(sentence, article.language)):
            yield start, sentence


def _is_background(days: Sequence[Found], reported: date | None) -> bool:
    """Whether a sentence names days, and all of them long before the report."""
    return bool(days) and all(_is_past(found, reported) for found in days)


def _is_past(found: Found, reported: date | None) -> bool:
    """Whether it is a day long before the report, and not one that comes again each year."""
    if reported is None or found.cycle:
        return False
    return (reported - found.period.last).days > NOVELTY.background_days


def _count_faults(sentence: str) -> int:
    return bool(_POINTS_BACK.match(sentence)) + sentence.endswith("?") + is_unfinished(sentence)


def _weigh(term: str, word: str, *, opens: bool, retold: bool) -> float:
    if _NUMBER.fullmatch(word):
        return NOVELTY.number
    if any(c.isupper() for c in word) and not opens:
        return NOVELTY.name
    return 0.0 if retold else NOVELTY.word * _rarity()(term)


@cache
def _rarity() -> Callable[[str], float]:
    """How rare a word is in general English, 0 to 1."""
    idf = smooth_idf(lambda _: 0.0, 0)
    rarest = idf("")
    return lambda term: max(0.0, idf(term) / rarest)


def _quote(article: Article, said: _Said) -> Quote:
    return Quote(said.text, 0, article.id, said.start)
