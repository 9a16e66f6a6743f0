"""The kinds of index that the contract tests run over; the engine's node serves a whole run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from retrieval.index import FolderIndex
from tests.support.cluster import missing, open_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from retrieval.index import Index
    from retrieval.index.opensearch import EngineAddress
    from tests.support.cluster import Cluster


class MakeIndex(Protocol):
    """Makes an index of this name that nobody else in the test has."""

    def __call__(self, name: str) -> Index: ...


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One node of OpenSearch; where none can be had the test skips."""
    pytest.importorskip("opensearchpy", reason="clippings[opensearch] is not installed")
    if reason := missing():
        pytest.skip(reason)
    with open_cluster(tmp_path_factory.mktemp("node")) as cluster:
        yield cluster


@pytest.fixture
def address(node: Cluster) -> EngineAddress:
    """Where the node is asked; nothing is hurried, for the machine may be busy."""
    from retrieval.index.opensearch import EngineAddress  # noqa: PLC0415  # not installed everywhere

    return EngineAddress(hosts=node.addresses, seconds=20.0)


@pytest.fixture(params=["embedded", "opensearch"])
def make_index(request: pytest.FixtureRequest, tmp_path: Path) -> MakeIndex:
    """Make indices of one kind after the other."""
    if request.param == "embedded":
        return lambda name: FolderIndex(tmp_path / name)
    from retrieval.index.opensearch import EngineIndex  # noqa: PLC0415  # not installed everywhere

    found: EngineAddress = request.getfixturevalue("address")
    own = f"t{abs(hash(request.node.nodeid)) % 10**9}"
    return lambda name: EngineIndex(found, f"{own}-{name}", tmp_path / name, shards=3)
