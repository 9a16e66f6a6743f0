from __future__ import annotations

import pytest

from retrieval.errors import ArticleError
from tests.retrieval.reading.coverage_files import parse, parse_one

TEXT = "<p>The crane turns again after a year of repairs.</p><p>It lifts forty tons.</p>"
PLAIN = "The crane turns again after a year of repairs.\n\nIt lifts forty tons."


def page(head: str, body: str = f"<article><h1>Crane turns</h1>{TEXT}</article>") -> str:
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def test_a_page_says_in_its_head_what_it_is() -> None:
    article = parse_one(
        page(
            '<title>Crane turns | Port News</title><meta property="og:site_name" '
            'content="Port News"><meta name="author" content="By Ada Winch">'
            '<link rel="canonical" href="https://port.example/crane">'
            '<meta property="article:published_time" content="2024-05-03T00:10:00+09:00">'
        ),
        "news/page.html",
    )

    assert (article.title, article.text) == ("Crane turns", PLAIN)
    assert (article.outlet, article.author) == ("Port News", "Ada Winch")
    assert (article.url, str(article.day)) == ("https://port.example/crane", "2024-05-03")


def test_linked_fields_are_read_from_the_script_that_holds_them() -> None:
    article = parse_one(
        page(
            '<title>x</title><script type="application/ld+json">{"@type": "NewsArticle", '
            '"headline": "Crane turns", "datePublished": "2024-05-03", '
            '"author": [{"name": "Ada"}, {"name": "Bo"}], "publisher": {"name": "Port News"}, '
            '"mainEntityOfPage": {"@id": "https://port.example/c"}}</script>'
        )
    )

    assert (article.title, article.author, article.outlet) == (
        "Crane turns",
        "Ada, Bo",
        "Port News",
    )
    assert (article.url, str(article.day)) == ("https://port.example/c", "2024-05-03")


def test_day_and_author_may_be_shown_in_the_page_alone() -> None:
    body = (
        '<h1>Crane turns</h1><div class="byline">By <a rel="author">Ada Winch</a></div>'
        f'<span class="date">3 May 2024</span>{TEXT}'
    )
    article = parse_one(page("<title>Crane turns - Port News</title>", body))

    assert (article.author, str(article.day)) == ("Ada Winch", "2024-05-03")
    assert (article.title, article.outlet, article.text) == ("Crane turns", "Port News", PLAIN)


def test_a_line_like_markdown_makes_no_markdown_of_a_page() -> None:
    body = f"<script>\nvar a = b[0][1];\n</script><main>{TEXT}</main>"

    assert parse_one(page("<title>Crane turns</title>", body)).title == "Crane turns"


def test_the_declared_encoding_is_the_pages() -> None:
    text = page('<meta charset="windows-1250"><title>Żuraw</title>', "<p>Żuraw się kręci.</p>")
    article = parse_one(text.replace('lang="en"', 'lang="pl"').encode("cp1250"), "news/p.html")

    assert (article.title, article.text, article.language) == ("Żuraw", "Żuraw się kręci.", "pl")


def test_a_page_that_a_script_fills_is_rejected() -> None:
    with pytest.raises(ArticleError, match="an HTML page without text"):
        parse(page("<title>App</title>", '<div id="root"></div>'), "news/app.html")
