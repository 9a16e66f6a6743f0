"""Several records of one article made one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.model import Article


def merge_articles(records: Sequence[Article]) -> Article:
    """The article that the records tell of, the preferred ones first in `records`.

    Bibliography is the first record's, gaps filled from the next ones; other titles become aliases.
    Excerpt, body and digest mark come together from one record, for they were written together:
    the first that is not a digest and has a body, else not a digest and has an excerpt, and so on.
    """
    first = records[0]
    if len(records) == 1:
        return first
    told = min(records, key=lambda a: (not a.text, a.digest, not a.body))
    dated = next((a for a in records if a.published is not None), first)
    titles = (title for a in records for title in (a.title, *a.aliases))
    return replace(
        first,
        excerpt=told.excerpt,
        body=told.body,
        digest=told.digest,
        language=told.language,
        path=told.path,
        outlet=next((a.outlet for a in records if a.outlet), ""),
        domain=next((a.domain for a in records if a.domain), ""),
        author=next((a.author for a in records if a.author), None),
        published=dated.published,
        date_from=dated.date_from,
        topics=tuple(dict.fromkeys(topic for a in records for topic in a.topics)),
        quality=next((a.quality for a in records if a.quality is not None), None),
        aliases=tuple(t for t in dict.fromkeys(titles) if t != first.title),
    )
