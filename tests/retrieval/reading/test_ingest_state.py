from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from retrieval.errors import StorageError
from retrieval.reading.ingest_state import Ledger
from tests.retrieval.reading.coverage_files import BLOB, read, record, related_item, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("content", [b"", b"no database at all " * 100, b"SQLite format 3\x00 cut"])
def test_a_damaged_ledger_is_dropped_and_everything_read_again(
    tmp_path: Path, content: bytes
) -> None:
    write(tmp_path / "news", "a.md", record())
    read(tmp_path / "news", tmp_path)
    (tmp_path / "ledger.sqlite3").write_bytes(content)
    reading = read(tmp_path / "news", tmp_path)

    assert len(reading.changed) == 1
    assert reading.whole


def test_a_ledger_damaged_in_its_middle_is_dropped_while_it_is_read(tmp_path: Path) -> None:
    for number in range(200):
        write(tmp_path / "news", f"{number}.md", record(url=f"https://example.com/{number}"))
    read(tmp_path / "news", tmp_path)
    path = tmp_path / "ledger.sqlite3"
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xa5" * (len(raw) - 4096)
    path.write_bytes(raw)

    assert len(read(tmp_path / "news", tmp_path).changed) == 200
    assert len(read(tmp_path / "news", tmp_path).changed) == 0


def test_a_ledger_of_another_version_is_dropped(tmp_path: Path) -> None:
    write(tmp_path / "news", "a.md", record())
    read(tmp_path / "news", tmp_path)
    connection = sqlite3.connect(tmp_path / "ledger.sqlite3")
    connection.execute("PRAGMA user_version = 999")
    connection.close()

    assert len(read(tmp_path / "news", tmp_path).changed) == 1


def test_a_ledger_without_its_tables_is_begun_again(tmp_path: Path) -> None:
    write(tmp_path / "news", "a.md", record())
    read(tmp_path / "news", tmp_path)
    connection = sqlite3.connect(tmp_path / "ledger.sqlite3")
    connection.execute("DROP TABLE records")
    connection.close()
    write(tmp_path / "news", "b.md", record(url="https://example.com/2"))

    assert len(read(tmp_path / "news", tmp_path).changed) == 2


def test_a_folder_that_cannot_hold_a_ledger_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="choose a writable cache folder") as caught:
        Ledger.open(tmp_path / "file" / "ledger.sqlite3")

    assert "\n" not in str(caught.value)


def test_the_sealed_blob_is_nowhere_in_the_ledger(tmp_path: Path) -> None:
    related = related_item("Crane for the port", "https://daily.example.net/1")
    write(tmp_path / "news", "a.md", record(related=related))
    write(tmp_path / "news", "b.md", f'---\ntitle: "Broken "b""\nsecured: "{BLOB}\n---\nText.\n')
    read(tmp_path / "news", tmp_path)

    assert BLOB[:16].encode() not in (tmp_path / "ledger.sqlite3").read_bytes()
