from __future__ import annotations

from retrieval.reading.asciidoc import asciidoc_to_text, split_head
from retrieval.reading.code_ranges import unmark


def test_the_head_says_title_author_day_and_attributes() -> None:
    fields, below = split_head(
        "= Crane\nAda Winch <a@b.example>\nv1.0, 2024-05-03\n:tags: a\n\nText."
    )

    assert fields == {"title": "Crane", "author": "Ada Winch", "date": "2024-05-03", "tags": "a"}
    assert below.strip() == "Text."


def test_markup_becomes_text() -> None:
    text = (
        "The *crane* https://port.example[turns].\n\nNOTE: It is new.\n\n[source,sh]\n----\nls -l\n"
        "----\n\n== More\n\n* one\n* two\n\nSee <<x,the list>>.\n"
    )

    assert unmark(asciidoc_to_text(text)) == (
        "The crane turns.\n\nIt is new.\n\nls -l\n\nMore\n\none\n\ntwo\n\nSee the list."
    )
