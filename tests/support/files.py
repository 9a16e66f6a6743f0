"""Articles as files of a coverage folder, for what reads them from disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from retrieval.model import Article


def write_articles(folder: Path, articles: Iterable[Article]) -> Path:
    """Write one Markdown file an article, with front matter, and give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        head = yaml.safe_dump(_describe(article), allow_unicode=True, sort_keys=False)
        text = f"---\n{head}---\n\n{article.text}\n"
        (folder / f"{article.id}.md").write_text(text, encoding="utf-8")
    return folder


def _describe(article: Article) -> dict[str, object]:
    head = {
        "title": article.title,
        "publishedDateTime": article.published.isoformat() if article.published else None,
        "originalUrl": article.url,
        "provider": {"name": article.outlet, "domain": article.domain},
        "topics": list(article.topics),
        "digest": article.digest or None,
    }
    return {key: value for key, value in head.items() if value}
