"""Copies of the store: made, kept few, gone back to, and emptied of what was forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.store import ServerSettings, Store, StoreError
from bot.store.backups import KEPT, find_good_copy, folder_of, list_copies

if TYPE_CHECKING:
    from pathlib import Path

ROBIN, KIM, SERVER, CHANNEL = 11, 12, 500, 900
NOON = datetime(2031, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "store.sqlite3"


def remember(store: Store, person: int, question: str) -> None:
    store.turns.remember(
        person_id=person, channel_id=CHANNEL, server_id=SERVER, question=question, subject="",
        answered=True,
    )  # fmt: skip


def questions(store: Store, person: int) -> list[str]:
    return [kept.text for kept in store.see(person)]


def open_at(file: Path, now: datetime) -> Store:
    return Store.open(file, clock=lambda: now)


def test_there_is_one_copy_a_day_and_of_the_last_days_only(file: Path) -> None:
    for day in range(KEPT + 3):
        with open_at(file, NOON + timedelta(days=day)) as store:
            assert store.back_up_daily() is not None
            assert store.back_up_daily() is None
    copies = list_copies(file)
    assert len(copies) == KEPT
    assert "2031-05-29" in copies[0].name
    assert [left.name for left in folder_of(file).iterdir() if ".part" in left.name] == []
    assert copies[0].stat().st_mode & 0o077 == 0


def test_a_copy_holds_what_is_still_in_the_journal_and_can_be_gone_back_to(file: Path) -> None:
    with open_at(file, NOON) as store:
        store.servers.write(SERVER, ServerSettings(private=True))
        copy = store.back_up_daily()
        assert copy is not None
        store.servers.write(SERVER, ServerSettings(private=False))
        store.restore(copy)
        assert store.servers.read(SERVER).private
    with open_at(file, NOON) as again:
        assert again.servers.read(SERVER).private


def test_another_connection_sees_what_was_gone_back_to(file: Path) -> None:
    with open_at(file, NOON) as running, open_at(file, NOON) as operator:
        running.servers.write(SERVER, ServerSettings(private=True))
        copy = operator.back_up(file.with_name("copy.sqlite3"))
        running.servers.write(SERVER, ServerSettings(private=False))
        operator.restore(copy)
        assert running.servers.read(SERVER).private
        running.servers.write(SERVER, ServerSettings(private=False))


def test_what_was_forgotten_is_in_no_copy(file: Path) -> None:
    with open_at(file, NOON) as store:
        remember(store, ROBIN, "When does the ferry leave?")
        remember(store, KIM, "Who sings?")
        copy = store.back_up_daily()
        assert copy is not None
        assert b"ferry" in copy.read_bytes()
        store.forget(ROBIN)
    assert b"ferry" not in copy.read_bytes()
    with Store.read(copy) as copied:
        assert copied.see(ROBIN) == ()


def test_a_copy_that_cannot_be_emptied_is_deleted(file: Path) -> None:
    with open_at(file, NOON) as store:
        copy = store.back_up_daily()
        assert copy is not None
        copy.write_bytes(b"no database " * 1000)
        store.forget(ROBIN)
    assert not copy.exists()


def test_a_broken_copy_is_passed_over(file: Path) -> None:
    with open_at(file, NOON) as store:
        good = store.back_up_daily()
    with open_at(file, NOON + timedelta(days=1)) as store:
        broken = store.back_up_daily()
    assert broken is not None
    broken.write_bytes(broken.read_bytes()[:3000])
    assert find_good_copy(file) == good


@pytest.mark.parametrize("damage", ["garbage", "cut short"])
def test_a_broken_store_goes_back_to_the_newest_good_copy(
    file: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    with open_at(file, NOON) as store:
        store.servers.write(SERVER, ServerSettings(private=True))
        store.back_up_daily()
    whole = file.read_bytes()
    file.write_bytes(b"garbage " * 4000 if damage == "garbage" else whole[: len(whole) // 2])

    with Store.open_anyhow(file, clock=lambda: NOON) as mended:
        assert mended.servers.read(SERVER).private
        assert mended.health.failure == ""
        remember(mended, ROBIN, "When?")
    (line,) = [record.getMessage() for record in caplog.records if "damaged" in record.getMessage()]
    assert str(file) in line
    assert len(list(file.parent.glob("*.broken-*"))) == 1


def test_a_broken_store_without_a_copy_is_an_error_that_names_it(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"garbage " * 4000)
    with pytest.raises(StoreError, match=r"store\.sqlite3.*move the file away"):
        Store.open_anyhow(file)


def test_nothing_but_a_store_can_be_gone_back_to(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("no store", encoding="utf-8")
    with open_at(file, NOON) as store:
        remember(store, ROBIN, "When?")
        with pytest.raises(StoreError, match=r"notes\.txt"):
            store.restore(other)
        assert questions(store, ROBIN) == ["When?"]
