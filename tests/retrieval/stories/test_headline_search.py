from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from retrieval.coverage import Coverage
from retrieval.model import Filters
from tests.support.articles import make_article

if TYPE_CHECKING:
    from retrieval.model import Article

HEADLINE = "Harbour of Aldan to stop its ferry in June"


def report(name: str, title: str, body: str, day: int, month: int = 5) -> Article:
    when = datetime(2024, month, day, tzinfo=UTC)
    return make_article(id=name, title=title, body=body, outlet=name.title(), published=when)


COVERAGE = (
    report("courier", HEADLINE, "The ferry between Aldan and Vell will stop on 1 June 2024.", 4),
    report(
        "herald",
        "No more boats to Vell",
        "The ferry between Aldan and Vell stops on 1 June 2024, the harbour of Aldan said.",
        5,
    ),
    report(
        "old",
        "Harbour of Aldan to stop its coal ferry in June",
        "Coal will go by rail. The harbour of Aldan gives up the coal ferry, after 90 years.",
        4,
        month=1,
    ),
    report("other", "Aldan elects a mayor", "Ines Okoro won the vote in Aldan by 300 votes.", 5),
)


@pytest.fixture(scope="module")
def coverage(tmp_path_factory: pytest.TempPathFactory) -> Coverage:
    return Coverage.of_articles(COVERAGE, tmp_path_factory.mktemp("cache"))


def ids(coverage: Coverage, query: str, **given: object) -> list[str]:
    return [hit.article.id for hit in coverage.search(query, **given).hits]  # type: ignore[arg-type]  # any option of search


def test_a_headline_finds_its_report_then_its_story(coverage: Coverage) -> None:
    assert ids(coverage, HEADLINE)[:2] == ["courier", "herald"]
    assert ids(coverage, f"{HEADLINE.upper()}!")[:2] == ["courier", "herald"]


def test_its_report_may_be_left_out(coverage: Coverage) -> None:
    assert ids(coverage, HEADLINE, exclude=frozenset({"courier"}))[0] == "herald"


def test_words_that_are_no_headline_are_ranked_as_words(coverage: Coverage) -> None:
    assert ids(coverage, "harbour of Aldan to stop its coal")[0] == "old"


def test_filters_and_limits_hold_for_a_headline_too(coverage: Coverage) -> None:
    assert ids(coverage, HEADLINE, filters=Filters(outlet="Herald")) == ["herald"]
    assert ids(coverage, HEADLINE, limit=1) == ["courier"]


def test_scores_fall_with_the_rank(coverage: Coverage) -> None:
    hits = coverage.search(HEADLINE).hits
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
