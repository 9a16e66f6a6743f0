"""What is told between two readings: each change once, and nothing that stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from bot.desk.alerts import (
    Failed,
    Quiet,
    Recovered,
    Rejected,
    Standing,
    StoreFailed,
    StoreRecovered,
    decide_alerts,
    find_quiet,
)
from retrieval.coverage import Coverage
from retrieval.reports import Reject
from tests.support.articles import make_article

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.desk.alerts import Alert

NEWEST = datetime(2024, 5, 19, 12, tzinfo=UTC)
EMPTY, CUT = Reject("news/a.txt", "empty"), Reject("news/b.json", "cut short")
WELL = Standing(rejects=(EMPTY,))
BROKEN = replace(WELL, failure=Failed("news"))


def tell(*standings: Standing) -> list[Alert]:
    """Everything that is told over several readings."""
    pairs = pairwise(standings)
    return [alert for before, after in pairs for alert in decide_alerts(before, after)]


def test_a_coverage_that_stays_well_is_nothing_to_tell() -> None:
    assert tell(WELL, WELL, WELL) == []


def test_a_failure_is_told_once_and_so_is_its_end() -> None:
    other = replace(WELL, failure=Failed())
    assert tell(WELL, BROKEN, BROKEN, other, WELL, WELL) == [
        Failed("news"),
        Recovered(),
    ]


def test_only_files_that_were_not_rejected_before_are_told() -> None:
    assert tell(WELL, replace(WELL, rejects=(EMPTY, CUT))) == [Rejected((CUT,))]
    assert tell(WELL, replace(WELL, rejects=(Reject(EMPTY.path, "no title"),))) == []
    assert tell(WELL, replace(WELL, rejects=())) == []


def test_a_file_that_was_mended_and_breaks_again_is_told_again() -> None:
    mended = replace(WELL, rejects=())
    assert tell(WELL, mended, WELL) == [Rejected((EMPTY,))]


def test_files_rejected_during_a_failure_are_told_after_it() -> None:
    after = replace(WELL, rejects=(EMPTY, CUT))
    assert tell(BROKEN, after) == [Recovered(), Rejected((CUT,))]


def test_a_first_reading_has_nothing_to_compare_its_rejects_with() -> None:
    assert tell(Standing(), WELL) == []


def test_quiet_is_told_once_and_again_after_articles_came() -> None:
    quiet = replace(WELL, quiet_since=NEWEST.date())
    told = Quiet(NEWEST.date())
    assert tell(quiet, quiet) == []  # an archive, or a bot that was started again
    assert tell(WELL, quiet, quiet) == [told]
    assert tell(WELL, quiet, WELL, quiet) == [told, told]


@pytest.mark.parametrize(
    ("ages", "waited", "quiet"),
    [
        ((0, 7, 14, 21), 15, True),
        ((0, 7, 14, 21), 14, False),  # not long enough
        ((0, 6, 13, 20, 27), 15, True),
        ((0, 7, 21), 15, False),  # a week without any: no habit
        ((0,), 400, False),
        ((), 400, False),
        ((0, 7, 14, 21), -3, False),  # dated ahead
    ],
)
def test_quiet_is_a_habit_that_broke_off(
    tmp_path: Path, ages: Sequence[int], waited: int, *, quiet: bool
) -> None:
    published = [NEWEST - timedelta(days=age) for age in ages]
    articles = [make_article(n=n, published=time) for n, time in enumerate((None, *published))]
    snapshot = Coverage.of_articles(articles, tmp_path).snapshot
    found = find_quiet(snapshot, NEWEST.date() + timedelta(days=waited))
    assert found == (NEWEST.date() if quiet else None)


def test_a_store_that_fails_is_told_once_and_so_is_its_end() -> None:
    well, failing = Standing(), Standing(store_failing=True)
    assert decide_alerts(well, failing) == (StoreFailed(),)
    assert decide_alerts(failing, failing) == ()
    assert decide_alerts(failing, well) == (StoreRecovered(),)
    both = Standing(failure=Failed("news"), store_failing=True)
    assert decide_alerts(well, both) == (StoreFailed(), Failed("news"))
