"""The store's file: made, brought up to date, shared by threads, killed, damaged, and emptied."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store import ServerSettings, Store, StoreError
from bot.store.schema import PERSONAL_TABLES, SERVER_TABLES, STEPS, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

ROBIN, KIM, SERVER, CHANNEL = 11, 12, 500, 900


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "store.sqlite3"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    with Store.open(file) as opened:
        yield opened


def remember(store: Store, person: int, question: str) -> None:
    store.turns.remember(
        person_id=person,
        channel_id=CHANNEL,
        server_id=SERVER,
        question=question,
        subject="",
        answered=True,
    )


def leave_traces(store: Store, person: int, question: str) -> None:
    """Whatever the store can keep about a person."""
    remember(store, person, question)
    token = store.tickets.issue("answer", {"question": question}, person_id=person)
    for kind in ("unanswered", "up", "rephrased", "followed up"):
        store.feedback.note(kind, question, person_id=person, server_id=SERVER, token=token)


def test_what_was_kept_is_there_after_a_restart(file: Path) -> None:
    with Store.open(file) as before:
        leave_traces(before, ROBIN, "When does the bridge close?")
        before.servers.write(SERVER, ServerSettings(private=True))
        seen = before.see(ROBIN)
    with Store.open(file) as after:
        assert after.see(ROBIN) == seen
        assert after.servers.read(SERVER).private


def test_only_the_owner_of_the_process_may_read_the_file(file: Path, store: Store) -> None:
    assert store.see(ROBIN) == ()
    assert file.stat().st_mode & 0o077 == 0


def test_a_store_without_a_file_is_kept_in_memory() -> None:
    with Store.open(None) as store:
        leave_traces(store, ROBIN, "When?")
        assert len(store.see(ROBIN)) == 6


def test_no_discord_id_stands_in_the_file(file: Path) -> None:
    person = 718_281_828_459_045_235
    with Store.open(file) as store:
        leave_traces(store, person, "When does the bridge close?")
    raw = file.read_bytes()
    assert b"bridge" in raw
    assert str(person).encode() not in raw
    assert person.to_bytes(8) not in raw


def test_two_stores_know_one_person_by_different_hashes(tmp_path: Path) -> None:
    hashes = set()
    for name in ("one", "two"):
        with Store.open(tmp_path / name) as store:
            token = store.tickets.issue("answer", {}, person_id=ROBIN)
            ticket = store.tickets.read(token)
            assert ticket is not None
            hashes.add(ticket.person)
    assert len(hashes) == 2


@pytest.mark.parametrize("version", range(VERSION))
def test_an_older_file_is_brought_up_to_date(file: Path, version: int) -> None:
    file.parent.mkdir(parents=True)
    with sqlite3.connect(file) as old:
        for step in STEPS[:version]:
            old.executescript(step)
        old.execute(f"PRAGMA user_version = {version}")
    old.close()
    with Store.open(file) as store:
        leave_traces(store, ROBIN, "When?")
        assert len(store.see(ROBIN)) == 6


def test_a_newer_file_is_left_alone(file: Path, store: Store) -> None:
    store.close()
    with sqlite3.connect(file) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(StoreError, match=r"newer Clippings .*version 99"):
        Store.open(file)


@pytest.mark.parametrize("damage", [b"", b"not a database, " * 400])
def test_a_damaged_file_is_named_with_what_to_do(file: Path, store: Store, damage: bytes) -> None:
    leave_traces(store, ROBIN, "When?")
    store.close()
    whole = file.read_bytes()
    file.write_bytes(damage or whole[: len(whole) // 2])
    with pytest.raises(StoreError, match=r"store\.sqlite3: .*move the file away") as error:
        Store.open(file)
    assert "\n" not in str(error.value)


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=str(tmp_path)):
        Store.open(tmp_path)


def test_a_closed_store_says_so_in_one_line(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.see(ROBIN)


def test_threads_may_write_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: leave_traces(store, n, f"Question {n}?"), range(60)))
    assert all(len(store.see(n)) == 6 for n in range(60))
    assert len(store.feedback.gaps(SERVER)) == 60


def test_two_processes_may_use_one_file(file: Path, store: Store) -> None:
    with Store.open(file) as other:
        remember(store, ROBIN, "When?")
        remember(other, KIM, "Where?")
        assert [kept.text for kept in store.see(KIM)] == ["Where?"]


def test_a_report_sees_what_was_just_written(store: Store) -> None:
    leave_traces(store, ROBIN, "When?")
    assert [gap.question for gap in store.feedback.gaps(SERVER)] == ["When?"]
    store.forget(ROBIN)
    assert store.feedback.gaps(SERVER) == ()


WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from bot.store import Store
store = Store.open(Path(sys.argv[1]))
for n in range(100_000):
    store.tickets.issue("answer", {"n": n}, person_id=n)
    print(n, flush=True)
"""


def test_a_kill_loses_nothing_that_was_written(file: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        while (line := child.stdout.readline()) and int(line) < 200:
            pass
        os.kill(child.pid, signal.SIGKILL)
        written = int((child.stdout.readlines() or [line])[-1].split()[0])
    with Store.open(file) as store:
        assert all(store.see(n) for n in range(written + 1))


def test_every_table_about_people_or_servers_is_known(file: Path, store: Store) -> None:
    assert store.see(ROBIN) == ()
    with sqlite3.connect(file) as raw:
        tables = [
            name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        columns = {
            table: {row[1] for row in raw.execute(f"PRAGMA table_info({table})")}
            for table in tables
        }
    raw.close()
    assert {t for t, names in columns.items() if "person" in names} == set(PERSONAL_TABLES)
    assert {t for t, names in columns.items() if "server_id" in names} == set(SERVER_TABLES)


traces = st.lists(st.tuples(st.sampled_from([ROBIN, KIM, 13]), st.text(max_size=40)), max_size=12)


@settings(max_examples=30, deadline=None)
@given(traces)
def test_forgetting_one_person_leaves_no_row_of_them_and_every_row_of_others(
    left: list[tuple[int, str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "store")) as store:
        for person, question in left:
            leave_traces(store, person, question)
        others = {person: store.see(person) for person in (KIM, 13)}
        mine = len(store.see(ROBIN))
        assert store.forget(ROBIN) == mine
        assert store.see(ROBIN) == ()
        assert {person: store.see(person) for person in (KIM, 13)} == others


def test_what_was_forgotten_stands_in_no_file(file: Path, store: Store) -> None:
    leave_traces(store, ROBIN, "Is the ZEPPELIN hangar for sale?")
    leave_traces(store, KIM, "When does the bridge close?")
    store.forget(ROBIN)
    everything = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"zeppelin" not in everything.lower()
    assert b"bridge" in everything


def test_removing_a_server_deletes_all_that_was_its_own_but_settings(store: Store) -> None:
    leave_traces(store, ROBIN, "When?")
    store.servers.write(SERVER, ServerSettings(private=True))
    store.servers.forget(SERVER)
    assert store.servers.read(SERVER).private  # for a month, should the bot come back
    assert store.feedback.gaps(SERVER) == ()
    assert {kept.kind for kept in store.see(ROBIN)} == {"ticket"}  # issued in a direct message


def test_the_settings_of_a_server_left_for_long_are_deleted() -> None:
    now = [datetime(2031, 6, 1, tzinfo=UTC)]
    with Store.open(None, clock=lambda: now[0]) as store:
        store.servers.write(SERVER, ServerSettings(private=True))
        store.servers.forget(SERVER)
        now[0] += timedelta(days=31)
        store.servers.forget(SERVER + 1)
        assert store.servers.read(SERVER) == ServerSettings()


def test_requests_that_are_kept_for_no_day_leave_no_text(store: Store) -> None:
    store.tickets.life = timedelta()
    token = store.tickets.issue("ask", {"text": "Who?"}, person_id=ROBIN)
    assert token
    assert store.tickets.read(token) is None
    assert store.see(ROBIN) == ()
