"""The share of quotes that stand in their article, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from retrieval.model import Answer, Article, Quote


def quotes_verbatim(answers: Iterable[Answer], articles: Mapping[str, Article]) -> float | None:
    """One where every quote is found at its offset in the article as it was given; none if none."""
    checked = [
        _whole(articles[quote.article_id], quote).startswith(quote.text, quote.start)
        for answer in answers
        for quote in answer.quotes
    ]
    return sum(checked) / len(checked) if checked else None


def _whole(article: Article, quote: Quote) -> str:
    return article.title if quote.headline else article.text
