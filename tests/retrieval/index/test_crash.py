"""Killed or out of space at any moment, the index is the old or the new one, whole."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import time
from typing import TYPE_CHECKING

import pytest

from retrieval.errors import StorageError
from retrieval.index import IndexWriter, check_index, open_snapshot
from tests.retrieval.index.library import index, make_article, make_random_articles

if TYPE_CHECKING:
    from pathlib import Path

KILLS = 200
SENTINEL = "marker"


def write_for_ever(folder: Path, started_at: int) -> None:
    """Land generation after generation: each replaces one article and adds another."""
    for generation in range(started_at, started_at + 10_000):
        with IndexWriter(folder) as writer:
            writer.update(
                add=[make_article(SENTINEL, f"Generation {generation}", "The tide turned."),
                     make_article(f"g{generation:06}", "", "A gull.")],
                remove=[f"g{generation - 5:06}"],
            )  # fmt: skip


def generation_of(folder: Path) -> int:
    """Check that the whole of one generation is there, and no part of another."""
    check_index(folder)
    snapshot = open_snapshot(folder)
    generation = int(snapshot.article(SENTINEL).title.split()[1])
    gulls = [article.id for article in snapshot.articles() if article.id.startswith("g")]
    assert gulls == [f"g{n:06}" for n in range(max(generation - 4, 1), generation + 1)]
    return generation


def test_a_writer_killed_two_hundred_times(tmp_path: Path) -> None:
    chance = random.Random(11)  # noqa: S311  # moments to kill at, not secrets
    index(tmp_path, [make_article(SENTINEL, "Generation 0"), *make_random_articles(30)])
    fork = multiprocessing.get_context("fork")
    landed = 0
    for _ in range(KILLS):
        child = fork.Process(target=write_for_ever, args=(tmp_path, landed + 1), daemon=True)
        child.start()
        time.sleep(chance.uniform(0.0, 0.12))
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        generation = generation_of(tmp_path)
        assert generation >= landed
        landed = generation
    assert landed > 0


def test_a_full_disk_leaves_the_old_index(tmp_path: Path) -> None:
    before = index(tmp_path, make_random_articles(10))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(
        signal.SIGXFSZ, signal.SIG_IGN
    )  # so that a write fails as on a full disk
    try:
        for limit in (100, 5_000, 60_000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            with IndexWriter(tmp_path) as writer, pytest.raises(StorageError, match="as it was"):
                writer.update(add=make_random_articles(2_000, seed=9))
            assert open_snapshot(tmp_path).version == before.version
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    check_index(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == [
        segment.name for segment in before.segments
    ]


def test_readers_read_on_while_a_writer_writes(tmp_path: Path) -> None:
    index(tmp_path, [make_article(SENTINEL, "Generation 0")])
    fork = multiprocessing.get_context("fork")
    child = fork.Process(target=write_for_ever, args=(tmp_path, 1), daemon=True)
    child.start()
    seen, until = set(), time.monotonic() + 1.5
    while time.monotonic() < until:
        snapshot = open_snapshot(tmp_path)
        generation = snapshot.article(SENTINEL).title.split()[1]
        assert snapshot.search(f"generation {generation}").hits[0].article.id == SENTINEL
        seen.add(generation)
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join()
    assert len(seen) > 1
