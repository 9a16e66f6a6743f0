from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.model import Filters, Span, Window
from retrieval.text.analysis import analyse
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

LONG = "The council met on Tuesday and spoke of parks, schools and drains for three hours. " * 8
BUDGET = f"{LONG}\n\nThe night ferry gets new engines. {LONG}"
CHOIR = "A choir sang on the ferry by night."
OLD, NEW = "2020-01-01", "2024-05-04"


@pytest.fixture
def town(tmp_path: Path) -> Snapshot:
    return index(
        tmp_path,
        [
            make_article("a", "Ferry sinks", "The night ferry sank off the lighthouse.", day=OLD),
            make_article("b", "Budget", BUDGET, day=NEW, outlet="The Quay", topics=("City",)),
            make_article("c", "Choir sings", CHOIR, day="2024-05-03", outlet="The Quay"),
            make_article("d", "Undated", "The night ferry again."),
        ],
    )  # fmt: skip


def test_a_snapshot_knows_what_it_holds(town: Snapshot) -> None:
    assert len(town) == 4
    assert town.passages == 6
    assert town.span == Span(4, date(2020, 1, 1), date(2024, 5, 4))
    assert dict(town.outlets) == {"The Quay": 2}
    assert dict(town.topics) == {"City": 1}
    assert [article.id for article in town.articles()] == ["a", "b", "c", "d"]
    may = Window(date(2024, 5, 1))
    assert [article.id for article in town.articles_between(may)] == ["c", "b"]
    assert town.count_outlets(may) == {"The Quay": 2}
    assert town.holds_any(may)
    assert not town.holds_any(Window(date(2024, 6, 1)))
    assert town.idf("ferri") < town.idf("choir") < town.idf("unheardof")
    assert town.article("c").title == "Choir sings"
    with pytest.raises(KeyError):
        town.article("e")


def test_the_title_and_closeness_decide(town: Snapshot) -> None:
    assert found_ids(town, "choir ferry")[0] == "c"
    assert found_ids(town, "ferry sinks")[0] == "a"


def test_news_comes_first_on_its_day_and_not_long_after(town: Snapshot) -> None:
    query = "night ferry"
    assert found_ids(town, query, as_of=date(2024, 5, 5)).index("c") < found_ids(
        town, query, as_of=date(2024, 5, 5)
    ).index("a")
    scores = [{h.article.id: h.score for h in town.search(query, as_of=day).hits}
              for day in (None, date(2034, 1, 1))]  # fmt: skip
    assert scores[0] == pytest.approx(scores[1], rel=1e-2)


def test_what_was_not_yet_known_comes_last(town: Snapshot) -> None:
    assert found_ids(town, "night ferry", as_of=date(2020, 1, 2))[0] == "a"


def test_hits_name_their_best_passage_first(town: Snapshot) -> None:
    [hit] = town.search("engines").hits
    best = hit.passages[0]
    assert "new engines" in hit.article.text[best.start : best.end]
    assert [p.score for p in hit.passages] == sorted((p.score for p in hit.passages), reverse=True)
    assert all(passage.score > 0 for passage in hit.passages)


def test_sorting_by_time_keeps_to_what_is_good(town: Snapshot) -> None:
    assert found_ids(town, "night ferry", sort="newest") == ["b", "c", "a", "d"]
    assert found_ids(town, "night ferry", sort="oldest") == ["a", "c", "b", "d"]
    assert found_ids(town, "", sort="oldest", limit=2) == ["a", "c"]
    assert found_ids(town, "") == ["b", "c", "a", "d"]


@pytest.mark.parametrize(
    "query",
    ["the of and", "night " * 10_000, " ".join(f"word{n}" for n in range(10_000)) + " ferry",
     'a "lone quote', "-", "\x00\ud800", "🦊", '""', "title:", "ferry" * 1000],
)  # fmt: skip
def test_no_query_is_too_odd(town: Snapshot, query: str) -> None:
    ranking = town.search(query)
    assert ranking.query == query
    assert ranking.total >= len(ranking.hits)


def test_scores_fall_and_ties_go_by_id(tmp_path: Path) -> None:
    snapshot = index(tmp_path, [make_article(f"{n:02}", "", "same words") for n in range(30)])
    assert found_ids(snapshot, "words", limit=30) == [f"{n:02}" for n in range(30)]
    scores = [hit.score for hit in snapshot.search(" ".join(WORDS)).hits]
    assert scores == sorted(scores, reverse=True)


def test_an_empty_index_answers(tmp_path: Path) -> None:
    empty = index(tmp_path, [])
    assert len(empty) == 0
    assert empty.search("ferry").hits == ()
    assert empty.search("").total == 0
    assert empty.span == Span(0, None, None)


def test_threads_find_what_one_finds(tmp_path: Path) -> None:
    snapshot = index(tmp_path, make_random_articles(300))
    queries = [" ".join(WORDS[n : n + 3]) for n in range(12)] * 4
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda query: found_ids(snapshot, query), queries))
    assert together == [found_ids(snapshot, query) for query in queries]


def test_a_wire_text_is_shown_three_times_and_then_something_else(tmp_path: Path) -> None:
    wire = "The night ferry sank off the lighthouse and nobody was hurt. " * 3
    copies = [make_article(f"copy{n}", "Ferry sinks at night", wire) for n in range(6)]
    other = make_article("other", "A quiet week", "Weeks after the night ferry sank, a choir sang.")
    found = found_ids(index(tmp_path, [*copies, other]), "night ferry sinks")
    assert found == ["copy0", "copy1", "copy2", "other", "copy3", "copy4", "copy5"]


def test_a_long_list_begins_like_a_short_one(tmp_path: Path) -> None:
    snapshot = index(tmp_path, make_random_articles(300, seed=3))
    for at in range(8):
        query = " ".join(WORDS[at : at + 4])
        hits = snapshot.search(query, limit=200).hits
        assert hits[:10] == snapshot.search(query, limit=10).hits
        assert [hit.score for hit in hits] == sorted((h.score for h in hits), reverse=True)
        assert len(hits) == 200


def test_the_nearest_are_those_in_which_the_terms_weigh_most(tmp_path: Path) -> None:
    snapshot = index(tmp_path, make_random_articles(80))
    terms = analyse("lighthouse orchard")
    nearest = [article.id for article in snapshot.nearest(terms, limit=80)]
    weight = {
        article.id: sum(
            snapshot.idf(term) * column.look_up(np.array([number], np.uint32))[0]
            for segment in snapshot.segments
            for term in terms
            if (column := segment.column_of(term))
        )
        for number, article in enumerate(snapshot.articles())
    }
    assert [weight[one] for one in nearest] == pytest.approx(
        sorted((w for w in weight.values() if w), reverse=True), rel=1e-3
    )
    assert snapshot.nearest(terms, limit=3) == [snapshot.article(one) for one in nearest[:3]]


def test_the_nearest_keep_to_days_and_leave_out_who_asks(town: Snapshot) -> None:
    all_days = town.nearest(analyse("the night ferry"), exclude=frozenset({"b"}))
    assert [article.id for article in all_days] == ["a", "d", "c"]
    window = Filters(window=Window(since=date.fromisoformat(NEW)))
    assert [one.id for one in town.nearest(analyse("ferry"), filters=window)] == ["b"]
    assert town.nearest([]) == []


def test_an_article_read_lately_is_not_read_again(town: Snapshot) -> None:
    assert town.article("a") is town.article("a")
