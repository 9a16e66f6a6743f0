"""One search from words to hits: candidates of two kinds, ties, sorting, and what fills a list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retrieval.model import Filters
from tests.retrieval.index.library import found_ids, index, make_article

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = date(2024, 6, 1)
TEXT = "The night ferry sank off the lighthouse. The mayor wept."


def test_ties_go_by_id_whatever_the_segments(tmp_path: Path) -> None:
    town = index(tmp_path, [make_article(name, "Ferry", TEXT) for name in ("c", "a", "b")])
    assert found_ids(town, "ferry") == ["a", "b", "c"]


def test_what_is_fresh_leads_where_a_day_counts_as_today(tmp_path: Path) -> None:
    old = make_article("a", "Ferry", TEXT, day="2021-01-01")
    new = make_article("b", "Ferry", TEXT, day="2024-05-31")
    town = index(tmp_path, [old, new])
    assert found_ids(town, "ferry") == ["a", "b"]
    assert found_ids(town, "ferry", as_of=AS_OF) == ["b", "a"]


def test_a_long_list_begins_as_a_short_one_does(tmp_path: Path) -> None:
    articles = [
        make_article(f"a{n:03}", f"Ferry {n}", TEXT + " ferry" * (n % 7)) for n in range(90)
    ]
    town = index(tmp_path, articles)
    assert found_ids(town, "ferry", limit=90)[:5] == found_ids(town, "ferry", limit=5)
    assert len(found_ids(town, "ferry", limit=90)) == 90


def test_where_no_article_holds_a_phrase_its_words_will_do(tmp_path: Path) -> None:
    town = index(
        tmp_path, [make_article("a", "Ferry", TEXT), make_article("b", "Choir", "A song.")]
    )
    assert found_ids(town, '"lighthouse ferry"') == ["a"]
    assert found_ids(town, '"night ferry"') == ["a"]


def test_a_search_of_no_words_lists_by_time(tmp_path: Path) -> None:
    days = {"a": "2024-01-01", "b": "", "c": "2024-03-01"}
    town = index(
        tmp_path, [make_article(name, "Note", TEXT, day=day) for name, day in days.items()]
    )
    assert found_ids(town, "") == ["c", "a", "b"]
    assert found_ids(town, "", sort="oldest") == ["a", "c", "b"]
    assert found_ids(town, "", filters=Filters(undated=True)) == ["b"]


def test_the_passages_of_a_hit_are_the_best_first(tmp_path: Path) -> None:
    filler = "The council spoke of parks and drains for three hours without an end. " * 12
    town = index(tmp_path, [make_article("a", "Budget", f"{filler}\n\n{TEXT}\n\n{filler}")])
    (hit,) = town.search("night ferry lighthouse").hits
    best = hit.passages[0]
    assert "night ferry" in hit.article.text[best.start : best.end]
    assert [p.score for p in hit.passages] == sorted((p.score for p in hit.passages), reverse=True)
