# ruff: noqa: RUF001  # what is read holds typographic and Chinese characters

from __future__ import annotations

from tests.retrieval.reading.coverage_files import parse_one

LONG = (
    "The harbour has ordered a second crane, which is to lift more than any other on this coast can"
)


def test_nothing_is_invented_for_a_text_without_a_header() -> None:
    article = parse_one(f"{LONG}, and by far.\nIt comes in spring.\nA heading\nMore of it.\n")

    assert article.title == f"{LONG}, and by far."
    assert article.text.split("\n\n")[1:] == ["It comes in spring.", "A heading", "More of it."]
    assert (article.url, article.published, article.author, article.outlet) == (
        None,
        None,
        None,
        "",
    )
    assert article.date_from == "none"


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    article = parse_one("Second crane\n\nIt comes in\nspring.\n\nMore\nof it.\n")

    assert (article.title, article.text) == ("Second crane", "It comes in spring.\n\nMore of it.")


def test_markdown_without_a_header_has_its_heading_as_title() -> None:
    article = parse_one("Cranes **turn**\n=====\n\n> So they say.\n")

    assert (article.title, article.text) == ("Cranes turn", "So they say.")


def test_an_old_translation_file_has_its_source_in_the_footer() -> None:
    article = parse_one(
        "Cranes turn\n====\nAll [day][1].\n\n--------------------\n\n"
        "via: http://example.com/c\n\n作者：[Ada][a]\n\n[1]:http://example.com/d\n"
    )

    assert article.url == "http://example.com/c"
    assert article.author == "Ada"
    assert article.text == "All day."


def test_a_page_of_html_has_its_title_element() -> None:
    page = (
        "<html><head><title>Cranes &amp; ships</title></head><body><p>They turn.</p></body></html>"
    )
    article = parse_one(page, "news/page.html")

    assert (article.title, article.text) == ("Cranes & ships", "They turn.")


def test_a_first_line_marks_a_digest() -> None:
    article = parse_one("digest: true\nThe crane turns all day.\nIt never stops.\n")

    assert article.digest
    assert article.text.startswith("The crane turns all day.")
