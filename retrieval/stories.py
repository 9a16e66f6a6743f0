"""Which articles tell one story, who had it first, and who copied whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from retrieval.copies import group_copies
from retrieval.model import Filters, Story, StorySummary, Window
from retrieval.similarity import profile_article, same_story_probability

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.index import Snapshot
    from retrieval.model import Article

DAYS_AROUND = 4
CANDIDATES = 40
SAME_STORY = 0.5
_QUERY_CHARACTERS = 200


def find_story(snapshot: Snapshot, article: Article) -> Story:
    """Return the articles that report the same event as this one, itself among them."""
    own = profile_article(article, snapshot.idf)
    members = [article]
    for candidate in _candidates(snapshot, article):
        profile = profile_article(candidate, snapshot.idf)
        if same_story_probability(own, profile) >= SAME_STORY:
            members.append(candidate)
    ordered = tuple(sort_by_time(members))
    return Story(ordered, group_copies(ordered))


def summarise_story(story: Story, article: Article) -> StorySummary:
    """Say who else tells the story; `copies` counts the reprints beyond each original."""
    others = tuple(o for o in story.outlets if o != article.outlet)
    copies = sum(len(group.articles) - 1 for group in story.copies)
    return StorySummary(others, copies, story.articles[0].outlet)


def sort_by_time(articles: Iterable[Article]) -> list[Article]:
    """Order by time of publication, undated last, then by id."""
    latest = datetime.max.replace(tzinfo=UTC)
    return sorted(articles, key=lambda a: (a.published or latest, a.id))


def _candidates(snapshot: Snapshot, article: Article) -> list[Article]:
    window = None
    if article.day is not None:
        around = timedelta(days=DAYS_AROUND)
        window = Window(article.day - around, article.day + around)
    query = f"{article.title} {article.text[:_QUERY_CHARACTERS]}"
    ranking = snapshot.search(
        query, filters=Filters(window=window), limit=CANDIDATES, exclude=frozenset({article.id})
    )
    return [hit.article for hit in ranking.hits]
