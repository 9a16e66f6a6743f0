from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from retrieval.reading import ReadingOptions, Site, parse_file

NOW = datetime(2024, 5, 3, 12, tzinfo=UTC)
POST = "---\ntitle: Crane\n{}\n---\nIt turns.\n"


def build(line: str, site: Site | None = None):  # type: ignore[no-untyped-def]  # noqa: ANN201  # a ParsedFile
    return parse_file(POST.format(line).encode(), "news/a.md", ReadingOptions(now=NOW), site)


def test_a_day_ahead_is_not_believed_and_is_looked_at_again() -> None:
    parsed = build("date: 2024-05-20")

    assert parsed.articles[0].published is None
    assert parsed.ahead == datetime(2024, 5, 20, tzinfo=UTC)
    assert "lies ahead" in parsed.warnings[0]


def test_a_day_that_has_begun_somewhere_is_believed() -> None:
    assert str(build("date: 2024-05-04").articles[0].day) == "2024-05-04"
    assert build("date: 2024-05-03T18:00:00Z").articles[0].published is None


def test_the_day_is_the_printed_one_in_every_zone() -> None:
    for moment in ("2024-05-03T00:10:00+09:00", "2024-05-02T23:50:00-05:00"):
        assert str(build(f"date: {moment}").articles[0].day) == moment[:10]


def test_a_folders_site_fills_what_a_file_does_not_say() -> None:
    site = Site("Port News", "https://port.example/")
    article = build("permalink: /2024/crane/", site).articles[0]

    assert (article.outlet, article.url) == ("Port News", "https://port.example/2024/crane/")
    assert build("site: The Quay", site).articles[0].outlet == "The Quay"


def test_the_innermost_folder_counts() -> None:
    inner, outer = Site("Inner"), Site("Outer")
    options = ReadingOptions(sites=((Path("/a"), outer), (Path("/a/b"), inner)))

    assert options.site_of(Path("/a/b/c.md")) == inner
    assert options.site_of(Path("/a/c.md")) == outer
    assert options.site_of(Path("/d.md")) == Site()


def test_a_report_may_begin_with_its_day() -> None:
    raw = b"Crane turns\n\nPORT CITY, May 3, 2024 (Wire) - The crane turns.\n"
    (article,) = parse_file(raw, "news/a.txt", ReadingOptions(now=NOW)).articles

    assert (str(article.day), article.date_from) == ("2024-05-03", "dateline")
