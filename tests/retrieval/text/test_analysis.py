from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.analysis import analyse, analyse_all, analyse_with_offsets


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Bridges and bridge", ["bridg", "bridg"]),
        ("GPT-4", ["gpt", "4", "gpt4"]),
        ("GPT4", ["gpt4"]),
        ("Llama 2", ["llama", "2"]),
        ("F-35", ["f", "35", "f35"]),
        ("$1.5bn", ["1.5", "billion"]),
        ("$1.5 billion", ["1.5", "billion"]),
        ("£20m", ["20", "million"]),
        ("C++ or C#", ["c++", "c#"]),
        ("1,000 people", ["1000", "peopl"]),
        ("U.S. law", ["us", "law"]),
        ("AT&T", ["at&t"]),
        ("Beyoncé\u2019s", ["beyonc"]),
        ("Beyonce's", ["beyonc"]),
        ("2022-23", ["2022", "23"]),
        ("an add-on", ["add", "addon"]),
        ("two hand-offs", ["two", "hand", "handoff"]),
        ("East-West", ["east", "west"]),
        ("well-established", ["well", "establish"]),
        ("Quill 7.14.0", ["quill", "7.14"]),
        ("Quill v7.14", ["quill", "7.14"]),
        ("Quill v8.0.0", ["quill", "8.0", "8"]),
        ("14.04", ["14.04"]),
        ("$1.50", ["1.50"]),
        ("\uff26\uff35\uff2c\uff2c", ["full"]),
        ("東京都", ["東京", "京都"]),
        ("水", ["水"]),
        ("e\u0301clair", ["eclair"]),
    ],
)
def test_words_become_terms(text: str, terms: list[str]) -> None:
    assert analyse(text) == terms


def test_stop_words_go_unless_nothing_else_is_left() -> None:
    assert analyse("the state of the bridge") == ["state", "bridg"]
    assert analyse("to be or not to be") == ["to", "be", "or", "not", "to", "be"]
    assert analyse("") == []


def test_each_language_has_its_stems_and_stop_words() -> None:
    assert analyse("die Brücken der Städte", "de") == ["bruck", "stadt"]
    assert analyse("las ciudades", "es-MX") == ["ciudad"]
    assert analyse("bridges", "xx") == ["bridges"]


def test_offsets_point_at_what_was_written() -> None:
    text = "Why F-35 jets cost $1.5bn"
    spans = analyse_with_offsets(text)
    assert [(term, text[start:end]) for term, start, end in spans] == [
        ("f", "F"), ("35", "35"), ("f35", "F-35"), ("jet", "jets"), ("cost", "cost"),
        ("1.5", "$1.5bn"), ("billion", "$1.5bn"),
    ]  # fmt: skip


@given(
    st.text() | st.text(alphabet=st.sampled_from("abS19.,;:!?'\u2019\u201c\u201d()[]-&$#\u0301"))
)
def test_terms_with_and_without_offsets_agree(text: str) -> None:
    spans = analyse_with_offsets(text)
    assert [term for term, _, _ in spans] == analyse(text)
    assert all(0 <= start < end <= len(text) for _, start, end in spans)


@given(st.text(), st.text())
def test_terms_of_a_text_are_those_of_its_words(left: str, right: str) -> None:
    assert analyse_all(f"{left} {right}") == analyse_all(left) + analyse_all(right)
