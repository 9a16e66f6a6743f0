"""A PostgreSQL server killed, frozen or away: nothing acknowledged is lost, and nobody waits."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import psycopg
import pytest

from bot.store import ServerSettings, Store, StoreError
from bot.store.database import StoreUnprepared
from bot.store.schema import STEPS, VERSION
from tests.support.postgres import lacking, run_postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.postgres import PostgresServer

ROBIN, SERVER, CHANNEL = 11, 500, 900
SECRET = "entrails"  # noqa: S105  # ours


@pytest.fixture
def own() -> Iterator[PostgresServer]:
    """Give a server that may be killed."""
    if reason := lacking():
        pytest.skip(reason)
    with run_postgres() as server:
        yield server


def remember(store: Store, person: int = ROBIN) -> None:
    store.turns.remember(
        person_id=person, channel_id=CHANNEL, server_id=SERVER, question="When?", subject="",
        answered=True,
    )  # fmt: skip


def remembers(store: Store) -> bool:
    """Whether what is told now is kept."""
    remember(store)
    return store.turns.last(ROBIN, CHANNEL) is not None


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait for what other threads bring about."""
    end, pause = time.monotonic() + seconds, Event()
    while not condition():
        assert time.monotonic() < end
        pause.wait(0.05)


def test_a_killed_server_loses_nothing_acknowledged_and_is_taken_up_again(
    own: PostgresServer,
) -> None:
    acknowledged: set[int] = set()
    failed, enough = Event(), Event()

    def write(store: Store, first: int) -> None:
        for n in range(first, first + 1_000_000):
            if enough.wait(0.001):
                return
            try:
                store.watches.add(n, CHANNEL, "ferry", most=9)
            except StoreError:
                failed.set()
            else:
                acknowledged.add(n)

    with Store.connect(own.url) as store:
        with ThreadPoolExecutor(4) as threads:
            for first in range(0, 4_000_000, 1_000_000):
                threads.submit(write, store, first)
            until(lambda: len(acknowledged) > 200)
            own.kill()
            assert failed.wait(20)
            remember(store)
            assert "cannot be used" in store.health.failure
            own.start()
            until(lambda: remembers(store))
            before = len(acknowledged)
            until(lambda: len(acknowledged) > before)
            enough.set()
        assert store.health.failure == ""
        kept = {watch.server_id for watch in store.watches.list_active()}
    assert acknowledged <= kept


def test_a_server_that_answers_nothing_holds_nobody_up(own: PostgresServer) -> None:
    with Store.connect(own.url) as store:
        store.servers.write(SERVER, ServerSettings(private=True))
        own.freeze()
        try:
            started = time.monotonic()
            remember(store)
            assert time.monotonic() - started < 3.5
            for _ in range(50):
                remember(store)
                assert store.turns.last(ROBIN, CHANNEL) is None
            assert time.monotonic() - started < 4
            assert "cannot be used" in store.health.failure
        finally:
            own.thaw()
        until(lambda: remembers(store))


def test_a_bot_starts_without_its_server_and_takes_it_up(own: PostgresServer) -> None:
    own.stop()
    with pytest.raises(StoreError, match="PostgreSQL 127"):
        Store.connect(own.url)
    with Store.connect(own.url, anyhow=True) as store:
        assert store.servers.read(SERVER) == ServerSettings()
        remember(store)
        assert store.turns.last(ROBIN, CHANNEL) is None
        own.start()
        until(lambda: remembers(store))
        assert len(store.see(ROBIN)) == 1


def test_no_password_stands_in_an_error(own: PostgresServer) -> None:
    own.stop()
    url = f"postgresql://robin:{SECRET}@127.0.0.1:{own.port}/postgres"
    for wrong in (url, f"postgre://robin:{SECRET}@host", f"host=x password={SECRET} x"):
        with pytest.raises(StoreError) as error:
            Store.connect(wrong)
        assert SECRET not in str(error.value)
        assert "\n" not in str(error.value)


def test_many_that_start_at_once_make_the_tables_once(database_url: str) -> None:
    with ThreadPoolExecutor(6) as threads:
        stores = list(threads.map(lambda _: Store.connect(database_url), range(6)))
    assert len({store.hash_person(ROBIN) for store in stores}) == 1
    for store in stores:
        store.close()


def test_reading_makes_no_table(database_url: str) -> None:
    with pytest.raises(StoreUnprepared, match="no tables of Clippings"):
        Store.connect(database_url, reading=True)
    Store.connect(database_url).close()
    with Store.connect(database_url, reading=True) as store:
        assert store.see(ROBIN) == ()


def test_tables_of_a_newer_program_are_left_alone(database_url: str) -> None:
    Store.connect(database_url).close()
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE store_version SET version = 99")
    with pytest.raises(StoreError, match=r"newer Clippings .*version 99"):
        Store.connect(database_url)


@pytest.mark.parametrize("version", range(1, VERSION))
def test_older_tables_are_brought_up_to_date(
    database_url: str, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.store import postgresql  # noqa: PLC0415  # only here

    with monkeypatch.context() as before:
        before.setattr(postgresql, "STEPS", STEPS[:version])
        before.setattr(postgresql, "VERSION", version)
        Store.connect(database_url).close()
    with Store.connect(database_url) as store:
        remember(store)
        assert len(store.see(ROBIN)) == 1


def test_what_postgresql_cannot_hold_is_replaced(database_url: str) -> None:
    with Store.connect(database_url) as store:
        store.feedback.note("unanswered", "a\0b", person_id=ROBIN, server_id=SERVER)
        (gap,) = store.feedback.gaps(SERVER)
    assert gap.question == "a\N{REPLACEMENT CHARACTER}b"


def test_copies_of_a_file_are_no_matter_of_a_server(database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    with Store.open(tmp_path / "store.sqlite3") as file:
        file.back_up(copy)
    with Store.connect(database_url) as store:
        assert store.back_up_daily() is None
        with pytest.raises(StoreError, match="pg_dump"):
            store.restore(copy)
