"""What is offered for a headline of which only a part was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.index import IndexWriter
from retrieval.index.source import TypedWord
from retrieval.index.title_completion import cut_typed
from tests.retrieval.index.library import index, make_article

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index import Snapshot

TITLES = {
    "ferry": ("Night ferry sinks off the lighthouse", "2024-01-01"),
    "orchard": ("Frost harms the orchards of the valley", "2024-02-01"),
    "ferries": ("Two ferries for the valley", "2024-03-01"),
    "cafe": ("Le café des pêcheurs ferme", "2024-04-01"),
    "repair": ("Repairing a lighthouse takes years", "2024-05-01"),
    "undated": ("Ferry tales", ""),
    "bridge": ("大桥关闭九周", "2024-01-02"),
}


@pytest.fixture
def town(tmp_path: Path) -> Snapshot:
    text = "The night ferry, the orchard and the diary of a zebra."
    return index(
        tmp_path,
        [make_article(name, title, text, day=day) for name, (title, day) in TITLES.items()],
    )


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("f", ["orchard", "undated", "cafe", "ferries", "ferry"]),
        ("ferr", ["undated", "ferries", "ferry"]),
        ("orch", ["orchard"]),
        ("ligh", ["repair", "ferry"]),
        ("caf", ["cafe"]),
        ("café", ["cafe"]),
        ("ferry ", ["undated", "ferries", "ferry"]),
        ("ferries", ["ferries", "ferry", "undated"]),
        ("repairi", ["repair"]),
        ("repairin", ["repair"]),
        ("valley fer", ["ferries"]),
        ("night ferry sinks off the l", ["ferry"]),
        ("ferry nonsuch", ["ferries", "ferry", "undated"]),
        ("大桥", ["bridge"]),
        ("大", ["bridge"]),
        ("zebr", []),  # in no title
        ("?", []),
    ],
)
def test_any_word_of_a_headline_may_be_begun(
    town: Snapshot, typed: str, offered: list[str]
) -> None:
    assert [article.id for article in town.complete_titles(typed, 10)] == offered


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ligthhouse", "repair"),
        ("orcahr", "orchard"),
        ("takse", "repair"),
        ("ligjt", "repair"),
        ("orrchard ", "orchard"),
    ],
)
def test_a_slip_is_forgiven_while_one_types(town: Snapshot, typed: str, offered: str) -> None:
    assert town.complete_titles(typed, 1)[0].id == offered


def test_what_begins_so_comes_before_what_is_newer(town: Snapshot) -> None:
    assert town.complete_titles("two f", 1)[0].id == "ferries"
    assert town.complete_titles("Night ferry sinks off the lighthouse", 1)[0].id == "ferry"


def test_titles_of_every_living_segment_are_offered(tmp_path: Path) -> None:

    index(tmp_path, [make_article("old", "Ferry sinks"), make_article("gone", "Ferry found")])
    with IndexWriter(tmp_path) as writer:
        snapshot = writer.update(add=[make_article("new", "Ferry raised")], remove=["gone"])
    assert {article.id for article in snapshot.complete_titles("fer", 5)} == {"old", "new"}


def test_only_the_last_word_is_a_beginning() -> None:
    assert cut_typed("Night fer", "en") == [TypedWord("night"), TypedWord("fer", "fer")]
    assert cut_typed("Night ferries ", "en") == [TypedWord("night"), TypedWord("ferri")]
    assert cut_typed(" ", "en") == []
