from __future__ import annotations

import pytest

from retrieval.reading.lctt import split_fields
from tests.retrieval.reading.coverage_files import lctt, parse_one


def test_a_file_gives_header_body_and_source_without_its_footer() -> None:
    article = parse_one(lctt("It turns, [they say][1].\n\n![crane][2]\n\n* * *"))

    assert article.title == "How cranes turn"
    assert article.text == "It turns, they say."
    assert article.url == "https://cranes.example.com/turn/"
    assert article.author == "Ada Winch"
    assert (article.outlet, article.domain) == ("cranes.example.com", "cranes.example.com")
    assert article.published is None
    assert article.date_from == "none"


def test_the_collectors_number_is_no_date_but_the_file_names_is() -> None:
    assert str(parse_one(lctt(), "tech/20230912 How cranes turn.md").day) == "2023-09-12"


@pytest.mark.parametrize(
    "subject",
    [
        "[#]: subject: (A (big) crane)",
        '[#]: subject: "A (big) crane"',
        "[#]: subject: A (big) crane",
        '[#]: subject:\t"A (big) crane"',
        '  [#]: subject: "A (big) crane"',
        '[#]: sub·ject: "A (big) crane"',
        "[#]: subject: (A (big)\ncrane)",
        '[#]: subject "A (big) crane"',
    ],
)
def test_a_value_stands_in_brackets_in_quotes_or_bare(subject: str) -> None:
    assert split_fields(f"{subject}\n[#]: url: ( )\n\nText.")[0]["subject"] == ["A (big) crane"]


def test_quotes_within_the_subject_are_its_own() -> None:
    fields, _ = split_fields('[#]: subject: ""Meet the crane": a talk"\n')

    assert fields["subject"] == ['"Meet the crane": a talk']


def test_two_authors_and_a_chinese_key() -> None:
    two = '[#]: subject: (x)\n[#]: author: "Ada https://x.example.com"\n[#]: author: (Bo)\n'
    chinese = "[#]: subject: (x)\n[#]: 作者: (Ada (Port) https://x.example.com)\n"

    assert parse_one(lctt(header=two)).author == "Ada, Bo"
    assert parse_one(lctt(header=chinese)).author == "Ada (Port)"


def test_without_a_subject_the_heading_is_the_title() -> None:
    assert (
        parse_one(lctt(header="[#]: via: (https://x.example.com/a)\n")).title == "How cranes turn"
    )


def test_without_subject_and_heading_the_first_line_is_the_title() -> None:
    text = "[#]: via: (https://x.example.com/a)\n\nCranes at work\n\nThey turn all day.\n"
    article = parse_one(text)

    assert (article.title, article.text) == ("Cranes at work", "They turn all day.")


def test_another_heading_is_kept_as_an_alias() -> None:
    header = '[#]: subject: "The turning of cranes"\n[#]: via: (https://x.example.com/a)\n'
    article = parse_one(lctt(header=header))

    assert article.title == "The turning of cranes"
    assert article.aliases == ("How cranes turn",)


def test_a_translation_is_not_merged_into_its_original() -> None:
    original, translation = parse_one(lctt()), parse_one(lctt("起重机整天都在港口转动。"))

    assert translation.url == original.url
    assert translation.id != original.id
    assert translation.language == "zh"


def test_spaces_set_by_the_converter_around_emphasis_are_taken_back() -> None:
    body = "By **spring** , say _[two][1]_ , it is ' _ready_ '. It is * not * so."

    assert parse_one(lctt(body)).text == "By spring, say two, it is 'ready'. It is * not * so."


def test_references_in_code_are_left_alone() -> None:
    assert parse_one(lctt("Run:\n\n```\nx[1][2] via: y\n```")).text == "Run:\n\nx[1][2] via: y"


def test_an_outlet_may_be_named() -> None:
    header = '[#]: subject: "x"\n[#]: via: "https://winch.example.com/x"\n'

    assert parse_one(lctt(header=header)).outlet == "winch.example.com"
    assert parse_one(lctt(header=f'{header}[#]: outlet: "The Winch"\n')).outlet == "The Winch"


def test_a_digest_says_so_in_its_header() -> None:
    header = '[#]: subject: "x"\n[#]: digest: "true"\n'

    assert parse_one(lctt(header=header)).digest
    assert not parse_one(lctt()).digest
