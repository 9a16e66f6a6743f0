"""What changed in the folders is read and indexed, and a kill in between costs only a re-read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.errors import IndexLocked
from retrieval.index import IndexWriter
from retrieval.ingest import INDEX_FOLDER, LEDGER_FILE, describe_index, ingest

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "ferry.txt").write_text("The ferry\n\nIt is late today.\n", encoding="utf-8")
    return folder


def test_only_what_changed_is_read_again(news: Path, tmp_path: Path) -> None:
    first, report = ingest([news], tmp_path / "cache")
    assert (report.added, report.articles) == (1, 1)
    (news / "choir.txt").write_text("The choir\n\nIt sings today.\n", encoding="utf-8")
    second, report = ingest([news], tmp_path / "cache")
    assert (report.added, report.changed, report.articles) == (1, 0, 2)
    assert first.version != second.version
    third, report = ingest([news], tmp_path / "cache")
    assert third.version == second.version
    assert report.added == 0


def test_an_index_that_landed_without_its_ledger_is_read_again(news: Path, tmp_path: Path) -> None:
    ingest([news], tmp_path / "cache")
    for left in (tmp_path / "cache").glob(f"{LEDGER_FILE}*"):
        left.unlink()
    snapshot, report = ingest([news], tmp_path / "cache")
    assert report.files_read == 1
    assert len(snapshot) == 1


def test_a_damaged_index_is_built_anew_and_the_report_says_so(news: Path, tmp_path: Path) -> None:
    ingest([news], tmp_path / "cache")
    (tmp_path / "cache" / INDEX_FOLDER / "manifest.json").write_text("{}", encoding="utf-8")
    snapshot, report = ingest([news], tmp_path / "cache")
    assert len(snapshot) == 1
    assert any("built anew" in warning for warning in report.warnings)


def test_two_cannot_ingest_at_once(news: Path, tmp_path: Path) -> None:
    with IndexWriter(tmp_path / "cache" / INDEX_FOLDER), pytest.raises(IndexLocked):
        ingest([news], tmp_path / "cache")


def test_an_index_at_hand_is_described_without_reading(news: Path, tmp_path: Path) -> None:
    snapshot, _ = ingest([news], tmp_path / "cache")
    report = describe_index(snapshot)
    assert (report.articles, report.files_read, report.added) == (1, 0, 0)
    assert report.bytes > 0


def test_what_is_new_is_noted_before_the_ledger_says_so_but_not_the_first_coverage(
    news: Path, tmp_path: Path
) -> None:
    noted: list[str] = []

    def note(article_ids: Collection[str]) -> None:
        noted.extend(article_ids)

    ingest([news], tmp_path / "cache", note_added=note)
    assert noted == []
    (news / "choir.txt").write_text("The choir\n\nIt sings today.\n", encoding="utf-8")

    def die(_: Collection[str]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([news], tmp_path / "cache", note_added=die)
    snapshot, _ = ingest([news], tmp_path / "cache", note_added=note)
    assert [snapshot.article(article_id).title for article_id in noted] == ["The choir"]
    ingest([news], tmp_path / "cache", note_added=note)
    assert len(noted) == 1
