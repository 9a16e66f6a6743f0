from __future__ import annotations

import pytest

from retrieval.errors import ArticleError
from retrieval.reading import parse_file
from tests.retrieval.reading.coverage_files import parse, parse_one

ITEM = (
    "<item><title>Crane &amp;amp; ship</title><link>https://port.example/crane</link>"
    "<pubDate>Fri, 03 May 2024 00:30:00 +0900</pubDate>"
    "<description>&lt;p&gt;The &lt;b&gt;crane&lt;/b&gt; turns.&lt;/p&gt;</description></item>"
)


def rss(items: str, doctype: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{doctype}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Port News</title>'
        f"<link>https://port.example</link>{items}</channel></rss>"
    )


@pytest.mark.parametrize("path", ["news/feed.xml", "news/feed.rss", "news/feed.txt"])
def test_an_item_is_an_article_of_its_own(path: str) -> None:
    article = parse_one(rss(ITEM), path)

    assert (article.title, article.text) == ("Crane & ship", "The crane turns.")
    assert (article.url, article.outlet) == ("https://port.example/crane", "Port News")
    assert str(article.day) == "2024-05-03"


def test_an_atom_entry_says_its_author_language_and_update() -> None:
    article = parse_one(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Port</title><entry>'
        '<title>Grue</title><link href="https://port.example/grue"/><id>urn:1</id>'
        "<author><name>Ada Winch</name></author><published>2024-05-03T10:00:00Z</published>"
        "<updated>2024-05-05T10:00:00Z</updated>"
        '<content type="html">&lt;p&gt;La grue tourne.&lt;/p&gt;</content></entry></feed>',
        "news/a.atom",
    )

    assert (article.author, article.text) == ("Ada Winch", "La grue tourne.")
    assert article.updated is not None
    assert (article.updated.day, article.published and article.published.day) == (5, 3)


def test_an_export_leaves_out_drafts_and_pictures_and_counts_them() -> None:
    post = (
        "<item><title>{}</title><link>https://port.example/{}</link>"
        "<content:encoded>One.\n\n[gallery ids=1]\n\nTwo.</content:encoded>"
        "<wp:post_date>2024-05-03 00:30:00</wp:post_date>"
        "<wp:status>{}</wp:status><wp:post_type>{}</wp:post_type></item>"
    )
    items = post.format("Crane", "c", "publish", "post")
    items += post.format("Secret", "s", "draft", "post")
    items += post.format("Picture", "p", "inherit", "attachment")
    parsed = parse_file(rss(items).encode(), "news/export.xml")

    assert [(a.title, a.text) for a in parsed.articles] == [("Crane", "One.\n\nTwo.")]
    assert parsed.warnings == (
        "news/export.xml: left out, drafts: 1; entries that are no articles: 1",
    )


def test_a_feed_cut_short_gives_what_is_whole() -> None:
    parsed = parse_file(rss(ITEM)[:-60].encode(), "news/feed.xml")

    assert len(parsed.articles) == 1
    assert "damaged" in parsed.warnings[0]


def test_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;">]>'
    item = ITEM.replace("Crane &amp;amp; ship", "Crane &b;")

    assert "boom" not in parse_one(rss(item, bomb), "news/feed.xml").title


def test_a_feed_without_entries_says_so() -> None:
    with pytest.raises(ArticleError, match="a feed without entries"):
        parse(rss(""), "news/feed.xml")
