"""`status`: how everything stands, and nothing is written for it."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.store import Store
from tests.bot.cli.conftest import assert_one_line

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.bot.cli.conftest import Command

ADDRESS = "https://news.example/feed.xml?key=hush"


def test_a_program_is_told_of_coverage_feeds_and_store(
    clippings: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIPPINGS_STORE__PATH", str(tmp_path / "store.sqlite3"))
    with Store.open(tmp_path / "store.sqlite3") as store:
        store.feeds.add("f1", ADDRESS, name="Example", shared=True)
        store.back_up_daily()
    clippings.on_news("index")
    document = clippings.on_news("status", "--json").document
    assert document["version"] == version("clippings")
    assert document["coverage"]["articles"] == 2
    assert document["coverage"]["newest"] == "2024-05-12"
    assert document["coverage"]["newest_article"]["outlet"] == "The Lighthouse"
    (feed,) = document["feeds"]
    assert feed["name"] == "Example"
    assert {"succeeded_at", "failed_at", "next_at"} <= set(feed)
    assert "hush" not in str(document)
    assert document["store"]["copies"] == 1
    assert document["store"]["problem"] is None


def test_a_person_is_told_the_same(clippings: Command) -> None:
    clippings.on_news("index")
    told = clippings.on_news("status").out
    assert "2 articles of 2 outlets" in told
    assert "Hill School wins the island prize" in told


def test_it_writes_nothing(
    clippings: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    outcome = clippings.on_news("status", "--json")
    assert outcome.code == 1
    assert "no index yet" in outcome.document["coverage"]["problem"]
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_none_is_a_problem_and_no_traceback(
    clippings: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clippings.on_news("index")
    (tmp_path / "store.sqlite3").write_bytes(b"garbage " * 4000)
    monkeypatch.setenv("CLIPPINGS_STORE__PATH", str(tmp_path / "store.sqlite3"))
    outcome = clippings.on_news("status", "--json")
    assert outcome.code == 1
    assert "store.sqlite3" in outcome.document["store"]["problem"]
    assert_one_line(clippings.on_news("store", "restore"), 1, "holds no whole copy")
