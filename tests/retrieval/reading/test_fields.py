from __future__ import annotations

import pytest

from retrieval.errors import ArticleError
from tests.retrieval.reading.coverage_files import parse, parse_one, record


def post(*lines: str) -> str:
    return "\n".join(["---", "title: Crane", *lines, "---", "It turns."])


@pytest.mark.parametrize(
    "line",
    [
        "pubDatetime: 2024-05-03T10:00:00Z", "publishedOn: 2024-05-03", "Publish Date: 2024-05-03",
        "date:\n  created: 2024-05-03\n  updated: 2024-06-01", "datePosted: 1714730400000",
        "date: 20240503", "first_published_at: May 3, 2024", "fecha: 3 de mayo de 2024",
        "date: [2024-05-03]", "date: '[[2024-05-03]]'", "日期: 2024年5月3日",
    ],
)  # fmt: skip
def test_the_day_by_whichever_key(line: str) -> None:
    assert str(parse_one(post(line)).day) == "2024-05-03"


@pytest.mark.parametrize(
    "line",
    [
        "source: https://port.example/c", "external_link: https://port.example/c",
        "sourceURL: https://port.example/c", "link: '[Read](https://port.example/c)'",
        "canonical-url: https://port.example/c", "mainEntityOfPage: {'@id': https://port.example/c}",
    ],
)  # fmt: skip
def test_the_address_by_whichever_key(line: str) -> None:
    assert parse_one(post(line)).url == "https://port.example/c"


@pytest.mark.parametrize(
    "line",
    [
        "author: '[[Ada Winch]]'", "authors: [{name: Ada Winch, url: x}]", "byline: By Ada Winch",
        "authors:\n  ada: {name: Ada Winch}", "author: {display_name: Ada Winch}",
        "creator: Ada Winch <ada@port.example>", "writer: ada@port.example (Ada Winch)",
    ],
)  # fmt: skip
def test_the_author_by_whichever_key(line: str) -> None:
    assert parse_one(post(line)).author == "Ada Winch"


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("publisher: {name: Port News}", "Port News"),
        ("publication: Port News", "Port News"),
        ("site: en", ""),
        ("source: reader", ""),
        ("author: admin", ""),
    ],
)
def test_the_outlet_is_a_name_of_one_or_none(line: str, outlet: str) -> None:
    assert parse_one(post(line), "all/de/releases/a.md").outlet == outlet


@pytest.mark.parametrize(
    ("line", "topics"),
    [
        ("tags: port crane ship", ("port", "crane", "ship")),
        ("tags: '#port, #crane'", ("port", "crane")),
        ("tags: Old Port", ("Old Port",)),
        ("keywords: port; crane", ("port", "crane")),
        ("categories: ['[[Port]]']", ("Port",)),
    ],
)
def test_tags_in_one_line(line: str, topics: tuple[str, ...]) -> None:
    assert parse_one(post(line)).topics == topics


@pytest.mark.parametrize(
    "line",
    ["draft: true", "status: draft", "published: false", "visibility: private", "hidden: yes"],
)
def test_what_is_not_to_be_seen_yet_is_rejected(line: str) -> None:
    with pytest.raises(ArticleError, match="a draft"):
        parse(post("layout: post", line))


def test_a_folder_of_drafts_is_none_of_articles() -> None:
    with pytest.raises(ArticleError, match="_drafts/"):
        parse(post(), "news/_drafts/a.md")


def test_off_an_aggregators_front_page_is_no_draft() -> None:
    assert "published: false" in record()
    assert parse_one(record()).title
