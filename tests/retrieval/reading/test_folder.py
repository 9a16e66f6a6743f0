from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from retrieval.errors import CoverageError
from retrieval.reading import Ledger, read_coverage
from retrieval.reading.file_pass import LARGEST_FILE
from tests.retrieval.reading.coverage_files import read, record, related_item, write
from tests.support.rights import as_nobody

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "https://daily.example.net/crane"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with a record and a related item in it, a plain text, an image and a style sheet."""
    folder = tmp_path / "news"
    write(folder, "a.md", record(related=related_item("Crane for the port", OTHER)))
    write(folder, "b.txt", "The crane turns.\n")
    write(folder, "c.png", b"\x89PNG\r\n\x1a\n")
    write(folder, "d.css", "p {}\n")
    return folder


def test_every_file_gives_articles_or_is_rejected(news: Path, tmp_path: Path) -> None:
    reading = read(news, tmp_path)
    paths = {article.path for article in reading.changed}

    assert reading.files_read == 4
    assert paths == {"news/a.md", "news/b.txt"}
    assert {reject.path for reject in reading.rejects} == {"news/c.png", "news/d.css"}
    assert reading.files_read == len(paths) + len(reading.rejects)
    assert reading.articles == len(reading.changed) == len(reading.added_ids) == 3
    assert reading.whole


def test_nothing_is_read_twice(news: Path, tmp_path: Path) -> None:
    read(news, tmp_path)
    for path in news.iterdir():
        path.chmod(0)
    again = read(news, tmp_path)

    assert (again.changed, again.removed) == ((), frozenset())
    assert (again.files_read, len(again.rejects), again.articles) == (4, 2, 3)
    assert not again.whole


def test_a_touched_file_of_the_same_content_has_not_changed(news: Path, tmp_path: Path) -> None:
    read(news, tmp_path)
    os.utime(news / "a.md", (1, 1))

    assert not read(news, tmp_path).changed


def test_a_changed_file_changes_its_own_articles_only(news: Path, tmp_path: Path) -> None:
    read(news, tmp_path)
    write(news, "b.txt", "The crane stands still.\n")
    reading = read(news, tmp_path)

    assert [article.title for article in reading.changed] == ["The crane stands still."]
    assert not reading.added_ids
    assert not reading.removed


def test_a_change_within_the_same_tick_and_size_is_seen(news: Path, tmp_path: Path) -> None:
    (news / "b.txt").write_text("The crane turns.\n")
    status = (news / "b.txt").stat()
    read(news, tmp_path)
    (news / "b.txt").write_text("The crane halts.\n")
    os.utime(news / "b.txt", ns=(status.st_atime_ns, status.st_mtime_ns))

    assert [article.title for article in read(news, tmp_path).changed] == ["The crane halts."]


def test_articles_of_a_removed_file_are_removed(news: Path, tmp_path: Path) -> None:
    ids = {article.id for article in read(news, tmp_path).changed if article.path == "news/a.md"}
    (news / "a.md").unlink()
    reading = read(news, tmp_path)

    assert reading.removed == ids
    assert (reading.files_read, reading.articles) == (3, 1)


def test_a_record_of_its_own_is_preferred_to_a_related_item(news: Path, tmp_path: Path) -> None:
    read(news, tmp_path)
    write(
        news, "e.md", record("The crane of the port", url=f"{OTHER}?utm_source=x", excerpt="Main.")
    )
    (merged,) = read(news, tmp_path).changed

    assert (merged.title, merged.aliases) == ("The crane of the port", ("Crane for the port",))
    assert merged.text == "Main."


def test_an_article_told_by_two_files_outlives_one_of_them(news: Path, tmp_path: Path) -> None:
    write(news, "e.md", record("The crane of the port", url=OTHER, excerpt="Main."))
    read(news, tmp_path)
    (news / "e.md").unlink()
    reading = read(news, tmp_path)

    assert [article.title for article in reading.changed] == ["Crane for the port"]
    assert not reading.removed


def test_without_commit_the_same_is_read_again(news: Path, tmp_path: Path) -> None:
    first = read(news, tmp_path, commit=False)

    assert read(news, tmp_path).changed == first.changed


def test_everything_can_be_read_again(news: Path, tmp_path: Path) -> None:
    first = read(news, tmp_path)
    (news / "b.txt").unlink()
    again = read(news, tmp_path, known=False)

    assert again.whole
    assert {a.id for a in again.changed} == {a.id for a in first.changed} - again.removed
    assert len(again.removed) == 1


def test_a_huge_file_is_rejected_unread(tmp_path: Path) -> None:
    path = tmp_path / "news" / "huge.md"
    path.parent.mkdir()
    with path.open("wb") as file:
        file.truncate(10 * LARGEST_FILE)
    (reject,) = read(tmp_path / "news", tmp_path).rejects

    assert reject.reason == "50.0 MB, over the 5 MB of a file; split it into articles"


def test_an_unreadable_file_is_rejected_and_tried_again() -> None:
    with as_nobody() as own:
        news = own / "news"
        news.mkdir()
        for name in ("a.txt", "b.txt"):
            (news / name).write_text(f"Note {name}\n\nThe ferry is late.\n", encoding="utf-8")
        (news / "b.txt").chmod(0)
        assert "cannot be read" in read(news, own).rejects[0].reason
        (news / "b.txt").chmod(0o600)
        assert len(read(news, own).changed) == 1


def test_progress_is_told_file_by_file(news: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with Ledger.open(tmp_path / "ledger.sqlite3") as ledger:
        read_coverage([news], ledger, progress=lambda *step: told.append(step))

    assert told == [("reading", done, 4) for done in range(1, 5)]


def test_a_missing_folder_is_an_error_and_an_empty_one_a_warning(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CoverageError):
        read(tmp_path / "nowhere", tmp_path)
    reading = read(tmp_path / "empty", tmp_path)

    assert "no files here" in reading.warnings[0]
    assert (reading.files_read, reading.articles) == (0, 0)
