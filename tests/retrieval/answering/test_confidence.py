from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

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


def test_an_old_report_makes_less_sure_than_a_new_one(tmp_path: Path) -> None:
    headline = "Harbour of Aldan plans to stop its ferry"
    new = confidence_in(report(headline, 1), tmp_path / "new")
    assert new > confidence_in(report(headline, 300), tmp_path / "old")


def test_in_an_archive_days_tell_nothing(tmp_path: Path) -> None:
    headline = "Harbour of Aldan plans to stop its ferry"
    long_ago = Coverage.of_articles([report(headline, 300)], tmp_path / "long ago")
    longer_ago = Coverage.of_articles([report(headline, 900)], tmp_path / "longer ago")
    assert (
        long_ago.ask(QUESTION, as_of=TODAY).confidence
        == longer_ago.ask(QUESTION, as_of=TODAY).confidence
    )
