"""An index in a real engine when something goes wrong: right, or one line that says what."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pytest

from retrieval.coverage import Coverage
from retrieval.errors import IndexLocked, IndexMoved, IndexOutdated, StorageError
from retrieval.index.opensearch import EngineAddress, EngineIndex
from retrieval.index.opensearch.engine import EngineClient
from tests.retrieval.index.library import make_article, make_random_articles

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index import Snapshot
    from retrieval.model import Article
    from tests.support.cluster import Cluster

TOWN = make_random_articles(40)
NEW = make_article("new", "Harbour bridge", "The harbour bridge is open.")


def send(node: Cluster, method: str, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401  # JSON
    """Do to the engine what nobody here would."""
    request = Request(  # noqa: S310  # loopback
        f"{node.addresses[0]}{path}",
        json.dumps(body).encode() if body is not None else None,
        {"Content-Type": "application/json"},
        method=method,
    )
    with urlopen(request, timeout=30) as reply:  # noqa: S310  # loopback
        return json.load(reply)


@pytest.fixture
def index(address: EngineAddress, tmp_path: Path, request: pytest.FixtureRequest) -> EngineIndex:
    name = f"f{abs(hash(request.node.nodeid)) % 10**9}"
    index = EngineIndex(address, name, tmp_path / "lock", shards=3)
    with index.writer() as writer:
        writer.update(add=TOWN).close()
    return index


def rank(snapshot: Snapshot) -> list[tuple[str, float]]:
    return [(hit.article.id, hit.score) for hit in snapshot.search("harbour bridge ferry").hits]


def test_a_lost_moment_is_opened_anew_while_its_version_stands(
    index: EngineIndex, node: Cluster
) -> None:
    town = index.open()
    before = rank(town)
    send(node, "DELETE", "/_search/point_in_time/_all")
    assert rank(town) == before


def test_a_lost_moment_of_an_older_version_says_so_and_coverage_goes_on(
    index: EngineIndex, node: Cluster, tmp_path: Path
) -> None:
    coverage = Coverage((), tmp_path, index.open(), index=index)
    with index.writer() as writer:
        writer.update(add=[NEW])
    old = coverage.snapshot
    send(node, "DELETE", "/_search/point_in_time/_all")
    for _ in range(2):
        with pytest.raises(IndexMoved):
            old.search("harbour")
    assert "new" in {hit.article.id for hit in coverage.search("harbour bridge", limit=50).hits}


def test_coverage_goes_on_where_what_it_searched_was_replaced_twice(
    index: EngineIndex, tmp_path: Path
) -> None:
    coverage = Coverage((), tmp_path, index.open(), index=index)
    for _ in range(2):
        with index.writer() as writer:
            writer.clear()
            writer.update(add=[*TOWN, NEW])
    assert "new" in {hit.article.id for hit in coverage.search("harbour bridge", limit=50).hits}


def test_a_view_that_goes_on_still_hides_what_it_hid(
    index: EngineIndex, node: Cluster, tmp_path: Path
) -> None:
    hidden = make_article("hidden", "Harbour bridge", "The harbour bridge is shut.")
    with index.writer() as writer:
        writer.update(add=[_of_feed(hidden, "south"), _of_feed(NEW, "north")])
    coverage = Coverage((), tmp_path, index.open(), index=index)
    view = coverage.visible_to(frozenset({"", "north"}))
    with index.writer() as writer:
        writer.update(add=[make_article("later", "Harbour", "The harbour bridge again.")])
    send(node, "DELETE", "/_search/point_in_time/_all")
    found = {hit.article.id for hit in view.search("harbour bridge", limit=100).hits}
    assert {"new", "later"} <= found
    assert "hidden" not in found


def _of_feed(article: Article, feed: str) -> Article:
    return replace(article, feed=feed)


def test_a_shard_that_nobody_holds_is_no_half_answer(index: EngineIndex, node: Cluster) -> None:
    """The version that was opened is still whole; no new one can be had."""
    town = index.open()
    before = rank(town)
    name = town.version.split(".", maxsplit=1)[0]
    rule = {"index.routing.allocation.require._name": "nobody"}
    send(node, "PUT", f"/{name}/_settings", rule)
    cancel = {"index": name, "shard": 0, "node": "node0", "allow_primary": True}
    send(node, "POST", "/_cluster/reroute", {"commands": [{"cancel": cancel}]})
    with pytest.raises(StorageError) as told:
        index.open()
    assert "\n" not in str(told.value)
    assert rank(town) == before


class CutOff(BaseException):
    """The process is gone, in the middle of whatever it did."""


def test_an_update_cut_off_anywhere_is_landed_or_as_if_it_had_not_been(
    index: EngineIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each request in turn: whoever writes next mends it, and the counts are right."""
    real = EngineClient.call
    left = 0

    def call(self: EngineClient, *args: Any, **named: Any) -> Any:  # noqa: ANN401  # as it is called
        nonlocal left
        left -= 1
        if left < 0:
            raise CutOff
        return real(self, *args, **named)

    for after in range(1, 9):
        changed = make_article("a00003", f"Harbour {after}", "The ferry is late again.")
        left = after
        monkeypatch.setattr(EngineClient, "call", call)
        with index.writer() as writer, pytest.raises(CutOff):
            writer.update(add=[changed], remove=[f"a000{after + 10}"])
        monkeypatch.setattr(EngineClient, "call", real)
        index.mend()
        town = index.open()
        gone = f"a000{after + 10}" not in {article.id for article in town.articles()}
        assert gone == (town.article("a00003").title == f"Harbour {after}"), after
        index.verify()


def test_two_machines_do_not_write_at_once(
    index: EngineIndex, address: EngineAddress, tmp_path: Path
) -> None:
    other = EngineIndex(address, str(index).rsplit(" ", 1)[1], tmp_path / "elsewhere", 3)
    standing = other._generations.find()  # noqa: SLF001  # to stand where another machine stands
    assert standing is not None
    landing, place = standing.book.read_landing()
    with index.writer() as writer:
        writer.update(add=[NEW])
    with pytest.raises(IndexLocked, match="another process"):
        standing.book.land(landing, place, {})
    assert len(index.open()) == len(TOWN) + 1


def test_on_one_machine_the_lock_says_so_at_once(index: EngineIndex) -> None:
    with index.writer(), pytest.raises(IndexLocked):
        index.writer()


def test_another_version_of_the_program_is_told_and_built_over(
    index: EngineIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.index.opensearch.book.mark_version", lambda: "another")
    with pytest.raises(IndexOutdated, match="another version"):
        index.open()
    monkeypatch.setattr("retrieval.index.opensearch.engine_writer.mark_version", lambda: "another")
    with index.writer() as writer:
        writer.clear()
        assert len(writer.update(add=[NEW])) == 1


def test_what_the_engine_refuses_leaves_the_index_as_it_was(index: EngineIndex) -> None:
    before = rank(index.open())
    odd = _of_feed(NEW, "f" * 40_000)
    with index.writer() as writer, pytest.raises(StorageError, match="1 articles refused, new"):
        writer.update(add=[odd])
    index.mend()
    assert rank(index.open()) == before
    index.verify()


def test_a_foreign_index_of_that_name_is_told(
    address: EngineAddress, node: Cluster, tmp_path: Path
) -> None:
    send(node, "PUT", "/foreign-1", {"aliases": {"foreign": {}}})
    with pytest.raises(StorageError) as told:
        EngineIndex(address, "foreign", tmp_path).open()
    assert "\n" not in str(told.value)


def test_an_index_is_handed_to_another_process(index: EngineIndex) -> None:
    assert rank(pickle.loads(pickle.dumps(index)).open()) == rank(index.open())  # noqa: S301  # our own


def test_an_old_generation_goes_when_a_new_one_replaced_the_next(
    index: EngineIndex, node: Cluster
) -> None:
    for _ in range(2):
        with index.writer() as writer:
            writer.clear()
            writer.update(add=TOWN)
    name = str(index).rsplit(" ", 1)[1]
    held = send(node, "GET", f"/_cat/indices/{name}-*?format=json&h=index")
    assert sorted(row["index"] for row in held) == [
        f"{name}-{number}{book}" for number in (2, 3) for book in ("", "-book")
    ]


def test_many_updates_are_joined_into_one_base(index: EngineIndex) -> None:
    for number in range(55):
        with index.writer() as writer:
            writer.update(add=[make_article("again", f"Ferry {number}", "The ferry sails.")])
    index.verify()
    town = index.open()
    assert town.article("again").title == "Ferry 54"
    assert town.source.frequency("54") == 1
    assert town.source.frequency("53") == 0
