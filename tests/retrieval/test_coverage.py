"""The front door over real files in a folder of the test's own."""

from __future__ import annotations

import gc
import threading
import weakref
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from retrieval import Answer, Article, Coverage, CoverageError, Window
from retrieval.index import SegmentSnapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BRIDGE = """---
title: "Harbour bridge to close for nine weeks"
date: 2024-03-04
provider: {name: Harbour Post, domain: harbour.example}
originalUrl: "https://harbour.example/bridge"
---

The harbour bridge will close on 2 April for repairs to its cables.
Engineer Mara Lind said the repair will cost 14 million euros.
Buses will cross by ferry until the bridge opens again.
"""

ORCHARD = """---
title: "Late frost halves the apple harvest"
date: 2024-05-20
provider: {name: Valley Gazette, domain: valley.example}
originalUrl: "https://valley.example/frost"
---

Frost in the last week of April killed half of the apple blossom in the valley.
Growers expect to pick 9,000 tonnes this autumn.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "coverage"
    folder.mkdir()
    (folder / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    (folder / "orchard.md").write_text(ORCHARD, encoding="utf-8")
    return folder


@pytest.fixture
def coverage(folder: Path, tmp_path: Path) -> Coverage:
    return Coverage.open([folder], tmp_path / "cache")


def test_ask_quotes_the_sentence_word_for_word(coverage: Coverage) -> None:
    answer = coverage.ask("How much will the bridge repair cost?", as_of=date(2024, 3, 5))

    assert answer.answered
    quote = answer.quotes[0]
    article = coverage.article(quote.article_id)
    assert article is not None
    assert "14 million euros" in quote.text
    assert article.text[quote.start : quote.start + len(quote.text)] == quote.text
    assert answer.sources[quote.source - 1].article.outlet == "Harbour Post"


def test_ask_abstains_where_the_coverage_is_silent(coverage: Coverage) -> None:
    answer = coverage.ask("Who won the chess championship in Reykjavik?", as_of=date(2024, 3, 5))

    assert not answer.answered
    assert answer.quotes == ()


def test_the_same_question_has_the_same_answer(coverage: Coverage) -> None:
    first, second = (
        coverage.ask("When does the bridge close?", as_of=date(2024, 3, 5)) for _ in range(2)
    )

    assert (first.quotes, first.confidence) == (second.quotes, second.confidence)


def test_a_second_opening_reads_nothing_again(folder: Path, tmp_path: Path) -> None:
    Coverage.open([folder], tmp_path / "cache")
    again = Coverage.open([folder], tmp_path / "cache")

    assert (again.report.added, again.report.changed, again.report.removed) == (0, 0, 0)
    assert again.report.articles == 2


def test_refresh_follows_the_folder(coverage: Coverage, folder: Path) -> None:
    (folder / "orchard.md").unlink()
    (folder / "tram.md").write_text(
        BRIDGE.replace("bridge", "tram line").replace("Harbour Post", "Tram News"), encoding="utf-8"
    )
    report = coverage.refresh()

    assert (report.added, report.removed, report.articles) == (1, 1, 2)
    assert coverage.search("apple blossom").total == 0
    assert coverage.search("tram").hits[0].article.outlet == "Tram News"


def test_a_damaged_index_is_built_anew_with_a_line_that_says_so(
    folder: Path, tmp_path: Path
) -> None:
    Coverage.open([folder], tmp_path / "cache").snapshot.close()
    for file in (tmp_path / "cache" / "index").rglob("*.json"):
        file.write_text("{", encoding="utf-8")
    coverage = Coverage.open([folder], tmp_path / "cache")

    assert any("built anew" in line for line in coverage.report.warnings)
    assert coverage.search("bridge").total == 1


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CoverageError, match="nowhere"):
        Coverage.open([tmp_path / "nowhere"], tmp_path / "cache")


def test_reload_swaps_to_what_another_opening_landed(
    coverage: Coverage, folder: Path, tmp_path: Path
) -> None:
    (folder / "ferry.md").write_text(BRIDGE.replace("bridge", "ferry"), encoding="utf-8")
    Coverage.open([folder], tmp_path / "cache")

    assert coverage.search("ferry engineer").total == 1
    assert coverage.reload()
    assert not coverage.reload()
    assert coverage.snapshot.span.articles == 3


def test_questions_go_on_while_the_coverage_is_refreshed(coverage: Coverage, folder: Path) -> None:
    answers: list[Answer] = []

    def ask() -> None:
        answers.extend(
            coverage.ask("When does the bridge close?", as_of=date(2024, 3, 5)) for _ in range(20)
        )

    asking = threading.Thread(target=ask)
    asking.start()
    for number in range(5):
        (folder / f"extra{number}.md").write_text(
            ORCHARD.replace("valley.example/frost", f"valley.example/{number}"), encoding="utf-8"
        )
        coverage.refresh()
    asking.join()

    assert all("2 April" in answer.quotes[0].text for answer in answers)
    assert len(answers) == 20


def test_latest_is_newest_first_and_can_be_narrowed(coverage: Coverage) -> None:
    assert [a.outlet for a in coverage.latest()] == ["Valley Gazette", "Harbour Post"]
    assert [a.outlet for a in coverage.latest(outlet="harbour post")] == ["Harbour Post"]


def test_latest_reads_only_what_it_shows(tmp_path: Path) -> None:
    crowd = [_article(number, "Harbour Post", f"2024-03-{number:02}") for number in range(1, 29)]
    rare = [_article(40, "Valley Gazette", "2024-01-01"), _article(41, "Valley Gazette", "")]
    coverage = Coverage.of_articles([*crowd, *rare], tmp_path)

    assert [article.id for article in coverage.latest(outlet="valley gazette")] == ["40"]
    read = [segment.article.cache_info().misses for segment in coverage.snapshot.segments]  # type: ignore[attr-defined]  # of a memo
    assert sum(read) <= len(rare)


def _article(number: int, outlet: str, day: str) -> Article:
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return Article(
        id=str(number), title=f"Report {number}", body="A boat.", outlet=outlet, published=published
    )


def test_a_headline_is_offered_while_its_words_are_typed(coverage: Coverage) -> None:
    assert [a.outlet for a in coverage.suggest_titles("blos ha")] == [
        "Valley Gazette",
        "Harbour Post",
    ]
    assert [a.outlet for a in coverage.suggest_titles("late har")] == ["Valley Gazette"]
    assert [a.outlet for a in coverage.suggest_titles("harbour brid")] == ["Harbour Post"]
    assert [a.outlet for a in coverage.suggest_titles(" ")] == ["Valley Gazette", "Harbour Post"]


def test_a_window_leaves_out_what_lies_outside(coverage: Coverage) -> None:
    window = Window(since=date(2024, 5, 1))

    answer = coverage.ask("What did the frost do?", as_of=date(2024, 6, 1), window=window)
    assert answer.window == window
    assert {s.article.outlet for s in answer.sources} == {"Valley Gazette"}


def test_status_spans_the_coverage(coverage: Coverage) -> None:
    span = coverage.status().span

    assert (span.articles, span.oldest, span.newest) == (2, date(2024, 3, 4), date(2024, 5, 20))


def test_a_lost_ledger_leaves_no_article_behind(folder: Path, tmp_path: Path) -> None:
    Coverage.open([folder], tmp_path / "cache")
    (tmp_path / "cache" / "ledger.sqlite3").unlink()
    (folder / "orchard.md").unlink()
    coverage = Coverage.open([folder], tmp_path / "cache")

    assert coverage.search("apple blossom").total == 0
    assert coverage.snapshot.span.articles == 1


def test_a_lost_ledger_and_an_emptied_folder_leave_nothing(folder: Path, tmp_path: Path) -> None:
    Coverage.open([folder], tmp_path / "cache")
    (tmp_path / "cache" / "ledger.sqlite3").unlink()
    for file in folder.iterdir():
        file.unlink()

    assert Coverage.open([folder], tmp_path / "cache").snapshot.span.articles == 0


def test_merging_changes_no_answer(coverage: Coverage, folder: Path) -> None:
    for number in range(9):
        (folder / f"extra{number}.md").write_text(
            BRIDGE.replace("harbour.example/bridge", f"harbour.example/{number}"), encoding="utf-8"
        )
        coverage.refresh()
    before = [hit.article.id for hit in coverage.search("bridge").hits]
    coverage.merge()

    assert [hit.article.id for hit in coverage.search("bridge").hits] == before
    coverage.verify()


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Have cyclic garbage stay until the test is over."""
    enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    yield
    if enabled:
        gc.enable()


def test_asking_leaves_nothing_for_the_garbage_collector(
    coverage: Coverage, request: pytest.FixtureRequest
) -> None:
    """What is left in cycles costs pauses: a full collection takes longer than several answers."""
    questions = ["How much will the bridge repair cost?", "When will the bridge close?"]
    for question in questions:  # what is read and compiled once may leave some
        coverage.ask(question, as_of=date(2024, 3, 5))
    request.getfixturevalue("uncollected")
    answers = [coverage.ask(question, as_of=date(2024, 3, 5)) for question in questions]
    assert answers[0].answered
    assert gc.collect() == 0


@pytest.mark.usefixtures("uncollected")
def test_a_snapshot_that_was_used_goes_with_its_files_at_the_swap(
    coverage: Coverage, folder: Path
) -> None:
    def use() -> None:
        answer = coverage.ask("How much will the bridge repair cost?", as_of=date(2024, 3, 5))
        coverage.story(answer.sources[0].article.id)
        coverage.search("brigde")

    use()
    standing = coverage.snapshot
    assert isinstance(standing, SegmentSnapshot)
    swapped = [weakref.ref(one) for one in (standing, *standing.segments)]
    del standing
    (folder / "orchard.md").unlink()
    coverage.refresh()
    use()

    assert [ref() for ref in swapped] == [None] * len(swapped)
