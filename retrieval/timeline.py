"""A story over time, what changed since a day, and who covered it."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from retrieval.conflicts import find_conflicts
from retrieval.copies import group_copies
from retrieval.index.analysis import analyse_with_offsets
from retrieval.model import Changes, Comparison, Quote, Story, Timeline, TimelineEntry, Window
from retrieval.selection.boilerplate import is_boilerplate
from retrieval.sentences import split_sentences
from retrieval.stories import find_story

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from retrieval.index import Snapshot
    from retrieval.model import Article

LEAST_NEWS = 3.0
NAME_WEIGHT = 1.5
NUMBER_WEIGHT = 3.0
POINTING_WEIGHT = 0.6
_SHORTEST_SENTENCE = 5
_CUT_OFF = ("...", "\u2026", ",")
_POINTS_ELSEWHERE = re.compile(r"\W*(?:related|see|also read|read also|read)\s*:", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\W*(?:he|she|it|they|this|that|these|those|but|and|however|his|her|their|its)\b",
    re.IGNORECASE,
)


def build_timeline(story: Story) -> Timeline:
    """Pair each report with the sentence that added most to the reports before it.

    The first report adds the sentence it opens with; a copy adds none, nor does a report in which
    no sentence brings LEAST_NEWS: a new number, or three other new terms.
    """
    copied = {a.id for group in story.copies for a in group.articles[1:]}
    known: set[str] = set()
    entries = []
    for article in story.articles:
        added = None if article.id in copied else _most_new(article, known)
        known.update(t for t, _, _ in analyse_with_offsets(article.title, article.language))
        known.update(t for t, _, _ in analyse_with_offsets(article.text, article.language))
        entries.append(TimelineEntry(article, added))
    return Timeline(story, tuple(entries))


def compare_outlets(story: Story, outlets: Collection[str]) -> Comparison:
    """Say which of the outlets covered the story, which did not, and where reports differ."""
    covered = story.outlets
    absent = tuple(sorted(set(outlets) - set(covered), key=lambda name: (name.casefold(), name)))
    return Comparison(story, covered, absent, find_conflicts(story))


def find_changes(snapshot: Snapshot, since: date, until: date | None = None) -> Changes:
    """Return the stories first told since that day, and the older ones with new reports.

    Stories with the most outlets come first. No article stands in two stories, and none that was
    published after `until` in any.
    """
    new: list[Story] = []
    grown: list[tuple[Story, tuple[TimelineEntry, ...]]] = []
    for story in _stories_told(snapshot, Window(since, until)):
        first = story.articles[0].day
        if first is None or first >= since:
            new.append(story)
        else:
            entries = build_timeline(story).entries
            grown.append((story, tuple(e for e in entries if _is_since(e.article, since))))
    new.sort(key=_size, reverse=True)
    grown.sort(key=lambda pair: _size(pair[0]), reverse=True)
    return Changes(since, tuple(new), tuple(grown))


def _stories_told(snapshot: Snapshot, window: Window) -> Iterator[Story]:
    seen: set[str] = set()
    for article_id in snapshot.between(window):
        if article_id in seen:
            continue
        found = find_story(snapshot, snapshot.article(article_id))
        members = tuple(
            a for a in found.articles if a.id not in seen and not _is_after(a, window.until)
        )
        seen.update(a.id for a in members)
        yield Story(members, group_copies(members))


def _size(story: Story) -> tuple[int, int]:
    return len(story.outlets), len(story.articles)


def _is_since(article: Article, since: date) -> bool:
    return article.day is not None and article.day >= since


def _is_after(article: Article, until: date | None) -> bool:
    return until is not None and article.day is not None and article.day > until


def _most_new(article: Article, known: set[str]) -> Quote | None:
    spans = [
        (start, end)
        for start, end in split_sentences(article.text, article.language)
        if _is_quotable(article.text[start:end])
    ]
    if not spans:
        return None
    if not known:
        return _quote(article, *spans[0])
    newness, (start, end) = max(
        ((_newness(article, span, known), span) for span in spans), key=lambda pair: pair[0]
    )
    return _quote(article, start, end) if newness > 0 else None


def _is_quotable(sentence: str) -> bool:
    if len(sentence.split()) < _SHORTEST_SENTENCE or _POINTS_ELSEWHERE.match(sentence):
        return False
    return not is_boilerplate(sentence)


def _newness(article: Article, span: tuple[int, int], known: Collection[str]) -> float:
    """Weigh the terms that no earlier report had against the length of the sentence."""
    sentence = article.text[slice(*span)]
    terms = analyse_with_offsets(sentence, article.language)
    weights = {t: _weight(sentence[s:e], s) for t, s, e in terms if t not in known}
    news = sum(weights.values())
    if news < LEAST_NEWS:
        return 0.0
    newness = news / math.sqrt(len(terms))
    less = bool(_POINTS_BACK.match(sentence)) + sentence.endswith(_CUT_OFF)
    return float(newness * POINTING_WEIGHT**less)


def _weight(word: str, place: int) -> float:
    if any(c.isdigit() for c in word):
        return NUMBER_WEIGHT
    return NAME_WEIGHT if place and word[:1].isupper() else 1.0


def _quote(article: Article, start: int, end: int) -> Quote:
    return Quote(article.text[start:end], 0, article.id, start)
