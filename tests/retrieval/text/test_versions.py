from __future__ import annotations

import pytest

from retrieval.text.versions import find_versions


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Quill 7.14", "Quill 7.14.0", True),
        ("Quill v8", "Quill 8.0.0", True),
        ("Quill 7.1", "Quill 7.14", False),
        ("Quill 8", "Quill 8.0.1", False),
        ("Quill 3.0-beta2", "Quill 3.0", False),
        ("Mast 14.04", "Mast 14.4", False),
    ],
)
def test_which_spellings_name_one_version(one: str, other: str, *, same: bool) -> None:
    assert find_versions(one)[0].same_as(find_versions(other)[0]) is same


@pytest.mark.parametrize(
    "text",
    ["It cost $1.50.", "In 2023 it rained.", "about 3.5 million people", "by 12%", "on May 4",
     "nearly 20 boats", "The mill of 1999"],
)  # fmt: skip
def test_counts_prices_and_years_are_no_versions(text: str) -> None:
    assert find_versions(text) == ()


def test_where_a_version_stands() -> None:
    (version,) = find_versions("They released Quill v8.0.0 today.")
    assert (str(version), version.start, version.end) == ("8", 20, 26)
