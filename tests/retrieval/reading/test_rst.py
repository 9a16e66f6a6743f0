from __future__ import annotations

from retrieval.reading.code_ranges import unmark
from retrieval.reading.rst import rst_to_text
from tests.retrieval.reading.coverage_files import parse_one


def test_markup_boxes_and_roles_become_text() -> None:
    text = (
        "The crane `turns <https://port.example>`_ *again*.\n\n.. note::\n\n   It is new.\n\n"
        ".. figure:: a.png\n\n   A caption\n\nSee :ref:`the list <x>`.\n\n"
        ".. code-block:: sh\n\n   ls -l\n"
    )

    assert unmark(rst_to_text(text)) == (
        "The crane turns again.\n\nIt is new.\n\nSee the list.\n\nls -l"
    )


def test_a_posts_directive_says_its_day() -> None:
    article = parse_one(
        ".. post:: May 3, 2024\n   :author: Ada\n\nCrane\n=====\n\nIt turns.\n", "news/a.rst"
    )

    assert (article.title, str(article.day), article.author) == ("Crane", "2024-05-03", "Ada")
    assert article.text == "It turns."


def test_no_file_is_included_and_nothing_raw_is_taken(tmp_path: object) -> None:
    text = f"Before.\n\n.. include:: {tmp_path}/secret\n\n.. raw:: html\n\n   <b>x</b>\n"

    assert rst_to_text(text) == "Before."
