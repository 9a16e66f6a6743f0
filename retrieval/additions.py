"""What a report adds to those before it: the sentence with the most news in it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from retrieval.claim_words import find_sources
from retrieval.claims import find_days
from retrieval.index.analysis import analyse_with_offsets, stop_words
from retrieval.model import Quote
from retrieval.selection.boilerplate import is_boilerplate, is_unfinished
from retrieval.selection.rarity import smooth_idf
from retrieval.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from retrieval.model import Article
    from retrieval.period_words import Found
    from retrieval.periods import Period

    Span = tuple[int, int]

LEAST_NEWS = 2.4
NUMBER_WEIGHT = 3.0
TIME_WEIGHT = 2.5
NAME_WEIGHT = 1.5
WORD_WEIGHT = 0.6
RETOLD = 2 / 3
LEAD = 500  # characters
TOPIC_TERMS = 8
LEAST_RELEVANT = 0.25
NEXT_TO_IT = 0.6
HALF_READ = 12  # sentences into a report half as many read on
LESS = 0.6
_SHORTEST_SENTENCE = 5
_POINTS_ELSEWHERE = re.compile(r"\W*(?:related|see|also read|read also|read)\s*:", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\W*(?:he|she|it|they|this|that|these|those|but|and|however|his|her|their|its)\b",
    re.IGNORECASE,
)
_FOR_THE_READER = re.compile(
    r"[^\"\u201c\u201d]*\b(?:you|yours?)\b[^\"\u201c\u201d]*", re.IGNORECASE
)
_CUT_OFF = re.compile(r"(?:\.\.|\u2026|[,;:(\u2013\u2014-]|\w['\u2019]s)[\"'\u201d\u2019]?$")
_NUMBER = re.compile(r"\W*\d[\d.,]*(?:%|st|nd|rd|th)?")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")


class Known:
    """What the reports so far have said, and what all of them are about.

    A sentence that names RETOLD of the `core`, the terms most headlines share, retells the event in
    other words: only its numbers, names and times can be news.
    """

    def __init__(self, reports: Sequence[Article]) -> None:
        self._terms: set[str] = set()
        self._days: set[date] = set()
        self._times: set[Period] = set()
        self._core = _share_headline(reports)
        self._topic = _weigh_topic(reports)

    def add(self, article: Article) -> None:
        """Take in what an article says."""
        for text in (article.title, article.text):
            self._terms.update(t for t, _, _ in analyse_with_offsets(text, article.language))
        if article.day:
            self._days.add(article.day)
            self._times.update(found.period for found in find_days(article.text, article.day))

    def find_addition(self, article: Article) -> Quote | None:
        """Return the sentence that adds most, or none where no sentence brings LEAST_NEWS.

        The first report adds the sentence it opens with.
        """
        spans = list(_find_quotable(article))
        if not spans:
            return None
        if not self._terms:
            return _quote(article, _find_opening(article, spans))
        best, most, before = None, 0.0, 0.0
        for n, span in enumerate(spans):
            own = self._measure_relevance(article, span)
            relevance, before = max(own, before * NEXT_TO_IT), own
            if relevance < LEAST_RELEVANT:
                continue
            worth = self._measure_news(article, span) * relevance / (1 + n / HALF_READ)
            if worth > most:
                best, most = span, worth
        return _quote(article, best) if best else None

    def _measure_relevance(self, article: Article, span: Span) -> float:
        terms = analyse_with_offsets(article.text[slice(*span)], article.language)
        return sum(self._topic.get(term, 0.0) for term in {term for term, _, _ in terms})

    def _measure_news(self, article: Article, span: Span) -> float:
        """Weigh what no earlier report had against the length of the sentence."""
        sentence = article.text[slice(*span)]
        terms = analyse_with_offsets(sentence, article.language)
        times = find_days(sentence, article.day) if article.day else []
        passed = [*find_sources(sentence), *((found.start, found.end) for found in times)]
        told = {term for term, _, _ in terms} & self._core
        retold = len(told) >= RETOLD * len(self._core) > 0
        weights: dict[int, float] = defaultdict(float)
        for term, start, end in terms:
            if term not in self._terms and not any(a <= start < b for a, b in passed):
                weight = _weigh(term, sentence[start:end], opens=not start, retold=retold)
                weights[start] = max(weights[start], weight)
        news = sum(weights.values()) + TIME_WEIGHT * self._names_new_time(times, article)
        if news < LEAST_NEWS:
            return 0.0
        return float(news / math.sqrt(len(terms)) * LESS ** _count_faults(sentence))

    def _names_new_time(self, times: Sequence[Found], article: Article) -> bool:
        """Whether it gives a time that no report gave; that it is reported now is no news."""
        days = self._days | ({article.day} if article.day else set())
        return any(
            found.period not in self._times
            and not any(found.period.first <= day <= found.period.last for day in days)
            for found in times
        )


def _share_headline(reports: Sequence[Article]) -> frozenset[str]:
    """The terms in most of the headlines; of a single one there is no saying."""
    titles = [{t for t, _, _ in analyse_with_offsets(a.title, a.language)} for a in reports]
    return frozenset(
        term
        for term in set().union(*titles)
        if len(titles) > 1 and 2 * sum(term in title for title in titles) > len(titles)
    )


def _weigh_topic(reports: Sequence[Article]) -> Mapping[str, float]:
    """How much of the story each term stands for: TOPIC_TERMS of the heaviest make up 1.

    A term weighs for being rare in English, and for how many reports open with it; one with
    which at most half as many open as with another weighs nothing.
    """
    opening = [
        {term for term, _, _ in analyse_with_offsets(f"{a.title}\n{a.text[:LEAD]}", a.language)}
        for a in reports
    ]
    held = Counter(term for terms in opening for term in terms)
    most = max(held.values(), default=0)
    weights = {t: n / most * _rarity()(t) for t, n in held.items() if 2 * n > most}
    whole = sum(sorted(weights.values(), reverse=True)[:TOPIC_TERMS]) or 1.0
    return {term: weight / whole for term, weight in weights.items()}


def _find_opening(article: Article, spans: Sequence[Span]) -> Span:
    """Return the first sentence that shares a term with the headline, else the first one."""
    title = {term for term, _, _ in analyse_with_offsets(article.title, article.language)}
    for start, end in spans:
        terms = analyse_with_offsets(article.text[start:end], article.language)
        if any(term in title for term, _, _ in terms):
            return start, end
    return spans[0]


def _find_quotable(article: Article) -> Iterable[Span]:
    for start, end in split_sentences(article.text, article.language):
        sentence = article.text[start:end]
        if len(sentence.split()) < _SHORTEST_SENTENCE or _POINTS_ELSEWHERE.match(sentence):
            continue
        if _FOR_THE_READER.fullmatch(sentence) or is_boilerplate(sentence):
            continue
        if not is_cut_off(sentence, article.language):
            yield start, end


def is_cut_off(sentence: str, language: str) -> bool:
    """Whether the publisher broke off amid a sentence: at a comma, or at a word like "the"."""
    if _CUT_OFF.search(sentence):
        return True
    last = _LAST_WORD.search(sentence)
    return last is not None and last[1].lower() in stop_words(language)


def _count_faults(sentence: str) -> int:
    return bool(_POINTS_BACK.match(sentence)) + sentence.endswith("?") + is_unfinished(sentence)


def _weigh(term: str, word: str, *, opens: bool, retold: bool) -> float:
    if _NUMBER.fullmatch(word):
        return NUMBER_WEIGHT
    if any(c.isupper() for c in word) and not opens:
        return NAME_WEIGHT
    return 0.0 if retold else WORD_WEIGHT * _rarity()(term)


@cache
def _rarity() -> Callable[[str], float]:
    """How rare a word is in general English, 0 to 1."""
    idf = smooth_idf(lambda _: 0.0, 0)
    rarest = idf("")
    return lambda term: max(0.0, idf(term) / rarest)


def _quote(article: Article, span: Span) -> Quote:
    return Quote(article.text[slice(*span)], 0, article.id, span[0])
