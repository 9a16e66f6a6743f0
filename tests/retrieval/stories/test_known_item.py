"""Words name a story where one of its reports is about them; else they name none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.stories.known_item import find_named
from tests.retrieval.town import index_articles, make_coverage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.index import Snapshot


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    snapshot = index_articles(tmp_path_factory.mktemp("town"), make_coverage())
    yield snapshot
    snapshot.close()


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("choir prize", "Choir"),
        ("Who heads the harbour school?", "school"),
        ("hering catch", "Herring"),  # as the search corrects it
        ('"loose railings"', "Bremholm"),
        ("Aldan harbour bridge to close after cracks found", "bridge"),
        ("library -school", "Library"),
    ],
)
def test_the_words_of_a_story_name_it(town: Snapshot, query: str, word: str) -> None:
    article = find_named(town, query)
    assert article is not None
    assert word in article.title


@pytest.mark.parametrize(
    "query", ["harbour festival fireworks", "election of the mayor of Vasa", "zebra crossing"]
)
def test_words_of_which_most_stand_nowhere_name_none(town: Snapshot, query: str) -> None:
    assert town.search(query).hits or query == "zebra crossing"
    assert find_named(town, query) is None
