"""What changed since a day: the stories first told since, and the older ones that went on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from retrieval.model import Changes, Story, TimelineEntry, Window
from retrieval.stories.clustering import group_stories
from retrieval.stories.novelty import find_additions
from retrieval.stories.weights import WEIGHTS

if TYPE_CHECKING:
    from retrieval.index import Snapshot
    from retrieval.model import Article


def find_changes(snapshot: Snapshot, since: date, until: date | None = None) -> Changes:
    """Return the stories first told since that day, and the older ones with new reports.

    Stories of the most outlets come first, copies of one text counted once, and of as many the one
    with the latest report. No article stands in two stories, and none that was published after
    `until` in any. With a story that went on comes what its reports since that day added.
    """
    new: list[Story] = []
    grown: list[tuple[Story, tuple[TimelineEntry, ...]]] = []
    window = Window(_reach_back(since), until)
    for story in group_stories(snapshot, snapshot.articles_between(window)):
        if _is_since(story.articles[0], since):
            new.append(story)
        elif _is_since(story.articles[-1], since):
            added = [e for e in find_additions(story) if _is_since(e.article, since)]
            grown.append((story, tuple(added)))
    new.sort(key=_weigh, reverse=True)
    grown.sort(key=lambda pair: _weigh(pair[0]), reverse=True)
    return Changes(since, tuple(new), tuple(grown), until, snapshot.undated)


def _reach_back(day: date) -> date:
    """The first day from which a story may reach to this one."""
    return day - min(timedelta(days=WEIGHTS.event_span), day - date.min)


def _weigh(story: Story) -> tuple[int, date, str]:
    last = story.articles[-1]
    return len(story.independent), last.day or date.min, last.id


def _is_since(article: Article, since: date) -> bool:
    return article.day is not None and article.day >= since
