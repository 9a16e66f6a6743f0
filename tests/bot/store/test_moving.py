"""A store moved into another database and back: every row, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store import ServerSettings, Store, StoreError
from bot.store.feed_records import Landing, StoredEntry
from bot.store.outbox import Order
from bot.store.schema import PERSONAL_TABLES, SERVER_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROBIN, SERVER, CHANNEL = 11, 500, 900
ENTRY = StoredEntry(
    key="one", guid="1", address="", fingerprint="f", title="The ferry is late", published=None
)


@pytest.fixture
def server(database_url: str) -> Iterator[Store]:
    with Store.connect(database_url) as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3") as opened:
        fill(opened)
        yield opened


def fill(store: Store) -> None:
    """Leave something in every table."""
    store.servers.write(SERVER, ServerSettings(private=True))
    store.turns.remember(
        person_id=ROBIN, channel_id=CHANNEL, server_id=SERVER, question="When?", subject="",
        answered=True,
    )  # fmt: skip
    store.tickets.issue("ask", {"text": "When?"}, person_id=ROBIN)
    for n in range(1500):  # more than are read at a time
        store.feedback.note("unanswered", f"Who is {n}?", person_id=ROBIN, server_id=SERVER)
    store.usage.count(SERVER, store.now().date(), "answered")
    store.feeds.follow(SERVER, "wire", "https://example.org/rss", most=9)
    store.feeds.land("wire", Landing(next_at=0.0, entries=(ENTRY,), arrived=("one",)))
    store.watches.add(SERVER, CHANNEL, "ferry", most=9)
    store.questions.add(SERVER, CHANNEL, "When?", told="", next_at=store.now(), most=9)
    store.outbox.commit([Order(server_id=SERVER, channel_id=CHANNEL, kind="alert", content={})], ())


def test_every_row_is_moved_and_moved_back(server: Store, file: Store, tmp_path: Path) -> None:
    there = server.fill_from(file)
    assert set(PERSONAL_TABLES) | set(SERVER_TABLES) < set(there)
    assert {table for table, rows in there.items() if not rows} == {"digest", "page"}
    assert server.see(ROBIN) == file.see(ROBIN)
    with Store.open(tmp_path / "back.sqlite3") as back:
        assert back.fill_from(server) == there
        assert back.see(ROBIN) == file.see(ROBIN)
        assert back.servers.read(SERVER).private


def test_numbers_go_on_where_they_stood(server: Store, file: Store) -> None:
    server.fill_from(file)
    (moved,) = server.watches.list_for(SERVER)
    added = server.watches.add(SERVER, CHANNEL, "lamps", most=9)
    assert added is not None
    assert added.watch_id > moved.watch_id


def test_a_store_in_use_is_not_written_over(server: Store, file: Store) -> None:
    server.watches.add(SERVER, CHANNEL, "lamps", most=9)
    with pytest.raises(StoreError, match="holds 1 rows already"):
        server.fill_from(file)
    assert [watch.query for watch in server.watches.list_for(SERVER)] == ["lamps"]


def test_what_changes_meanwhile_is_noticed_and_nothing_is_moved(
    server: Store, file: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = file._database  # noqa: SLF001  # to write between reading and counting
    scan = type(database).scan

    def interrupted(self: object, table: str) -> Iterator[object]:
        yield from scan(database, table)
        file.turns.remember(
            person_id=hash(table), channel_id=1, server_id=None, question="", subject="",
            answered=True,
        )  # fmt: skip
        del self

    monkeypatch.setattr(type(database), "scan", interrupted)
    with pytest.raises(StoreError, match="changed while it was read"):
        server.fill_from(file)
    assert server.see(ROBIN) == ()
