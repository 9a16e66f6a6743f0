from __future__ import annotations

from retrieval.reading.code_ranges import unmark
from retrieval.reading.org import org_to_text
from tests.retrieval.reading.coverage_files import parse_one


def test_markup_becomes_text() -> None:
    text = (
        "* First\n:PROPERTIES:\n:ID: 1\n:END:\nThe *crane* [[https://port.example][turns]].\n\n"
        "#+begin_quote\nIt is new.\n#+end_quote\n\n#+begin_src sh\nls -l\n#+end_src\n"
    )

    assert unmark(org_to_text(text)) == "First\n\nThe crane turns.\n\nIt is new.\n\nls -l"


def test_file_tags_are_topics() -> None:
    text = "#+TITLE: Crane\n#+FILETAGS: :port:crane:\n\nIt turns.\n"

    assert parse_one(text, "news/a.org").topics == ("port", "crane")
