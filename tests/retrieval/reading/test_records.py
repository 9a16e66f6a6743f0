from __future__ import annotations

import json

import pytest

from retrieval.errors import ArticleError
from tests.retrieval.reading.coverage_files import parse

CRANE = {"title": "Crane", "url": "https://port.example/crane", "content": "The crane turns."}
SHIP = {"title": "Ship", "url": "https://port.example/ship", "content": "The ship sails."}


@pytest.mark.parametrize(
    "document",
    [
        [CRANE, SHIP],
        {"status": "ok", "articles": [CRANE, SHIP]},
        {"response": {"results": [{"fields": CRANE}, {"fields": SHIP}]}},
        {"hits": {"hits": [{"_source": CRANE}, {"_source": SHIP}]}},
        {"list": {"1": CRANE, "2": SHIP}},
        {"db": [{"data": {"posts": [CRANE, SHIP], "tags": [{"name": "port"}]}}]},
        {"version": "https://jsonfeed.org/version/1.1", "title": "Port", "items": [CRANE, SHIP]},
    ],
)
def test_each_record_of_a_list_is_an_article_wherever_the_list_lies(document: object) -> None:
    found = parse(json.dumps(document), "news/list.json")

    assert [(a.title, a.text, a.url) for a in found] == [
        ("Crane", "The crane turns.", "https://port.example/crane"),
        ("Ship", "The ship sails.", "https://port.example/ship"),
    ]


def test_lines_of_json_are_records() -> None:
    lines = "\n".join(map(json.dumps, [CRANE, SHIP]))

    assert [a.title for a in parse(lines, "news/list.jsonl")] == ["Crane", "Ship"]


def test_damaged_json_gives_what_still_parses() -> None:
    lines = "\n".join([json.dumps(CRANE), '{"title": "Cut', json.dumps(SHIP)])
    cut = json.dumps({"articles": [CRANE, SHIP, CRANE]})[:-30]

    assert [a.title for a in parse(lines, "news/list.jsonl")] == ["Crane", "Ship"]
    assert [a.title for a in parse(cut, "news/list.json")] == ["Crane", "Ship"]


def test_a_list_tells_its_outlet_to_its_records() -> None:
    record = {"title": "Crane", "content_text": "It turns.", "id": "1"}
    (article,) = parse(json.dumps({"title": "Port News", "items": [record]}), "news/feed.json")

    assert article.outlet == "Port News"


def test_a_table_has_an_article_a_row() -> None:
    table = (
        "Title,URL,Tags\nCrane,https://port.example/crane,port\nShip,https://port.example/ship,\n"
    )

    assert [(a.title, a.topics) for a in parse(table, "news/saved.csv")] == [
        ("Crane", ("port",)),
        ("Ship", ()),
    ]


def test_highlights_of_one_article_are_its_text() -> None:
    table = "Highlight,Book Title,Book Author\nIt turns.,Crane,Ada\nIt lifts.,Crane,Ada\n"
    (article,) = parse(table, "news/highlights.csv")

    assert (article.title, article.author) == ("Crane", "Ada")
    assert article.text == "It turns.\n\nIt lifts."


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ('{"name": "quill", "version": "1.0"}', "package.json", "JSON without an article"),
        ('{"$schema": "x", "title": "T", "description": "D"}', "s.json", "JSON without an article"),
        ('{"a":' * 5000, "deep.json", "nested too deeply"),
        ("a,b\n1,2\n", "numbers.csv", "a table without articles"),
    ],
)
def test_what_holds_no_article_is_rejected_by_name(text: str, path: str, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason) as caught:
        parse(text, f"news/{path}")
    assert "\n" not in str(caught.value)
