"""A story outlet by outlet: who reported it, who did not, and where two differ."""

from __future__ import annotations

import math
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from retrieval.model import Comparison, Filters, Window
from retrieval.stories.contradictions import find_conflicts
from retrieval.stories.profiles import measure_rarity, profile_article
from retrieval.stories.weights import SILENCE

if TYPE_CHECKING:
    from retrieval.index import Snapshot
    from retrieval.model import Article, Story


def compare_outlets(snapshot: Snapshot, story: Story) -> Comparison:
    """Say who reported the story, who was silent, and where reports differ.

    Silent is only who published in the days of the story, up to `days_after` them, and of whom no
    article within `days_around` them has one of the words that tell the story: the most active ones
    first. Who has such an article is in neither list. Of a story without a day nobody is silent.
    """
    days = [article.day for article in story.articles if article.day]
    if not days:
        return Comparison(story, story.outlets, (), find_conflicts(story))
    window = Window(min(days), max(days) + timedelta(days=SILENCE.days_after))
    heard = snapshot.count_outlets(window)
    around = timedelta(days=SILENCE.days_around)
    near = _find_near(snapshot, story, Window(min(days) - around, max(days) + around))
    silent = [name for name in heard if name and name not in story.outlets and name not in near]
    silent.sort(key=lambda name: (-heard[name], name.casefold(), name))
    return Comparison(story, story.outlets, tuple(silent), find_conflicts(story), window)


def _find_near(snapshot: Snapshot, story: Story, window: Window) -> set[str]:
    """The outlets with an article that has any of the words that tell the story."""
    articles = snapshot.nearest(
        find_telling_terms(snapshot, story.articles),
        filters=Filters(window=window),
        limit=SILENCE.looked_at,
    )
    return {article.outlet for article in articles}


def find_telling_terms(snapshot: Snapshot, articles: tuple[Article, ...]) -> list[str]:
    """The terms that most tell a story from the rest of the coverage, the most telling first.

    They stand in headline or lead of at least `share` of the reports; those that one in
    `common` articles of the coverage has tell nothing, unless there are no others.
    """
    held = Counter(term for article in articles for term in profile_article(article).counts)
    rarity = measure_rarity(snapshot)
    often = [term for term, n in held.items() if n >= SILENCE.share * len(articles)]
    often.sort(key=lambda term: (-held[term] * rarity(term), term))
    rare = [term for term in often if snapshot.idf(term) >= math.log(SILENCE.common)]
    return (rare or often)[: SILENCE.terms]
