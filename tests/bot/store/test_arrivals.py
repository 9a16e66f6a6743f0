"""Notes of new articles: each whole, taken once, and harmless when taken again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store.arrivals import note_added, take_added

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.store import Store


def test_what_was_noted_arrives_once(open_store: Callable[..., Store], tmp_path: Path) -> None:
    folder = tmp_path / "added"
    with open_store() as store:
        assert take_added(folder, store.feeds) == 0
        note_added(folder, ["a", "b"])
        note_added(folder, ["b", "c"])
        assert take_added(folder, store.feeds) == 4
        assert sorted((feed, key) for feed, key, _ in store.feeds.read_arrivals(9)) == [
            ("", "a"), ("", "b"), ("", "c"),
        ]  # fmt: skip
        assert take_added(folder, store.feeds) == 0


def test_a_note_that_is_not_whole_is_none(open_store: Callable[..., Store], tmp_path: Path) -> None:
    (tmp_path / "x.partial").write_text("a", encoding="utf-8")
    with open_store() as store:
        assert take_added(tmp_path, store.feeds) == 0


def test_nothing_new_makes_no_note(tmp_path: Path) -> None:
    note_added(tmp_path / "added", [])
    assert not (tmp_path / "added").exists()
