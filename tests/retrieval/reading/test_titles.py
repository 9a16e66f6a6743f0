from __future__ import annotations

import pytest

from retrieval.reading.titles import name_from_path, shorten, split_first_line, split_heading


def test_a_setext_heading_comes_before_a_hash_heading() -> None:
    assert split_heading("# Second\n\nFirst\n=====\n\nText.") == ("First", "# Second\n\n\n\nText.")
    assert split_heading("Text.\n\n# Second #\n\nMore.")[0] == "Second"


def test_a_heading_over_two_lines_is_one_title() -> None:
    assert split_heading("A title over\ntwo lines\n====\nText.")[0] == "A title over\ntwo lines"


def test_an_underline_without_a_title_is_no_title() -> None:
    title, rest = split_heading("\n\n======\n\nText.")

    assert title == ""
    assert rest.strip() == "Text."


def test_a_section_far_down_names_no_article() -> None:
    assert split_heading("Line.\n\n" * 40 + "# Section\n")[0] == ""


def test_a_headline_leaves_the_text_and_a_sentence_stays() -> None:
    headline = "Second crane for the harbour\n\nIt comes in spring."
    sentences = "The harbour gets a second crane. It comes in spring.\nMore follows."

    assert split_first_line(headline) == ("Second crane for the harbour", "It comes in spring.")
    assert split_first_line(sentences) == ("The harbour gets a second crane.", sentences)


def test_an_overlong_first_line_is_cut_at_a_word() -> None:
    title = shorten("crane " * 60)

    assert len(title) <= 161
    assert title.endswith("crane…")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("news/2023-09-11-second-crane.md", "second crane"),
        ("20230911.2 ⭐️ Second crane.md", "⭐️ Second crane"),
        ("20210610 .md", ""),
        ("note.txt", "note"),
    ],
)
def test_a_file_name_is_the_last_resort(path: str, name: str) -> None:
    assert name_from_path(path) == name
