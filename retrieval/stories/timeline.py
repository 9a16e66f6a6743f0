"""A story over time, what changed since a day, and who covered it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from retrieval.model import Changes, Comparison, Story, Timeline, TimelineEntry, Window
from retrieval.stories.clustering import group_stories
from retrieval.stories.contradictions import find_conflicts
from retrieval.stories.novelty import NoveltyTracker
from retrieval.stories.weights import WEIGHTS

if TYPE_CHECKING:
    from retrieval.index import Snapshot
    from retrieval.model import Article

LONGEST_STORY = 2 * WEIGHTS.days_around


def build_timeline(story: Story) -> Timeline:
    """Pair each report with the sentence that added most to the reports before it.

    The first report adds the sentence it opens with; one in which no sentence brings enough that is
    new adds none, as most copies do.
    """
    known = NoveltyTracker(story.articles)
    entries = []
    for article in story.articles:
        entries.append(TimelineEntry(article, known.find_addition(article)))
        known.add(article)
    return Timeline(story, tuple(entries))


def compare_outlets(snapshot: Snapshot, story: Story) -> Comparison:
    """Say who covered the story, who did not, and where reports differ.

    Only outlets that have published within `days_around` of the story can have left it out, the
    most active ones first; of a story without a day, all outlets.
    """
    days = [a.day for a in story.articles if a.day]
    around = timedelta(days=WEIGHTS.days_around)
    window = Window(min(days) - around, max(days) + around) if days else None
    heard = snapshot.count_outlets(window) if window else snapshot.outlets
    absent = [name for name in heard if name and name not in story.outlets]
    absent.sort(key=lambda name: (-heard[name], name.casefold(), name))
    return Comparison(story, story.outlets, tuple(absent), find_conflicts(story), window)


def find_changes(snapshot: Snapshot, since: date, until: date | None = None) -> Changes:
    """Return the stories first told since that day, and the older ones with new reports.

    Stories with the most outlets come first. No article stands in two stories, and none that was
    published after `until` in any.
    """
    new: list[Story] = []
    grown: list[tuple[Story, tuple[TimelineEntry, ...]]] = []
    window = Window(_reach_back(since), until)
    for story in group_stories(snapshot, snapshot.articles_between(window)):
        if _is_since(story.articles[0], since):
            new.append(story)
        elif _is_since(story.articles[-1], since):
            entries = build_timeline(story).entries
            grown.append((story, tuple(e for e in entries if _is_since(e.article, since))))
    new.sort(key=_size, reverse=True)
    grown.sort(key=lambda pair: _size(pair[0]), reverse=True)
    return Changes(since, tuple(new), tuple(grown), until, snapshot.undated)


def _reach_back(day: date) -> date:
    """The first day from which a story may reach to this one."""
    return day - min(timedelta(days=LONGEST_STORY), day - date.min)


def _size(story: Story) -> tuple[int, int]:
    return len(story.outlets), len(story.articles)


def _is_since(article: Article, since: date) -> bool:
    return article.day is not None and article.day >= since
