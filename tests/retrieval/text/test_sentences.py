# ruff: noqa: RUF001  # typographic marks are meant
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It stopped.", ["It rained.", "It stopped."]),
        ("Dr. Okoro met Mr. Lind. They spoke.", ["Dr. Okoro met Mr. Lind.", "They spoke."]),
        ("J. R. Ames won. She smiled.", ["J. R. Ames won.", "She smiled."]),
        ("The U.S. Senate voted. It passed.", ["The U.S. Senate voted.", "It passed."]),
        ("She moved to the U.S. The job was dull.", ["She moved to the U.S.", "The job was dull."]),
        (
            "Shares rose 3.5 percent. Then they fell.",
            ["Shares rose 3.5 percent.", "Then they fell."],
        ),
        ("Acme Inc. fell. Banks rose.", ["Acme Inc. fell.", "Banks rose."]),
        ("“Stop!” he cried. Nobody did.", ["“Stop!” he cried.", "Nobody did."]),
        ("He said “no.” She left.", ["He said “no.”", "She left."]),
        ("Well... maybe. So be it.", ["Well... maybe.", "So be it."]),
        (
            "They came on Jan. 6 at noon. It was cold.",
            ["They came on Jan. 6 at noon.", "It was cold."],
        ),
        ("Who won? Nobody knows!", ["Who won?", "Nobody knows!"]),
        ("He turned 21. Then he left.", ["He turned 21.", "Then he left."]),
        ("The plan failed.Another followed.", ["The plan failed.", "Another followed."]),
        ("模型很大。它在七月发布！谁会用？", ["模型很大。", "它在七月发布！", "谁会用？"]),
        ("What we know\n\nThe dam held.", ["What we know", "The dam held."]),
        ("- milk\n- eggs\n1. Open the lid", ["- milk", "- eggs", "1. Open the lid"]),
        (
            "The council has decided to close the old harbour bridge\nfor a year. Ferries run.",
            [
                "The council has decided to close the old harbour bridge\nfor a year.",
                "Ferries run.",
            ],
        ),
        ("Node.js is fast. Rust is faster.", ["Node.js is fast.", "Rust is faster."]),
        (
            "It extends quill.Widget and ends. So it is.",
            ["It extends quill.Widget and ends.", "So it is."],
        ),
        (
            "The head of the A.B.C. Jo Okoro left. He sailed.",
            ["The head of the A.B.C. Jo Okoro left.", "He sailed."],
        ),
        ("She works for the A.B.C. They pay well.", ["She works for the A.B.C.", "They pay well."]),
        ("J.K. Ames and A.B. Lind met.", ["J.K. Ames and A.B. Lind met."]),
        ("It opens at 5 p.m. Friday for members.", ["It opens at 5 p.m. Friday for members."]),
        ("Bo Ek, D-N.Y., voted. Nobody saw.", ["Bo Ek, D-N.Y., voted.", "Nobody saw."]),
        (
            "Die Fähre ist am 3. Oktober voll. Sie legt ab.",
            ["Die Fähre ist am 3. Oktober voll.", "Sie legt ab."],
        ),
        (
            "Die Mühle kostet 5 Mio. Euro und der Hof z. B. nichts.",
            ["Die Mühle kostet 5 Mio. Euro und der Hof z. B. nichts."],
        ),
        ("नाव आई। लोग खुश थे।", ["नाव आई।", "लोग खुश थे।"]),
        ("هل جاء القارب؟ نعم جاء.", ["هل جاء القارب؟", "نعم جاء."]),
        ("کشتی آئی ہے۔ لوگ خوش ہیں۔", ["کشتی آئی ہے۔", "لوگ خوش ہیں۔"]),
        ("¿Quién ganó? ¡Nadie! El Sr. Ek lloró.", ["¿Quién ganó?", "¡Nadie!", "El Sr. Ek lloró."]),
        ("Il dit : « Non. » Elle part.", ["Il dit : « Non. »", "Elle part."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(st.text(alphabet=st.sampled_from("aB9 .!?…。\n“”\"'-#,;é字"), max_size=120))
def test_every_visible_character_lies_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    covered = [at for start, end in spans for at in range(start, end)]
    visible = [at for at, character in enumerate(text) if not character.isspace()]
    assert len(covered) == len(set(covered))
    assert set(visible) <= set(covered)
    assert spans == sorted(spans)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
