"""Articles, answers and a tiny coverage in our own words; give only what the test is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from retrieval.model import Answer, Article, Quote, Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

AS_OF = date(2024, 5, 20)

_BRIDGE = "Harbour bridge to close for a year"
_FERRY = "Ferries will carry commuters while the bridge is shut"


def make_article(**given: Any) -> Article:  # noqa: ANN401  # any field of Article
    """Give an article whose address, outlet and day are there unless the test says otherwise."""
    n = given.pop("n", 1)
    defaults: dict[str, Any] = {
        "id": f"article-{n}",
        "title": _BRIDGE,
        "body": "The harbour bridge will close in June for a year. Ferries will run instead.",
        "url": f"https://example.org/news/{n}",
        "outlet": "Aldan Courier",
        "domain": "example.org",
        "published": datetime(2024, 5, 4, 9, tzinfo=UTC),
        "date_from": "field",
        "topics": ("transport",),
        "path": f"coverage/{n}.yaml",
    }
    return Article(**(defaults | given))


def make_answer(articles: Sequence[Article] = (), **given: Any) -> Answer:  # noqa: ANN401  # any field of Answer
    """Answer a question by the first sentence of each article, in the order given."""
    articles = articles or (make_article(),)
    quotes = tuple(make_quote(article, n) for n, article in enumerate(articles, start=1))
    defaults: dict[str, Any] = {
        "question": "When does the harbour bridge close?",
        "answered": True,
        "confidence": 0.9,
        "as_of": AS_OF,
        "span": Span(len(articles), date(2024, 4, 1), date(2024, 5, 19)),
        "quotes": quotes,
        "sources": tuple(
            Source(n=n, article=article, deep_link=article.url)
            for n, article in enumerate(articles, start=1)
        ),
    }
    return Answer(**(defaults | given))


def make_abstention(**given: Any) -> Answer:  # noqa: ANN401  # any field of Answer
    """Say that the coverage does not hold it, with one near headline."""
    answer = make_answer(question="Who won the boat race?", answered=False, confidence=0.1)
    return replace(answer, quotes=(), sources=(), nearest=(make_article(),), **given)


def make_quote(article: Article, n: int = 1) -> Quote:
    """Quote the first sentence of an article, its first word highlighted."""
    text = article.text[: article.text.find(". ") + 1] or article.text
    return Quote(text, n, article.id, 0, ((0, len(text.split(" ", 1)[0])),))


def tiny_articles() -> tuple[Article, ...]:
    """Give eight reports: one story in four outlets, two of them with one text, and four others."""
    return (*_bridge_story(), *_other_reports())


def _bridge_story() -> tuple[Article, ...]:
    copied = (
        "The harbour bridge in Aldan will close on 2 June for a year. "
        "Engineers found rust in eleven of its cables, the port authority said on Saturday."
    )
    return (
        make_article(n=1, body=copied, published=datetime(2024, 5, 4, 9, tzinfo=UTC)),
        make_article(
            n=2,
            body=copied,
            outlet="Radio Aldan",
            domain="radio.example",
            url="https://radio.example/bridge",
            published=datetime(2024, 5, 4, 11, tzinfo=UTC),
        ),
        make_article(
            n=3,
            title=_FERRY,
            body="Six ferries will carry Aldan's commuters while the harbour bridge is closed. "
            "A crossing will cost two crowns, the ferry company Northwater announced.",
            outlet="The Lighthouse",
            domain="lighthouse.example",
            url="https://lighthouse.example/ferries",
            published=datetime(2024, 5, 7, 8, tzinfo=UTC),
        ),
        make_article(
            n=4,
            title="Rust in fourteen cables, engineers of the harbour bridge say",
            body="Engineers found rust in fourteen cables of the harbour bridge in Aldan. "
            "Repairs will take until June 2025, the port authority said.",
            outlet="Gazette of the North",
            domain="gazette.example",
            url="https://gazette.example/rust",
            published=datetime(2024, 5, 12, 15, tzinfo=UTC),
        ),
    )


def _other_reports() -> tuple[Article, ...]:
    return (
        make_article(
            n=5,
            title="Northwater orders two electric ferries",
            body="The ferry company Northwater has ordered two electric ferries in Vell. "
            "Each of them carries 300 passengers.",
            published=datetime(2024, 5, 14, 7, tzinfo=UTC),
            topics=("transport", "business"),
        ),
        make_article(
            n=6,
            title="School garden wins the island prize",
            body="The garden of the Hill School won this year's island prize. "
            "Pupils grow forty kinds of beans there.",
            outlet="The Lighthouse",
            domain="lighthouse.example",
            url="https://lighthouse.example/garden",
            published=datetime(2024, 4, 22, 12, tzinfo=UTC),
            topics=("education",),
        ),
        make_article(
            n=7,
            title="Storm leaves four villages without power",
            body="A storm cut the power of four villages on the west coast on Monday night. "
            "The grid company expects to restore it by Wednesday.",
            outlet="Radio Aldan",
            domain="radio.example",
            url="https://radio.example/storm",
            published=datetime(2024, 5, 19, 6, tzinfo=UTC),
            topics=("weather",),
        ),
        make_article(
            n=8,
            title="A new reading room for the library",
            body="The library of Aldan opens a reading room for sixty people in autumn. "
            "The roof of the old mill will be kept.",
            digest=True,
            published=None,
            date_from="none",
            topics=("culture",),
        ),
    )
