from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from retrieval.model import Filters, Window
from tests.retrieval.index.library import found_ids, index, make_article

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index import Snapshot


@pytest.fixture
def town(tmp_path: Path) -> Snapshot:
    """Five articles that hold the word bridge."""
    return index(
        tmp_path,
        [
            make_article("1", "Harbour bridge closed", "Cracks in the bridge.", day="2024-05-04",
                         outlet="The Quay", topics=("Transport", "City")),
            make_article("2", "Mayor speaks", "The harbour has a new bridge.", day="2024-05-05",
                         outlet="Radio Fjord", topics=("City",)),
            make_article("3", "Bridge of the harbour", "Nothing else.", day="2024-05-06T23:59",
                         outlet="the quay"),
            make_article("4", "Brücke", "Die bridge im Hafen.", language="de"),
            make_article("5", "Choir", "They sang on the bridge. Harbour lights shone."),
        ],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(outlet="THE QUAY"), {"1", "3"}),
        (Filters(outlet="Quay"), set()),
        (Filters(topic="city"), {"1", "2"}),
        (Filters(language="de"), {"4"}),
        (Filters(window=Window(date(2024, 5, 5), date(2024, 5, 6))), {"2", "3"}),
        (Filters(window=Window(until=date(2024, 5, 4))), {"1"}),
        (Filters(window=Window()), {"1", "2", "3"}),
        (Filters(outlet="the quay", topic="City"), {"1"}),
    ],
)
def test_filters_are_exact(town: Snapshot, filters: Filters, expected: set[str]) -> None:
    assert set(found_ids(town, "bridge", filters=filters)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"harbour bridge"', {"1"}),
        ('"bridge closed cracks"', set("12345")),  # nowhere: its words do
        ('"nothing else" bridge', {"3"}),
        ("bridge -harbour", {"4"}),
        ('bridge -"harbour bridge"', {"2", "3", "4", "5"}),
        ("title:bridge", {"1", "3"}),
        ("outlet:quay bridge", {"1", "3"}),
        ('outlet:"radio fjord" bridge', {"2"}),
        ("bridge -unheardof", set("12345")),
        ("title:unheardof bridge", set()),
    ],
)
def test_syntax_narrows(town: Snapshot, query: str, expected: set[str]) -> None:
    assert set(found_ids(town, query)) == expected


def test_k_results_wherever_k_exist(tmp_path: Path) -> None:
    articles = [
        make_article(f"{n:04}", "", "bridge " * (1 + n % 7), outlet="rare" if n % 40 == 0 else "x")
        for n in range(2000)
    ]
    snapshot = index(tmp_path, articles)
    assert len(found_ids(snapshot, "bridge", filters=Filters(outlet="rare"), limit=50)) == 50


def test_what_is_excluded_by_id_is_not_found(town: Snapshot) -> None:
    assert set(found_ids(town, "bridge", exclude=frozenset({"1", "2", "none"}))) == {"3", "4", "5"}
