"""`store`: copies made, listed and gone back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.settings import DATABASE
from bot.store import ServerSettings, Store
from tests.bot.cli.conftest import assert_one_line

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.conftest import Command

SERVER = 500


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clippings: Command) -> Path:
    del clippings  # which must have emptied the environment first
    path = tmp_path / "store.sqlite3"
    monkeypatch.setenv("CLIPPINGS_STORE__PATH", str(path))
    return path


def choose(file: Path, *, private: bool) -> None:
    with Store.open(file) as store:
        store.servers.write(SERVER, ServerSettings(private=private))


def is_private(file: Path) -> bool:
    with Store.open(file) as store:
        return store.servers.read(SERVER).private


def test_what_was_copied_can_be_put_back(clippings: Command, file: Path) -> None:
    choose(file, private=True)
    copy = clippings.on_news("store", "backup", "--json").document["copy"]
    choose(file, private=False)
    assert clippings.on_news("store", "--json").document["copies"] == [copy]
    assert clippings.on_news("store", "restore").code == 0
    assert is_private(file)


def test_a_copy_can_stand_anywhere(clippings: Command, file: Path, tmp_path: Path) -> None:
    choose(file, private=True)
    copy = str(tmp_path / "elsewhere" / "copy.sqlite3")
    assert "Copied to" in clippings.on_news("store", "backup", copy).out
    choose(file, private=False)
    assert clippings.on_news("store", "restore", copy).code == 0
    assert is_private(file)


def test_a_damaged_store_goes_back_to_its_copy(clippings: Command, file: Path) -> None:
    choose(file, private=True)
    clippings.on_news("store", "backup")
    file.write_bytes(b"garbage " * 4000)
    assert clippings.on_news("store", "restore").code == 0
    assert is_private(file)


def test_what_is_no_store_is_refused(clippings: Command, file: Path, news: Path) -> None:
    choose(file, private=True)
    assert_one_line(
        clippings.on_news("store", "restore", str(news / "ferry.md")), 1, "cannot be read"
    )
    assert is_private(file)


def test_a_store_moves_to_a_server_and_back(
    clippings: Command, file: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(file, private=True)
    monkeypatch.setenv(DATABASE, database_url)
    there = clippings.on_news("store", "move", "postgresql", "--json").document
    assert (there["from"], there["rows"]["server"]) == (str(file), 1)
    assert there["to"].startswith("PostgreSQL 127.0.0.1")
    with Store.connect(database_url) as store:
        assert store.servers.read(SERVER).private
    file.unlink()
    back = clippings.on_news("store", "move", "sqlite")
    assert "server: 1 row" in back.out
    assert is_private(file)


def test_a_move_that_would_write_over_something_is_refused(
    clippings: Command, file: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(file, private=True)
    monkeypatch.setenv(DATABASE, database_url)
    assert clippings.on_news("store", "move", "postgresql").code == 0
    again = clippings.on_news("store", "move", "postgresql")
    assert_one_line(again, 1, "already")


def test_a_move_needs_a_database_and_a_direction(
    clippings: Command, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(file, private=True)
    unset = clippings.on_news("store", "move", "postgresql")
    assert_one_line(unset, 2, DATABASE)
    monkeypatch.setenv(DATABASE, "postgresql://127.0.0.1:1/none")
    astray = clippings.on_news("store", "move")
    assert_one_line(astray, 2, "postgresql or sqlite")


def test_a_store_on_a_server_is_looked_at_and_its_password_never_shown(
    clippings: Command, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE, database_url)
    assert "no tables of Clippings" in clippings.on_news("check").out
    Store.connect(database_url).close()
    assert clippings.on_news("status", "--json").document["store"]["problem"] is None
    assert "pg_dump" in clippings.on_news("store").out
    monkeypatch.setenv(DATABASE, "postgresql://robin:entrails@127.0.0.1:1/none")
    for command in (("status",), ("check",), ("store",), ("feeds",)):
        outcome = clippings.on_news(*command)
        assert outcome.code == 1
        assert "entrails" not in outcome.out + outcome.err
