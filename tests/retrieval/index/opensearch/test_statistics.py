"""Counts that changes keep up with, of all articles and of those of some feeds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.opensearch.statistics import (
    Base,
    ByFeed,
    Statistics,
    add_all,
    add_counts,
    count_article,
)
from tests.retrieval.index.library import make_article

FEEDS = ["", "north", "south"]
ARTICLES = st.lists(
    st.tuples(st.sampled_from(FEEDS), st.sets(st.sampled_from("abcdef"))), max_size=8
)


def count(articles: list[tuple[str, set[str]]]) -> ByFeed:
    counts: ByFeed = {}
    for feed, terms in articles:
        article = make_article("x", outlet=f"The {feed}", topics=("news",))
        add_counts(counts, feed, count_article(article, terms, 2), 1)
    return counts


@given(before=ARTICLES, added=ARTICLES)
def test_changes_come_to_what_counting_anew_gives(
    before: list[tuple[str, set[str]]], added: list[tuple[str, set[str]]]
) -> None:
    kept, gone = before[::2], before[1::2]
    changes = count(added)
    for feed, counts in count(gone).items():
        add_counts(changes, feed, counts, -1)
    changed = Statistics(Base(1, count(before)), changes)
    anew = Statistics(Base(2, count([*kept, *added])))
    for one, other in [(changed, anew)] + [
        (changed.restricted(frozenset(feeds)), anew.restricted(frozenset(feeds)))
        for feeds in ({""}, {"north"}, {"", "south"}, set(FEEDS))
    ]:
        assert [one.frequency(term) for term in "abcdef"] == [
            other.frequency(term) for term in "abcdef"
        ]
        assert one.number("articles") == other.number("articles")
        assert one.number("undated") == other.number("undated")
        assert one.count("outlets") == other.count("outlets")
        assert one.held_feeds == other.held_feeds


def test_what_comes_to_nothing_is_forgotten() -> None:
    counts = count([("", {"a"})])
    add_counts(counts, "", count([("", {"a"})])[""], -1)
    assert not any(counts[""].values())


def test_terms_are_listed_in_order_with_those_that_are_new() -> None:
    statistics = Statistics(
        Base(1, count([("", {"ferry", "fern", "bridge"})])), count([("", {"fen", "ferries"})])
    )
    assert statistics.beginning_with("fe", 0, None) == ["fen", "fern", "ferries", "ferry"]
    assert statistics.beginning_with("fe", 4, 5) == ["fern", "ferry"]


def test_of_a_view_only_its_feeds_count() -> None:
    whole: ByFeed = {}
    add_all(whole, count([("north", {"ferry"}), ("south", {"ferry"}), ("", {"bridge"})]))
    view = Statistics(Base(1, whole)).restricted(frozenset({"", "south"}))
    assert (view.frequency("ferry"), view.number("articles")) == (1, 2)
    assert view.held_feeds == {"", "south"}
