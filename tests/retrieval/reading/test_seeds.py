"""The five files that are shipped, which must be read as what they are: digests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from retrieval.reading import Ledger, read_coverage

if TYPE_CHECKING:
    from retrieval.model import Article

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Article]]:
    """The shipped articles by file."""
    with Ledger.open(tmp_path_factory.mktemp("cache") / "ledger.sqlite3") as ledger:
        reading = read_coverage([SEEDS], ledger)
    assert not reading.rejects
    assert not reading.warnings
    by_file: dict[str, list[Article]] = {}
    for article in reading.changed:
        by_file.setdefault(article.path, []).append(article)
    return by_file


def test_five_files_hold_sixteen_articles(shipped: dict[str, list[Article]]) -> None:
    assert sorted(map(len, shipped.values())) == [1, 1, 1, 2, 11]


def test_every_article_is_a_digest_with_a_text(shipped: dict[str, list[Article]]) -> None:
    for articles in shipped.values():
        assert all(article.digest and article.title and article.text for article in articles)


def test_related_items_have_their_own_outlet_day_and_link(
    shipped: dict[str, list[Article]],
) -> None:
    (cluster,) = (articles for articles in shipped.values() if len(articles) == 11)

    assert len({article.outlet for article in cluster}) == 11
    assert all(article.url and article.date_from == "field" for article in cluster)


def test_no_sealed_blob_is_shipped() -> None:
    assert all("secured" not in path.read_text() for path in SEEDS.iterdir())
