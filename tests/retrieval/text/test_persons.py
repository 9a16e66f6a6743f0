"""Names of persons in a text."""

from __future__ import annotations

import pytest

from retrieval.text.persons import find_persons, find_surnames


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Former harbour master Boris Venn met Rita Orsk, 42.", ["Boris Venn", "Rita Orsk"]),
        ("Mira Helm's Rowing Lab closes", ["Mira Helm"]),
        ("Aldan Ferries CEO Optimistic on New Boats", []),
        ("The Grey Lighthouse of Vell is called Cape Light", []),
        ("Robin van der Quay and George W. Dunmore", ["Robin van der Quay", "George W. Dunmore"]),
        ("A plan by President Vellsson", ["Vellsson"]),
        ("Peter Bank Ltd bought it", []),
    ],
)
def test_a_given_name_or_a_title_makes_a_person(text: str, persons: list[str]) -> None:
    assert [text[start:end] for start, end in find_persons(text)] == persons


def test_a_surname_told_before_stands_alone() -> None:
    surnames = find_surnames("Rita Orsk runs the ferry.")
    text = "On Monday Orsk said no."
    assert surnames == {"orsk"}
    assert [text[start:end] for start, end in find_persons(text, surnames)] == ["Orsk"]
