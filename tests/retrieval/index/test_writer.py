from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from retrieval.errors import IndexDamaged, IndexLocked, IndexOutdated
from retrieval.index import IndexWriter, check_index, open_snapshot
from tests.retrieval.index.library import (
    WORDS,
    found_ids,
    index,
    make_article,
    make_random_articles,
)

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index import Snapshot

QUERIES = [" ".join(WORDS[n : n + 4]) for n in range(10)]


def rankings(snapshot: Snapshot) -> list[list[tuple[str, float]]]:
    return [[(h.article.id, h.score) for h in snapshot.search(q).hits] for q in QUERIES]


def test_an_index_outlives_its_writer(tmp_path: Path) -> None:
    index(tmp_path, [make_article("1", "Ferry", "It sank.")])
    assert found_ids(open_snapshot(tmp_path), "ferry") == ["1"]


def test_a_changed_article_replaces_the_old_one_and_a_removed_one_is_gone(tmp_path: Path) -> None:
    articles = make_random_articles(50)
    first = index(tmp_path, articles)
    with IndexWriter(tmp_path) as writer:
        changed = make_article(articles[0].id, "Zeppelin", "A zeppelin landed.")
        second = writer.update(add=[changed], remove=[articles[1].id, "never there"])
    assert len(second) == 49
    assert found_ids(second, "zeppelin") == [articles[0].id]
    assert second.article(articles[0].id) == changed
    with pytest.raises(KeyError):
        second.article(articles[1].id)
    assert first.article(articles[1].id) == articles[1]  # an open snapshot stays as it was
    assert found_ids(first, "zeppelin") == []


def test_many_small_updates_rank_as_one_build(tmp_path: Path) -> None:
    articles = make_random_articles(130, seed=1)
    whole = index(tmp_path / "whole", articles[:100])
    with IndexWriter(tmp_path / "parts") as writer:
        writer.update(add=articles)
        writer.update(add=[], remove=[article.id for article in articles[100:]])
        writer.clear()
        writer.update(add=articles[:70])
        for at in range(70, 100, 3):
            parts = writer.update(add=articles[at : at + 3])
    assert len(parts.segments) < 9
    assert [a.id for a in parts.articles()] == [a.id for a in whole.articles()]
    assert parts.idf("harbour") == pytest.approx(whole.idf("harbour"))
    for found, expected in zip(rankings(parts), rankings(whole), strict=True):
        assert [article_id for article_id, _ in found[:3]] == [one for one, _ in expected[:3]]


def test_merging_changes_no_score(tmp_path: Path) -> None:
    articles = make_random_articles(120, seed=2)
    with IndexWriter(tmp_path) as writer:
        writer.update(add=articles[:100])
        for article in articles[100:107]:
            before = writer.update(add=[article])
        before = writer.update(add=[], remove=[articles[3].id, articles[101].id])
        assert len(before.segments) > 3
        expected = rankings(before)
        writer.update(add=articles[107:109])
        after = writer.update(add=[], remove=[a.id for a in articles[107:109]])
    for _ in range(2):
        assert rankings(after) == expected
        after = open_snapshot(tmp_path)
    check_index(tmp_path)


def test_the_number_of_segments_stays_small(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as writer:
        writer.update(add=make_random_articles(20))
        for number in range(30):
            snapshot = writer.update(add=[make_article(f"n{number}", "", "ferry")])
    assert len(snapshot.segments) < 2 * 8
    assert len(found_ids(snapshot, "ferry", limit=200)) >= 30


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with IndexWriter(tmp_path), pytest.raises(IndexLocked, match="another process"):
        IndexWriter(tmp_path)
    with IndexWriter(tmp_path):
        pass  # the lock goes with its holder


def test_clearing_starts_again(tmp_path: Path) -> None:
    old = index(tmp_path, make_random_articles(5))
    with IndexWriter(tmp_path) as writer:
        writer.clear()
        assert len(open_snapshot(tmp_path)) == 0
        new = writer.update(add=make_random_articles(5))
    assert (len(new), new.version != old.version) == (5, True)


def test_a_folder_without_an_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="no index yet"):
        open_snapshot(tmp_path)


@pytest.mark.parametrize("how", ["cut", "missing", "changed", "swapped"])
def test_a_damaged_file_is_noticed(tmp_path: Path, how: str) -> None:
    index(tmp_path, make_random_articles(60))
    [segment] = [path for path in tmp_path.iterdir() if path.is_dir()]
    for path in sorted(segment.iterdir()):
        whole = path.read_bytes()
        if how == "cut":
            path.write_bytes(whole[:-3])
        elif how == "missing":
            path.unlink()
        elif how == "changed":
            path.write_bytes(whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:])
        else:
            path.write_bytes(b"\x00" * len(whole))
        with pytest.raises(IndexDamaged, match=path.name):
            open_snapshot(tmp_path)
        path.write_bytes(whole)
    assert len(open_snapshot(tmp_path)) == 60


def test_a_manifest_that_is_not_ours_is_noticed(tmp_path: Path) -> None:
    index(tmp_path, make_random_articles(3))
    manifest = tmp_path / "manifest.json"
    written = json.loads(manifest.read_text())
    for other in (
        {"format": [0, {}]},
        {"index": {**written["index"], "version": 99}},
        {"index": 3},
    ):
        manifest.write_text(json.dumps(written | other))
        with pytest.raises(IndexOutdated if "format" in other else IndexDamaged):
            open_snapshot(tmp_path)
    manifest.write_text("{")
    with pytest.raises(IndexDamaged):
        open_snapshot(tmp_path)
