"""Small coverages in our own words, and random ones, for the tests of the index."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from retrieval.index import IndexWriter
from retrieval.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from retrieval.index import SegmentSnapshot, Snapshot

WORDS = [
    "harbour", "bridge", "ferry", "council", "budget", "storm", "choir", "museum", "tram",
    "festival", "mayor", "crane", "lighthouse", "market", "orchard",
]  # fmt: skip


def make_article(
    article_id: str,
    title: str = "",
    body: str = "",
    *,
    day: str = "",
    outlet: str = "",
    topics: tuple[str, ...] = (),
    language: str = "en",
    excerpt: str = "",
) -> Article:
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return Article(
        id=article_id, title=title, body=body, excerpt=excerpt, published=published, outlet=outlet,
        topics=topics, language=language,
    )  # fmt: skip


def make_random_articles(count: int, seed: int = 0) -> list[Article]:
    """Articles of 5 to 60 words, some words far commoner than others."""
    random = np.random.default_rng(seed)
    shares = 1.0 / np.arange(1, len(WORDS) + 1)
    articles = []
    for number in range(count):
        words = random.choice(WORDS, random.integers(5, 60), p=shares / shares.sum()).tolist()
        articles.append(make_article(f"a{number:05}", " ".join(words[:3]), " ".join(words[3:])))
    return articles


def index(folder: Path, articles: Iterable[Article]) -> SegmentSnapshot:
    with IndexWriter(folder) as writer:
        return writer.update(add=articles)


def found_ids(snapshot: Snapshot, query: str, **options: object) -> list[str]:
    ranking = snapshot.search(query, **options)  # type: ignore[arg-type]  # passed on as they are
    return [hit.article.id for hit in ranking.hits]
