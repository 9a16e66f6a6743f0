from __future__ import annotations

from retrieval.reading.code_ranges import find_listings, mark_listing
from tests.retrieval.reading.coverage_files import parse_one


def test_a_listing_is_kept_and_its_place_known() -> None:
    article = parse_one("# Crane\n\nRun this:\n\n```sh\nls -l\npwd\n```\n\nThen rest.\n")

    assert article.text == "Run this:\n\nls -l\npwd\n\nThen rest."
    assert [article.text[start:end] for start, end in article.listings] == ["ls -l\npwd"]


def test_checksums_are_told_by_their_looks() -> None:
    sums = "4f1c0a9be2d37756aa90c1d2e3f40516  crane.zip"
    text, ranges = find_listings(f"The crane turns.\n\n{sums}")

    assert [text[start:end] for start, end in ranges] == [sums]


def test_places_are_those_of_the_text_without_marks() -> None:
    text, ranges = find_listings(f"{mark_listing('a = 1')}\n\nProse.\n\n{mark_listing('b = 2')}")

    assert [text[start:end] for start, end in ranges] == ["a = 1", "b = 2"]
