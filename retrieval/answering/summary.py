"""A story over its time: a line an outlet and day; and the newest stories of a subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.answering.findings import Excerpt
from retrieval.answering.weights import WEIGHTS
from retrieval.text.boilerplate import is_heading, leads_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.answering.attempts import Attempt
    from retrieval.model import Article, Hit
    from retrieval.stories.finding import StoryFinder


def summarise(attempt: Attempt, stories: StoryFinder) -> tuple[Excerpt, ...]:
    """The story of the best hit, earliest first; none where nothing was found."""
    if not attempt.hits or attempt.findings is None:
        return ()
    story = _main_story(attempt.hits, stories)
    lines = list(_lead_lines(story))
    return tuple(lines[: WEIGHTS.summary_lines])


def _main_story(hits: Sequence[Hit], stories: StoryFinder) -> Sequence[Article]:
    found = [stories.find(hit.article).articles for hit in hits[:3]]
    return max(found, key=len)


def _lead_lines(articles: Sequence[Article]) -> Iterator[Excerpt]:
    from retrieval.answering.sentences import find_candidates  # noqa: PLC0415  # used once
    from retrieval.model import Hit  # noqa: PLC0415  # used once

    for article in articles:
        for candidate in find_candidates([Hit(1, 1.0, article, ())]):
            text = candidate.text
            if (
                candidate.place >= 0
                and candidate.quotable
                and not is_heading(text)
                and not leads_on(text)
            ):
                yield Excerpt(article, candidate.start, candidate.end)
                break


def list_news(attempt: Attempt) -> tuple[Excerpt, ...]:
    """The newest headlines about the subject."""
    dated = sorted(
        (hit for hit in attempt.hits if hit.article.day and hit.article.title),
        key=lambda hit: hit.article.published or 0,
        reverse=True,
    )
    return tuple(
        Excerpt(hit.article, 0, len(hit.article.title), headline=True)
        for hit in dated[: WEIGHTS.most_quotes]
    )
