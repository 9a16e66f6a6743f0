from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval.errors import ArticleError
from retrieval.reading import parse_file
from tests.retrieval.reading.coverage_files import BLOB, lctt, parse_one, record, related_item

OPENINGS = [
    "", "---\n", "+++\n", '{"title": ', "[#]: subject: (", "# ", "<html>", "\ufeff---\n", "[{",
    "{",
    '<?xml version="1.0"?><rss><channel><item><title>', "<feed><entry><id>", "Title: x\nDate: ",
    "From: a@b.example\nSubject: ", "= Title\n", "Title\n=====\n\n:date: ", "#+TITLE: ",
    "title:: x\n", ".. title: x\n", "<!--\ntitle: ", "export const meta = {", "title,url\n",
    "TITLE: x\n-----\nBODY:\n", "By A Writer\n",
]  # fmt: skip
NAMES = ["x.md", "x.html", "x.xml", "x.json", "x.jsonl", "x.rst", "x.adoc", "x.org", "x.eml",
         "x.csv", "x.txt", "x.mdx", "contents.lr", "x.mbox"]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "path", "reason"),
    [
        (b"", "a.md", "empty"),
        (b" \r\n\t", "a.md", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.png", "not text but an image"),
        (bytes(range(20)) * 9, "a.md", "binary"),
        (b"body { color: red }", "style.css", "a .css file without an article's header"),
        (b"theme: port\n", "_config.yml", "a .yml file without an article's header"),
        (b"======\n\n---------\n", "20210610 .md", "neither a title nor text"),
        (b"---\nlayout: none\n---\n{% include x %}\n", "20210610.html", "neither a title nor text"),
    ],
)
def test_what_is_no_article_is_rejected_with_a_reason(raw: bytes, path: str, reason: str) -> None:
    with pytest.raises(ArticleError) as caught:
        parse_file(raw, path)

    assert caught.value.reason == reason


def test_a_front_matter_file_counts_whatever_it_is_called() -> None:
    assert parse_one("---\ntitle: Crane\n---\nText.\n", "seed.json").title == "Crane"
    assert parse_one('{"title": "Crane"}\nText.\n', "seed.txt").title == "Crane"


def test_a_headline_alone_is_an_article() -> None:
    assert parse_one("---\ntitle: Crane falls\n---\n").text == ""


def test_an_id_comes_from_the_address_not_from_the_file() -> None:
    moved = record(
        url="http://example.com/harbour/crane/?utm_medium=feed#top", excerpt="Other words."
    )

    assert parse_one(record(), "a/b.md").id == parse_one(moved, "c/d.txt").id


def test_without_an_address_the_id_comes_from_the_path_not_from_the_text() -> None:
    one = parse_one("The crane.\n", "a/b.txt")

    assert one.id == parse_one("The crane fell.\n", "a/b.txt").id
    assert one.id != parse_one("The crane.\n", "a/c.txt").id


def test_warnings_name_the_file() -> None:
    parsed = parse_file(b'---\ntitle: "A "b" c"\n---\nText.\n', "news/x.md")

    assert parsed.warnings[0].startswith("news/x.md: ")


@settings(deadline=None)  # the first call imports what it needs
@given(opening=st.sampled_from(OPENINGS), raw=st.binary(max_size=300), name=st.sampled_from(NAMES))
@example(opening="---\n", name="x.md", raw=b"date: .nan\nquality: .inf\n---\nx")
@example(
    opening="---\n",
    name="x.md",
    raw=b"related: [[], {}, {title: {}}, 3, null]\nprovider: []\n---\nx",
)
@example(opening='{"title": ', name="x.md", raw=b'"\\ud800", "url": "https://a.b/\\udc00"}')
def test_any_bytes_give_articles_or_an_article_error(opening: str, raw: bytes, name: str) -> None:
    try:
        parsed = parse_file(opening.encode() + raw, f"news/{name}")
    except ArticleError:
        return
    assert parsed.articles
    assert len({article.id for article in parsed.articles}) == len(parsed.articles)
    for article in parsed.articles:
        assert article.title or article.text
        assert article.url is None or article.url.startswith(("http://", "https://"))
        article.text.encode()
        assert all(0 <= start < end <= len(article.text) for start, end in article.listings)


@settings(deadline=None)  # the first call imports what it needs
@given(
    cut=st.integers(min_value=0, max_value=1500),
    change=st.text(max_size=3),
    text=st.sampled_from(
        [
            record(related=related_item("Crane", "https://daily.example.net/1"), body="Text."),
            lctt(header=f'[#]: subject: "x"\n[#]: secured: "{BLOB}"\n'),
            f'{{"title": "x",\n"secured": "{BLOB}"\n}}\nText.\n',
            f'+++\ntitle = "x"\nsecured = "{BLOB}"\n+++\nText.\n',
        ]
    ),
)
def test_the_sealed_blob_never_appears_however_a_file_is_damaged(
    cut: int, change: str, text: str
) -> None:
    damaged = text[:cut] + change + text[cut:]
    if BLOB not in damaged:
        return
    try:
        parsed = parse_file(damaged.encode("utf-8", "replace"), "news/x.md")
    except ArticleError:
        return
    assert BLOB not in repr(parsed)
