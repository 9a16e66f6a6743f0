"""Three nodes of OpenSearch while one is killed or frozen: right answers or one line, in time."""

from __future__ import annotations

import json
import signal
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from retrieval.coverage import Coverage
from retrieval.errors import StorageError
from retrieval.index import FolderIndex
from retrieval.index.opensearch import EngineAddress, EngineIndex
from tests.retrieval.index.library import WORDS, make_article, make_random_articles
from tests.support.cluster import missing, open_cluster, wait_until_green

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.cluster import Cluster, EngineNode

pytestmark = pytest.mark.soak

LOOKED_AT = 25.0  # seconds after a fault
ANSWERED_WITHIN = 3.0
QUERIES = [" ".join(WORDS[at : at + 3]) for at in range(12)]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if reason := missing():
        pytest.skip(reason)
    with open_cluster(tmp_path_factory.mktemp("nodes"), 3) as cluster:
        yield cluster


@dataclass
class Watched:
    """What searches gave while something was wrong."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    slowest: float = 0.0


def watch(coverage: Coverage, expected: Coverage, seconds: float) -> Watched:
    """Search again and again, and hold what comes against what is right."""
    seen, end, turn = Watched(), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        query = QUERIES[turn % len(QUERIES)]
        turn += 1
        started = time.monotonic()
        try:
            found = coverage.search(query, limit=20)
        except StorageError as error:
            seen.lines.append(str(error))
        else:
            if found == expected.search(query, limit=20):
                seen.right += 1
            else:
                seen.wrong.append(query)
        seen.slowest = max(seen.slowest, time.monotonic() - started)
    return seen


class Writing:
    """An index that gets one article after the other until it is told to stop."""

    def __init__(self, index: EngineIndex) -> None:
        self.index, self.landed = index, list[str]()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._write)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def _write(self) -> None:
        number = 0
        while not self._over.is_set():
            number += 1
            new = make_article(f"new{number}", f"Ferry {number}", "The ferry sails.")
            try:
                with self.index.writer() as writer:
                    writer.update(add=[new]).close()
            except StorageError:
                continue
            self.landed.append(new.id)


def find_manager(cluster: Cluster) -> EngineNode:
    address = f"{cluster.addresses[0]}/_cat/cluster_manager?format=json"
    with urlopen(address, timeout=30) as reply:  # noqa: S310  # loopback
        (row,) = json.load(reply)
    return next(node for node in cluster.nodes if node.name == row["node"])


def mend(cluster: Cluster, node: EngineNode, fault: signal.Signals) -> None:
    if fault is signal.SIGKILL:
        node.start()
        node.wait()
    else:
        node.send(signal.SIGCONT)
    other = next(one for one in cluster.nodes if one is not node)
    wait_until_green(other.address, 3, 120)


@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP])
def test_a_manager_that_goes_costs_no_wrong_answer(
    cluster: Cluster, tmp_path: Path, fault: signal.Signals
) -> None:
    """Of articles that nobody changes meanwhile, beside an index that is written all the time."""
    hurried, patient = (EngineAddress(hosts=cluster.addresses, seconds=s) for s in (1.2, 20.0))
    articles, name = make_random_articles(300), f"fault{int(fault)}"
    for made in (EngineIndex(patient, n, tmp_path / n, 3) for n in (name, f"{name}w")):
        Coverage.of_articles(articles, tmp_path, index=made).snapshot.close()
    expected = Coverage.of_articles(articles, tmp_path, index=FolderIndex(tmp_path / "embedded"))
    read = EngineIndex(hurried, name, tmp_path / "read", 3)
    coverage = Coverage((), tmp_path, read.open(), index=read)
    writing = Writing(EngineIndex(hurried, f"{name}w", tmp_path / "written", 3))
    try:
        node = find_manager(cluster)
        node.send(fault)
        seen = watch(coverage, expected, LOOKED_AT)
        mend(cluster, node, fault)
    finally:
        writing.stop()
    writing.index.mend()
    held = {article.id for article in writing.index.open().articles()}
    print(  # noqa: T201  # the figures of a long run
        f"{fault.name}: {seen.right} right, {len(seen.lines)} lines, slowest {seen.slowest:.2f} s; "
        f"{len(writing.landed)} updates landed"
    )
    assert (seen.wrong, seen.right > 0, seen.slowest < ANSWERED_WITHIN) == ([], True, True)
    assert all("\n" not in line for line in seen.lines)
    assert set(writing.landed) <= held
    writing.index.verify()
