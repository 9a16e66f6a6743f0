from __future__ import annotations

import pytest

from tests.retrieval.reading.coverage_files import parse_one

TEXT = "The crane turns again after a year."


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("a.md", "Title: Crane\nDate: 2024-05-03 10:20\nAuthor: Ada Winch\nSlug: crane\n\n"),
        ("a.txt", "Headline: Crane\nBy: Ada Winch\nPublished: May 3, 2024\n\n"),
        ("a.rst", ".. title: Crane\n.. date: 2024-05-03 10:20 UTC\n.. author: Ada Winch\n\n"),
        ("a.md", "<!--\n.. title: Crane\n.. date: 2024-05-03\n.. author: Ada Winch\n-->\n\n"),
        ("a.html", "<!--\ntitle: Crane\ndate: 2024-05-03\nauthor: Ada Winch\n-->\n"),
        ("a.md", "title: Crane\ndate: 2024-05-03\nauthor: Ada Winch\ntags:\n- port\n---\n"),
        (
            "contents.lr",
            "title: Crane\n---\npub_date: 2024-05-03\n---\nauthor: Ada Winch\n---\nbody:\n\n",
        ),
        ("a.tid", "created: 20240503102030000\nauthor: Ada Winch\ntitle: Crane\n\n"),
        ("a.md", "title:: Crane\nauthor:: [[Ada Winch]]\ndate:: [[May 3rd, 2024]]\n\n"),
        (
            "a.mdx",
            "export const meta = {\ntitle: 'Crane',\n date: '2024-05-03', author: 'Ada Winch'}\n\n",
        ),
        ("a.rst", "Crane\n#####\n\n:date: 2024-05-03\n:author: Ada Winch\n\n"),
        ("a.org", "#+TITLE: Crane\n#+DATE: <2024-05-03 Fri>\n#+AUTHOR: Ada Winch\n\n"),
        ("a.adoc", "= Crane\nAda Winch <ada@port.example>\nv1, 2024-05-03\n\n"),
        ("a.txt", "Crane\nBy Ada Winch\nPublished: May 3, 2024\nhttps://port.example/c\n\n"),
        ("a.md", "# Crane\n\n*By Ada Winch | 3 May 2024*\n\n"),
        ("a.txt", "Crane\n\nBy Ada Winch on 3 May 2024\n\n"),
    ],
)
def test_a_header_in_any_dress_is_read_and_is_no_text(path: str, header: str) -> None:
    article = parse_one(f"{header}{TEXT}\n", f"news/{path}")

    assert (article.title, article.author, str(article.day)) == ("Crane", "Ada Winch", "2024-05-03")
    assert article.text == TEXT


def test_lines_with_colons_are_no_header_without_known_keys() -> None:
    article = parse_one("Note: the crane turns.\nAll know: it does.\n\nMore.\n", "news/a.txt")

    assert article.text.startswith("Note: the crane turns.")
