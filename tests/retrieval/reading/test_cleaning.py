# ruff: noqa: RUF001  # what is read holds typographic and Chinese characters

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading.cleaning import clean_line, fold_blanks, mend, unescape, unseal
from tests.retrieval.reading.coverage_files import BLOB


def test_mojibake_is_repaired_and_typography_kept() -> None:
    assert mend("the makerâ€™s â€œbestâ€\x9d cafÃ©") == "the maker’s “best” café"
    assert mend("“Fine” – as it is, ﬁne…") == "“Fine” – as it is, ﬁne…"


def test_entities_are_unescaped_also_twice() -> None:
    assert unescape("Tom &amp; Jerry &amp;amp; &#39;Co&#x27; &amp;mdash; &nosuch;") == (
        "Tom & Jerry & 'Co' — &nosuch;"
    )


def test_a_line_is_free_of_tags_and_breaks() -> None:
    assert clean_line(" A <b>bold</b>\n claim: 3 < 4 ") == "A bold claim: 3 < 4"
    assert clean_line(2023) == "2023"
    assert clean_line(None) == clean_line(["a"]) == clean_line(True) == ""  # noqa: FBT003  # YAML gives it


def test_a_line_break_within_chinese_leaves_no_space() -> None:
    assert (
        fold_blanks("港口订购了\n起重机 and\nmore\u00a0words") == "港口订购了起重机 and more words"
    )


@pytest.mark.parametrize(
    "line",
    [
        f'secured: "{BLOB};{BLOB}"',
        f"secured: {BLOB}",
        f'secured: "{BLOB[:40]}',
        f"  Secured: '{BLOB}'",
        f"secured: >\n  {BLOB}\n  {BLOB}",
        f'{{"title": "x", "secured": "{BLOB}"}}',
        f'secured = "{BLOB}"',
        f"[#]: secured: ({BLOB})",
    ],
)
def test_a_sealed_blob_is_taken_out_before_anything_is_parsed(line: str) -> None:
    left = unseal(f"title: x\n{line}\nmore: y\n")

    assert BLOB[:16] not in left
    assert "more: y" in left


def test_prose_about_a_secured_loan_stays() -> None:
    text = "Secured: the loan. It is secured by ships, secured:yes, see https://example.com/secured"

    assert unseal(text) == text


@settings(deadline=None)  # the first call imports what it needs
@given(st.text())
def test_no_text_makes_cleaning_fail(text: str) -> None:
    assert "\n" not in clean_line(text)
    unseal(f"secured: {text}")


def test_another_script_read_as_western_european_is_read_anew() -> None:
    text = "Кран в порту снова работает после ремонта, сообщили в мэрии города."

    assert mend(text.encode("cp1251").decode("cp1252")) == text
    assert mend("Überfällig: Äpfel, Öl") == "Überfällig: Äpfel, Öl"
