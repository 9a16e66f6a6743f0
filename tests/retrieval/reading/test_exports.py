from __future__ import annotations

import pytest

from retrieval.errors import ArticleError
from tests.retrieval.reading.coverage_files import parse


def test_each_link_of_a_list_is_a_headline() -> None:
    html = (
        "<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><ul>"
        '<li><a href="https://port.example/c" time_added="1714730400" tags="port">Crane</a></li>'
        "</ul></body></html>"
    )
    (article,) = parse(html, "news/export.html")

    assert (article.title, article.url, article.topics) == (
        "Crane",
        "https://port.example/c",
        ("port",),
    )
    assert article.published is None


def test_entries_of_a_blogs_own_format_are_parted_by_rules() -> None:
    entry = (
        "AUTHOR: Ada\nTITLE: {}\nDATE: 05/03/2024 10:20:00 PM\n-----\n"
        "BODY:\n<p>It turns.</p>\n-----\n--------\n"
    )
    found = parse("".join(entry.format(name) for name in ("Crane", "Ship")), "news/export.txt")

    assert [(a.title, a.text, str(a.day)) for a in found] == [
        ("Crane", "It turns.", "2024-05-03"),
        ("Ship", "It turns.", "2024-05-03"),
    ]


@pytest.mark.parametrize(
    ("root", "reason"),
    [("opml", "a list of feeds"), ("urlset", "a sitemap"), ("beans", "no feed and no page")],
)
def test_other_xml_is_rejected_by_name(root: str, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        parse(f'<?xml version="1.0"?><{root}/>', "news/a.xml")
