from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from retrieval.coverage import Coverage
from tests.support.articles import make_article

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.model import Article

TODAY = date(2024, 5, 20)
QUESTION = "Which harbour is planning to stop its ferry?"
STORY = "The ferry from Aldan will stop in June. The harbour says that nobody takes it."


def report(headline: str, days_ago: int) -> Article:
    day = TODAY - timedelta(days=days_ago)
    return make_article(
        id=f"{headline} {days_ago}",
        title=headline,
        body=STORY,
        published=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )


# So that the coverage is of these days, whatever the report in question is.
NEWS_OF_TODAY = make_article(
    id="today",
    title="Council puts off its budget",
    body="The budget of the ward stands.",
    published=datetime(2024, 5, 20, tzinfo=UTC),
)


def confidence_in(article: Article, cache: Path) -> float:
    coverage = Coverage.of_articles([article, NEWS_OF_TODAY], cache)
    return coverage.ask(QUESTION, as_of=TODAY).confidence


def test_a_headline_that_speaks_of_it_makes_sure(tmp_path: Path) -> None:
    told = confidence_in(report("Harbour of Aldan plans to stop its ferry", 1), tmp_path / "told")
    other = confidence_in(report("Notes from the coast", 1), tmp_path / "other")
    assert told > other


@pytest.mark.parametrize("days_ago", [14, 60, 365])
def test_the_age_of_a_report_never_decides(tmp_path: Path, days_ago: int) -> None:
    headline = "Harbour of Aldan plans to stop its ferry"
    new = confidence_in(report(headline, 1), tmp_path / "new")
    assert confidence_in(report(headline, days_ago), tmp_path / "old") == pytest.approx(new)


def test_the_same_coverage_answers_the_same_a_year_later(tmp_path: Path) -> None:
    coverage = Coverage.of_articles([report("Aldan stops its ferry", 1), NEWS_OF_TODAY], tmp_path)
    now = coverage.ask(QUESTION, as_of=TODAY)
    later = coverage.ask(QUESTION, as_of=TODAY + timedelta(days=365))
    assert later.confidence == now.confidence
    assert later.quotes == now.quotes
