# ruff: noqa: RUF001  # what is read holds typographic and Chinese characters

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.retrieval.reading.coverage_files import BLOB, parse, parse_one, record, related_item


def test_an_aggregators_record_keeps_its_bibliography() -> None:
    article = parse_one(record())

    assert article.title == "Harbour gets a second crane"
    assert article.text == "The port has ordered a crane."
    assert article.url == "https://www.example.com/harbour/crane"
    assert (article.outlet, article.domain) == ("Example Wire", "example.com")
    assert article.published == datetime(2023, 9, 11, 19, 3, tzinfo=UTC)
    assert article.date_from == "field"
    assert article.topics == ("Harbours", "Cranes")
    assert article.quality == 39


def test_every_related_item_is_an_article_of_its_own() -> None:
    related = related_item("Crane for the port", "https://daily.example.net/1")
    related += related_item("Port and crane", "https://daily.example.net/2")
    first, *others = parse(record(related=related))

    assert first.title == "Harbour gets a second crane"
    assert [article.title for article in others] == ["Crane for the port", "Port and crane"]
    assert {article.outlet for article in others} == {"The Daily"}
    assert len({article.id for article in (first, *others)}) == 3


def test_a_related_item_with_the_records_own_address_is_merged_into_it() -> None:
    related = related_item("Second crane ordered", "http://example.com/harbour/crane/?utm_source=x")
    article = parse_one(record(related=related))

    assert article.title == "Harbour gets a second crane"
    assert article.aliases == ("Second crane ordered",)


def test_an_excerpt_that_the_body_repeats_is_dropped() -> None:
    article = parse_one(record(body="The port  has **ordered** a crane. It comes in spring."))

    assert article.text == "The port has ordered a crane. It comes in spring."


def test_an_excerpt_that_is_the_beginning_of_the_body_cut_short_is_dropped() -> None:
    article = parse_one(record(excerpt="The port has ord...", body="The port has ordered a crane."))

    assert article.text == "The port has ordered a crane."


def test_an_excerpt_of_its_own_stands_before_the_body() -> None:
    article = parse_one(record(body="It comes in spring."))

    assert article.text == "The port has ordered a crane.\n\nIt comes in spring."


def test_unpublished_is_no_reason_to_drop_an_article() -> None:
    assert parse_one(record()).title


@pytest.mark.parametrize(
    "sealed",
    [f'secured: "{BLOB};{BLOB}"', f'secured: "{BLOB[:60]}', f"Secured: {BLOB}"],
)
def test_the_sealed_blob_comes_out_nowhere(sealed: str) -> None:
    article = parse_one(f"---\ntitle: Crane\n{sealed}\n---\n\nThe body.\n\n{sealed}\n")

    assert BLOB[:16] not in repr(article)


def test_a_digest_marks_its_related_items_too() -> None:
    related = related_item("Crane for the port", "https://daily.example.net/1")

    assert all(a.digest for a in parse(record(related=related, extra="digest: true\n")))
    assert not any(a.digest for a in parse(record(related=related)))


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("date: 2021-03-04", "2021-03-04"),
        ("DATE: 3 March 2021", "2021-03-03"),
        ("Pubdate: '2010-04-02'", "2010-04-02"),
        ("dt_published: '2023-06-06 23:29 -05:00'", "2023-06-06"),
        ("published: true\npath: blog/2022/06/03/crane", "2022-06-03"),
    ],
)
def test_dates_of_many_blogs(header: str, day: str) -> None:
    article = parse_one(f"---\ntitle: Crane\n{header}\n---\nText.\n")

    assert str(article.day) == day
    assert article.date_from == "front matter"


def test_a_date_only_in_the_file_name_says_so() -> None:
    article = parse_one("---\ntitle: Crane\n---\nText.\n", "_posts/2013-07-14-crane.markdown")

    assert str(article.day) == "2013-07-14"
    assert article.date_from == "file name"


@pytest.mark.parametrize(
    ("tags", "topics"),
    [
        ("tags: solo", ("solo",)),
        ("Tags: a, b", ("a", "b")),
        ("tags: [a, b, a]", ("a", "b")),
        ("tags:", ()),
        ("topics:\n  - name: a", ("a",)),
    ],
)
def test_tags_are_a_string_a_list_or_nothing(tags: str, topics: tuple[str, ...]) -> None:
    assert parse_one(f"---\ntitle: Crane\n{tags}\n---\nText.\n").topics == topics


def test_a_post_is_named_by_its_site_or_address_never_by_folder_or_author() -> None:
    post = "---\ntitle: Crane\nauthor: Ada Winch\n{}---\nText.\n"
    path = "all/port-news/_posts/2020-01-01-crane.md"

    assert (
        parse_one(post.format("link: https://blog.example.com/c\n"), path).outlet
        == "blog.example.com"
    )
    assert parse_one(post.format("site: The Port\n"), path).outlet == "The Port"
    assert parse_one(post.format(""), path).outlet == ""


def test_a_title_missing_in_the_header_is_the_heading_else_the_file_name() -> None:
    assert parse_one("---\nlayout: post\n---\n# The crane\n\nText.\n").title == "The crane"
    assert (
        parse_one("---\nlayout: post\n---\nText.\n", "p/2020-01-01-the-crane.md").title
        == "the crane"
    )


def test_a_title_that_is_no_string_is_read_as_one() -> None:
    assert parse_one("---\ntitle: 2023\n---\nText.\n").title == "2023"


def test_entities_mojibake_and_tags_go() -> None:
    article = parse_one(
        record(
            "The makerâ€™s &amp;amp; <b>co</b>", excerpt="Itâ€™s &quot;new&quot;, <i>they</i> say."
        )
    )

    assert article.title == "The maker’s & co"
    assert article.text == 'It’s "new", they say.'


def test_toml_and_json_are_read_alike() -> None:
    toml = parse_one(
        "+++\ntitle = 'Crane'\ndate = 2014-07-31T04:20:08Z\ntags = ['a']\n+++\nText.\n"
    )
    json = parse_one('{"Title": "Crane", "date": "2014-07-31T04:20:08Z", "Tags": ["a"]}\nText.\n')

    assert (toml.title, toml.published, toml.topics, toml.text) == (
        json.title,
        json.published,
        json.topics,
        json.text,
    )


def test_an_address_that_is_none_gives_no_link() -> None:
    article = parse_one(
        "---\ntitle: Crane\nurl: post/crane\nlink: 'Search for cranes'\n---\nText.\n"
    )

    assert article.url is None
