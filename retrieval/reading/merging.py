"""Several records of one article made one: the newest text counts, older ones stay as revisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from retrieval.model import Revision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.model import Article

_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
_MOST_REVISIONS = 20


def merge_articles(records: Sequence[Article], own: int = 1) -> Article:
    """The article that the records tell of, the preferred ones first in `records`.

    The first `own` are of files that are about the article, the others of files that relate it.

    Bibliography is the first record's, gaps filled from the next ones; other titles become aliases.
    Excerpt, body and digest mark come together from one record, for they were written together:
    the first that is not a digest and has a body, else not a digest and has an excerpt, and so on;
    of several of the outlet's own the newest, whose title and day are then the article's.
    """
    first = records[0]
    if len(records) == 1:
        return first
    ranks = [(*_rank(a), n >= own, -_written(a).timestamp(), n) for n, a in enumerate(records)]
    number = min(ranks)[-1]
    told = records[number]
    # What was told anew by the outlet itself replaces the rest; what a list relates does not.
    lead = told if number < own and told.text and not told.digest else first
    dated = next((a for a in (lead, *records) if a.published is not None), first)
    titles = (title for a in records for title in (a.title, *a.aliases))
    return replace(
        lead,
        excerpt=told.excerpt,
        body=told.body,
        digest=told.digest,
        language=told.language,
        path=told.path,
        listings=told.listings,
        url=next((a.url for a in (lead, *records) if a.url), None),
        outlet=next((a.outlet for a in (lead, *records) if a.outlet), ""),
        domain=next((a.domain for a in (lead, *records) if a.domain), ""),
        author=next((a.author for a in (lead, *records) if a.author), None),
        published=dated.published,
        date_from=dated.date_from,
        topics=tuple(dict.fromkeys(topic for a in records for topic in a.topics)),
        quality=next((a.quality for a in records if a.quality is not None), None),
        aliases=tuple(t for t in dict.fromkeys(titles) if t != lead.title),
        revisions=_list_revisions(told, records[:own]),
    )


def _rank(article: Article) -> tuple[bool, bool, bool]:
    return not article.text, article.digest, not article.body


def _written(article: Article) -> datetime:
    return article.updated or article.published or _LONG_AGO


def _list_revisions(told: Article, records: Sequence[Article]) -> tuple[Revision, ...]:
    """The other texts of the outlet's own, newest first, each once."""
    older = sorted((a for a in records if a.text and not a.digest), key=_written, reverse=True)
    by_text = {a.text: a for a in reversed(older) if a.text != told.text}
    return tuple(
        Revision(title=a.title, text=a.text, published=a.updated or a.published)
        for a in sorted(by_text.values(), key=_written, reverse=True)
    )[:_MOST_REVISIONS]
