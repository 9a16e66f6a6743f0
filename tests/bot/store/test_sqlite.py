"""A file that fails under a running bot: nothing an answer needs is lost, and all of it is said."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from bot.store import ServerSettings, Store, StoreError
from bot.store.sqlite import SQLite, check_file

if TYPE_CHECKING:
    from pathlib import Path

ROBIN, SERVER, CHANNEL = 11, 500, 900


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "store.sqlite3"


def remember(store: Store, question: str) -> None:
    store.turns.remember(
        person_id=ROBIN, channel_id=CHANNEL, server_id=SERVER, question=question, subject="",
        answered=True,
    )  # fmt: skip


def connection_of(store: Store) -> sqlite3.Connection:
    database = store._database  # noqa: SLF001  # the one way to a full disk everywhere
    assert isinstance(database, SQLite)
    return database._connection  # noqa: SLF001  # as above


def fill(store: Store) -> None:
    """Let no page be added to the file, as on a full disk."""
    connection = connection_of(store)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")


def test_on_a_full_disk_all_goes_on_without_memory_and_says_so(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Store.open(file) as store:
        store.servers.write(SERVER, ServerSettings(private=True))
        fill(store)
        for _ in range(2):
            remember(store, "When does the bridge close? " * 3000)
            token = store.tickets.issue("ask", {"text": "long " * 9000}, person_id=ROBIN)
            store.feedback.note("unanswered", "long " * 9000, person_id=ROBIN, server_id=SERVER)
        assert store.tickets.read(token) is None
        assert store.turns.last(ROBIN, CHANNEL) is None
        assert store.servers.read(SERVER).private
        assert "full" in store.health.failure
        assert store.health.since is not None
        lines = [record for record in caplog.records if "nothing is remembered" in record.message]
        assert len(lines) == 1

        connection_of(store).execute("PRAGMA max_page_count = 100000")
        remember(store, "When?")
        assert store.health.failure == ""
        assert store.turns.last(ROBIN, CHANNEL) is not None


def test_on_a_disk_that_turns_read_only_all_goes_on_without_memory_and_says_so(file: Path) -> None:
    with Store.open(file) as store:
        store.servers.write(SERVER, ServerSettings(private=True))
        remember(store, "When does the bridge close?")
        connection_of(store).execute("PRAGMA query_only = ON")  # fails as such a disk does
        remember(store, "Who says so?")
        assert store.tickets.read(store.tickets.issue("ask", {}, person_id=ROBIN)) is None
        assert store.servers.read(SERVER).private
        assert "readonly" in store.health.failure
        with pytest.raises(StoreError, match="readonly"):
            store.servers.write(SERVER, ServerSettings(private=False))

        connection_of(store).execute("PRAGMA query_only = OFF")
        remember(store, "Who says so?")
        assert store.health.failure == ""


def test_what_a_person_asks_to_be_kept_is_not_lost_in_silence(file: Path) -> None:
    with Store.open(file) as store:
        fill(store)
        channels = frozenset(range(10**18, 10**18 + 5000))
        with pytest.raises(StoreError, match="full"):
            store.servers.write(SERVER, ServerSettings(allowed_channels=channels))


def test_a_deleted_file_is_written_anew_from_what_is_open(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Store.open(file) as store:
        store.servers.write(SERVER, ServerSettings(private=True))
        for left in file.parent.iterdir():
            left.unlink()
        remember(store, "When?")
        assert store.health.failure == ""
    assert "was deleted" in caplog.text
    with Store.open(file) as after:
        assert after.servers.read(SERVER).private
        assert after.turns.last(ROBIN, CHANNEL) is not None


def test_a_deleted_folder_is_made_anew_too(file: Path) -> None:
    with Store.open(file) as store:
        remember(store, "When?")
        for left in file.parent.iterdir():
            left.unlink()
        file.parent.rmdir()
        remember(store, "And when else?")
    with Store.open(file) as after:
        assert after.turns.last(ROBIN, CHANNEL) is not None


def test_a_file_that_cannot_be_opened_leaves_a_bot_that_answers(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with Store.open_anyhow(tmp_path / "file" / "store.sqlite3") as store:
        remember(store, "When?")
        assert store.turns.last(ROBIN, CHANNEL) is not None
        assert "store.sqlite3" in store.health.failure


def test_looking_at_a_file_changes_nothing(file: Path) -> None:
    with Store.open(file) as store:
        remember(store, "When?")
    before = {left.name: left.read_bytes() for left in file.parent.iterdir()}
    check_file(file)
    with Store.read(file) as held:
        assert held.turns.last(ROBIN, CHANNEL) is not None
    assert {left.name: left.read_bytes() for left in file.parent.iterdir()} == before


def test_a_file_of_another_program_is_no_store(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE note (text TEXT)")
    other.close()
    with pytest.raises(StoreError, match="no store of Clippings"):
        check_file(tmp_path / "other")
