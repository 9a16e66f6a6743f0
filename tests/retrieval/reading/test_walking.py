from __future__ import annotations

import os
from pathlib import Path

import pytest

from retrieval.errors import CoverageError
from retrieval.reading.walking import find_files
from tests.retrieval.reading.coverage_files import write


def test_every_regular_file_is_found_and_hidden_ones_are_not(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.txt", "a/d/e", ".git/config", "a/.hidden.md"):
        write(tmp_path / "news", name, "Text.")

    assert list(find_files([tmp_path / "news"]).files) == [
        "news/a/c.txt",
        "news/a/d/e",
        "news/b.md",
    ]


def test_a_file_may_be_named_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "news", "a.md", "Text.")

    assert list(find_files([path]).files) == ["news/a.md"]


def test_folders_within_one_another_count_once(tmp_path: Path) -> None:
    write(tmp_path / "news", "a/b.md", "Text.")

    assert len(find_files([tmp_path, tmp_path / "news", tmp_path / "news" / "a"]).files) == 1


def test_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path / "x" / "news", "a.md", "One.")
    write(tmp_path / "y" / "news", "a.md", "Two.")
    walk = find_files([tmp_path / "x" / "news", tmp_path / "y" / "news"])

    assert list(walk.files) == ["news/a.md", "y.news/a.md"]


def test_links_that_go_round_or_nowhere_end(tmp_path: Path) -> None:
    news = tmp_path / "news"
    write(news, "a.md", "Text.")
    (news / "again").symlink_to(news, target_is_directory=True)
    (news / "b.md").symlink_to(news / "a.md")
    (news / "gone.md").symlink_to(news / "never.md")
    walk = find_files([news])

    assert list(walk.files) == ["news/a.md"]
    assert walk.warnings == ["news/gone.md: a link that leads nowhere; remove it"]


def test_a_name_that_is_no_text_is_spelled_out(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_text("Text.")
    except OSError:
        pytest.skip("this file system takes no such name")

    assert list(find_files([tmp_path]).files) == [f"{tmp_path.name}/\\xff.md"]


def test_a_folder_that_does_not_exist_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(CoverageError, match="no such folder or file") as caught:
        find_files([tmp_path / "nowhere"])

    assert "\n" not in str(caught.value)


def test_an_empty_folder_is_a_warning(tmp_path: Path) -> None:
    walk = find_files([tmp_path])

    assert not walk.files
    assert "no files here" in walk.warnings[0]
