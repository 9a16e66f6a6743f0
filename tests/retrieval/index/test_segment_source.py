"""However many segments an index is kept in, it says what it would say in one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.index import IndexWriter, SegmentSnapshot, open_snapshot
from retrieval.index.segment_source import SegmentSource
from retrieval.index.source import Conditions, IndexSource, language_of
from tests.retrieval.index.library import WORDS, index, make_article, make_random_articles

if TYPE_CHECKING:
    from pathlib import Path

WIRE = "The night ferry sank off the lighthouse and forty people were saved by a fishing boat. " * 3
OTHER = "A choir sang of the ferry in the harbour while the mayor spoke of budgets and drains. " * 3


def split(folder: Path, count: int, seed: int = 0) -> tuple[SegmentSnapshot, SegmentSnapshot]:
    """The same random articles in one segment, and in several of which some articles are gone."""
    articles = make_random_articles(count, seed)
    with IndexWriter(folder / "parts") as writer:
        half = len(articles) // 2
        parts = writer.update(add=[*articles[:half], make_article("gone", "Ferry", WIRE)])
        for at in range(half, len(articles), 5):
            parts = writer.update(add=articles[at : at + 5], remove=["gone"])
    return index(folder / "whole", articles), parts


def test_several_segments_rank_as_one(tmp_path: Path) -> None:
    """To the last digit where articles are like in length, so that no average is in the way."""
    texts = [" ".join(WORDS[(n * step) % 15] for n in range(30)) for step in range(1, 15)]
    articles = [make_article(f"a{n:02}", text[:20], text) for n, text in enumerate(texts)]
    whole = index(tmp_path / "whole", articles)
    with IndexWriter(tmp_path / "parts") as writer:
        writer.update(add=articles[:8])
        for article in articles[8:]:
            writer.update(add=[article])
    parts = open_snapshot(tmp_path / "parts")
    assert (len(whole.segments), len(parts.segments)) == (1, 7)
    for at in range(12):
        query = " ".join(WORDS[at : at + 3])
        assert parts.search(query, limit=14) == whole.search(query, limit=14)


def test_statistics_are_those_of_what_lives_everywhere(tmp_path: Path) -> None:
    whole, parts = split(tmp_path, 40)
    assert len(parts.segments) > 1
    for word in WORDS:
        term = whole.source.beginning_with(word[:4])[0]
        assert parts.source.frequency(term) == whole.source.frequency(term)
        assert parts.idf(term) == whole.idf(term)
    assert parts.source.languages == whole.source.languages == {"en": 40}


def test_copies_are_told_in_whatever_segments_they_are(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        writer.update(add=[make_article("other", "Choir", OTHER)])
        for n in range(6):
            town = writer.update(add=[make_article(f"copy{n}", f"Ferry {n}", WIRE)])
    ids = [hit.article.id for hit in town.search("night ferry lighthouse").hits]
    assert ids.index("other") == 3


def test_a_phrase_is_read_in_the_language_of_most_articles(tmp_path: Path) -> None:
    """Also in a segment of which most articles are in another."""
    with IndexWriter(tmp_path) as writer:
        writer.update(
            add=[make_article(str(n), "Ferries", "Two ferries sailed.") for n in range(5)]
        )
        town = writer.update(
            add=[
                make_article(
                    "de", "F\u00e4hren", "Die Schiffe fahren, ferries auch.", language="de"
                )
            ]
        )
    assert "de" not in {hit.article.id for hit in town.search('"two ferries"').hits}
    assert language_of(town.source) == "en"


@pytest.mark.parametrize("newest", [True, False])
def test_by_time_goes_over_all_segments(tmp_path: Path, newest: bool) -> None:  # noqa: FBT001  # a parameter of a test
    days = ["2024-03-05", "", "2024-03-01", "2024-03-05", "2024-03-09"]
    with IndexWriter(tmp_path) as writer:
        for number, day in enumerate(days):
            town = writer.update(add=[make_article(str(number), "Ferry", "Out.", day=day)])
    articles, total = town.source.select(Conditions()).by_time(4, newest=newest)
    found = ["4", "0", "3", "2"] if newest else ["2", "0", "3", "4"]
    assert ([article.id for article in articles], total) == (found, 5)


@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(1, 29), min_size=1, max_size=4, unique=True))
def test_it_matters_nowhere_where_an_index_was_cut(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    articles = make_random_articles(30)
    whole: IndexSource = index(folder / "whole", articles).source
    edges = [0, *sorted(cuts), 30]
    segments = tuple(
        segment
        for low, high in pairwise(edges)
        for segment in index(folder / str(low), articles[low:high]).segments
    )
    cut: IndexSource = SegmentSource(segments)
    terms = whole.beginning_with("")
    assert cut.beginning_with("") == terms
    assert [cut.frequency(term) for term in terms] == [whole.frequency(term) for term in terms]
    assert [cut.first_holding(term, 4) for term in terms] == [
        whole.first_holding(term, 4) for term in terms
    ]
