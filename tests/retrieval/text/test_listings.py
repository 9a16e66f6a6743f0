from __future__ import annotations

import pytest

from retrieval.text.boilerplate import is_boilerplate
from retrieval.text.listings import is_listing


@pytest.mark.parametrize(
    "line",
    [
        "$ quill install harbour",
        "sudo apt install quill",
        "const boat = new Boat({ sails: 2 });",
        "def sail(boat):",
        "for (let i = 0; i < boats.length; i++) {",
        '<div class="boat">Corvid</div>',
        "SHA256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "boats, ferry, aldan, bremholm, harbour, sailing, tickets, bridge",
        "}",
    ],
)
def test_code_checksums_and_keywords_are_no_sentences(line: str) -> None:
    assert is_listing(line)
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "The ferry sails at nine; nobody knows why.",
        "It costs $9 a month, and C++ is supported.",
        "Boats, ferries, tugs, barges, dinghies, yachts and rafts were lost in the storm.",
        "The option -f (or --force) skips the check.",
        "Use quill.Widget to draw, the makers say.",
        "The fund holds 1234567890 shares.",
    ],
)
def test_a_sentence_with_a_few_odd_marks_is_one(line: str) -> None:
    assert not is_listing(line)
