from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.term_dictionary import SortedStrings


def build(strings: set[str]) -> SortedStrings:
    return SortedStrings.build(sorted(strings))


@given(st.sets(st.text(st.characters(exclude_categories=["Cs"]))), st.text(max_size=3))
def test_every_string_is_found_and_no_other(strings: set[str], other: str) -> None:
    stored = build(strings)
    assert list(stored) == sorted(strings)
    assert [stored.find(string) for string in sorted(strings)] == list(range(len(strings)))
    assert (stored.find(other) is not None) == (other in strings)


@given(st.sets(st.text("abc", max_size=4)), st.text("abc", max_size=2))
def test_strings_with_a_beginning(strings: set[str], prefix: str) -> None:
    found = [string for _, string in build(strings).starting_with(prefix)]
    assert found == sorted(string for string in strings if string.startswith(prefix))


def test_strings_of_one_hash_are_told_apart() -> None:
    assert zlib.crc32(b"plumless") == zlib.crc32(b"buckeroo")
    stored = build({"plumless", "buckeroo"})
    assert (stored.find("buckeroo"), stored.find("plumless")) == (0, 1)
