"""A search for a headline: its report first, then the others of its story."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.model import Article, Hit, Ranking
    from retrieval.stories.finding import StoryFinder

# How far down the other reports of a story are looked for, and how far its headline.
DEPTH = 100
LOOKED_AT = 10
# Fewer words may be a headline by chance.
_FEWEST = 4
# Less likely reports of the story keep the place that the words gave them.
_LIKELY = 0.05
_WORD = re.compile(r"\w+")


def find_headlined(query: str, ranking: Ranking) -> Article | None:
    """The best hit whose headline the query is, whatever its marks and capitals; or none."""
    words = _fold(query)
    if len(words) < _FEWEST:
        return None
    best = (hit.article for hit in ranking.hits[:LOOKED_AT])
    return next((article for article in best if _fold(article.title) == words), None)


def lead_with_story(
    ranking: Ranking, article: Article, stories: StoryFinder, limit: int
) -> Ranking:
    """The hits again, at most `limit`: the article itself, then by how likely they tell its story.

    A hit of the story scores as much more than the best hit as it is likely, at most twice as much.
    """
    likely = {report.id: probability for report, probability in stories.rank(article)}
    best = max((hit.score for hit in ranking.hits), default=0.0)

    def rate(hit: Hit) -> float:
        probability = likely.get(hit.article.id, float(hit.article.id == article.id))
        return best * (1 + probability) if probability >= _LIKELY else hit.score

    ordered = sorted(ranking.hits, key=lambda hit: (hit.article.id != article.id, -rate(hit)))
    hits = (replace(hit, rank=n, score=rate(hit)) for n, hit in enumerate(ordered[:limit], start=1))
    return replace(ranking, hits=tuple(hits))


def _fold(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
