"""A story over time, what changed since a day, and who covered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.conflicts import find_conflicts
from retrieval.model import Changes, Comparison, Quote, Timeline, TimelineEntry, Window
from retrieval.sentences import split_sentences
from retrieval.stories import find_story

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from retrieval.index import Snapshot
    from retrieval.model import Article, Story


def build_timeline(story: Story) -> Timeline:
    """Pair each report with the sentence that added most to the reports before it."""
    copied = {a.id for group in story.copies for a in group.articles[1:]}
    known: set[str] = set()
    entries = []
    for article in story.articles:
        added = None if article.id in copied else _most_new(article, known)
        known.update(article.text.lower().split())
        entries.append(TimelineEntry(article, added))
    return Timeline(story, tuple(entries))


def compare_outlets(story: Story, outlets: Collection[str]) -> Comparison:
    """Say which of the outlets covered the story, which did not, and where reports differ."""
    covered = story.outlets
    absent = tuple(sorted(set(outlets) - set(covered), key=str.casefold))
    return Comparison(story, covered, absent, find_conflicts(story))


def find_changes(snapshot: Snapshot, since: date, until: date | None = None) -> Changes:
    """Return the stories first told since that day, and the older ones with new reports."""
    new: list[Story] = []
    grown: list[tuple[Story, tuple[TimelineEntry, ...]]] = []
    seen: set[str] = set()
    for article_id in snapshot.between(Window(since, until)):
        if article_id in seen:
            continue
        story = find_story(snapshot, snapshot.article(article_id))
        seen.update(a.id for a in story.articles)
        first = story.articles[0].day
        if first is None or first >= since:
            new.append(story)
        else:
            later = tuple(e for e in build_timeline(story).entries if _is_since(e.article, since))
            grown.append((story, later))
    return Changes(since, tuple(new), tuple(grown))


def _is_since(article: Article, since: date) -> bool:
    return article.day is not None and article.day >= since


def _most_new(article: Article, known: Iterable[str]) -> Quote | None:
    before = set(known)
    best: tuple[int, int, int] | None = None
    for start, end in split_sentences(article.text, article.language):
        new = len(set(article.text[start:end].lower().split()) - before)
        if new and (best is None or new > best[0]):
            best = (new, start, end)
    if best is None:
        return None
    _, start, end = best
    return Quote(article.text[start:end], 0, article.id, start)
