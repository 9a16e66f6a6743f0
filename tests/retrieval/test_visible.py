"""Coverage as one server sees it: what an index of its articles alone would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.coverage import Coverage
from retrieval.index import IndexWriter, open_snapshot
from retrieval.model import Filters, Window
from tests.support.articles import make_article, tiny_articles

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.model import Article

WORDS = tuple("harbour bridge ferry rust cable engineer crossing crown school garden".split())  # noqa: SIM905  # read as a line
FEEDS = ("", "north", "south", "east")
TODAY = date(2024, 6, 1)


def write_article(n: int) -> Article:
    """Give the n-th of many articles, its words, feed, outlet and day drawn from n."""
    drawn = Random(n)  # noqa: S311  # the same in every run
    words = [drawn.choice([*WORDS, f"name{drawn.randrange(9)}"]) for _ in range(30)]
    return make_article(
        n=n,
        title=" ".join(words[:5]).capitalize(),
        body=" ".join(words[5:]).capitalize() + ".",
        outlet=f"Outlet {drawn.randrange(6)}",
        topics=(drawn.choice(WORDS),),
        published=datetime(2024, 5, 1, tzinfo=UTC) + timedelta(days=drawn.randrange(30)),
        language="en",
        feed=drawn.choice(FEEDS),
    )


def build(articles: list[Article], cache: Path, parts: int = 1) -> Coverage:
    """Index articles in so many updates, so that there are several segments."""
    with IndexWriter(cache / "index") as writer:
        writer.clear()
        for part in range(parts):
            writer.update(add=articles[part::parts])
    return Coverage((), cache, open_snapshot(cache / "index"))


def found(coverage: Coverage, query: str, filters: Filters) -> tuple[int, set[str], object]:
    ranking = coverage.search(query, filters=filters, limit=1000, as_of=TODAY)
    return ranking.total, {hit.article.id for hit in ranking.hits}, ranking.corrections


TYPED = (*WORDS, "name3", "harbor", "brigde", "-rust", '"harbour bridge"')
queries = st.lists(st.sampled_from(TYPED), min_size=1, max_size=3).map(" ".join)
narrowed = st.sampled_from(
    [
        Filters(),
        Filters(outlet="Outlet 2"),
        Filters(topic="rust"),
        Filters(window=Window(date(2024, 5, 5), date(2024, 5, 20))),
    ]
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    seed=st.integers(0, 10**6),
    size=st.integers(1, 60),
    parts=st.integers(1, 3),
    feeds=st.frozensets(st.sampled_from(FEEDS)),
    query=queries,
    filters=narrowed,
)
def test_a_view_is_an_index_of_what_is_seen(
    *,
    tmp_path: Path,
    seed: int,
    size: int,
    parts: int,
    feeds: frozenset[str],
    query: str,
    filters: Filters,
) -> None:
    articles = [replace(write_article(seed + n), id=f"id-{n:03}") for n in range(size)]
    seen = [article for article in articles if article.feed in feeds]
    view = build(articles, tmp_path / "all", parts).visible_to(feeds)
    alone = build(seen, tmp_path / "seen")
    one, other = view.snapshot, alone.snapshot
    assert found(view, query, filters) == found(alone, query, filters)
    assert (len(one), one.span, one.undated, one.passages) == (
        len(other),
        other.span,
        other.undated,
        other.passages,
    )
    assert (one.outlets, one.topics, one.language) == (other.outlets, other.topics, other.language)
    assert one.articles_between(Window()) == other.articles_between(Window())
    assert [a.id for a in one.articles()] == [a.id for a in other.articles()]
    assert {a.id for a in view.suggest_titles(query[:6])} == {
        a.id for a in alone.suggest_titles(query[:6])
    }
    assert all(
        one.idf(word) == pytest.approx(other.idf(word)) for word in [*WORDS, "name3", "nowhere"]
    )


FOLDERS = frozenset({""})


@pytest.fixture
def town(tmp_path: Path) -> Coverage:
    """Give the tiny coverage, in which one server alone has a feed about a lighthouse."""
    secret = make_article(
        n=90,
        id="secret",
        title="Lighthouse keeper Quillfeather resigns",
        body="The lighthouse keeper Quillfeather resigned on Friday over fourteen unpaid lamps.",
        outlet="Keepers' Circular",
        topics=("lamps",),
        published=datetime(2024, 5, 31, tzinfo=UTC),
        feed="keepers",
    )
    return Coverage.of_articles([*tiny_articles(), secret], tmp_path)


def test_nothing_of_a_feed_shows_to_who_does_not_follow_it(town: Coverage) -> None:
    view = town.visible_to(FOLDERS)
    assert view.article("secret") is None
    assert view.story("secret") is None
    assert "Keepers' Circular" not in view.snapshot.outlets
    assert "lamps" not in view.snapshot.topics
    assert view.suggest_outlets("Keep") == ()
    assert view.suggest_titles("lighthouse keeper") == ()
    assert all(article.id != "secret" for article in view.latest(limit=100))
    assert view.status().span.articles == len(tiny_articles())
    answer = view.ask("Why did Quillfeather resign?", as_of=TODAY)
    assert not answer.answered
    assert "Quillfeather" not in "".join(a.title for a in (*answer.nearest, *answer.more))


def test_no_correction_comes_from_a_feed_that_is_not_seen(town: Coverage) -> None:
    assert town.search("Quilfeather").corrections
    assert not town.visible_to(FOLDERS).search("Quilfeather").corrections


def test_who_follows_a_feed_is_answered_from_it(town: Coverage) -> None:
    view = town.visible_to(FOLDERS | {"keepers", "another"})
    assert view.snapshot is town.snapshot
    assert (
        "fourteen unpaid lamps"
        in view.ask("Why did Quillfeather resign?", as_of=TODAY).quotes[0].text
    )


def test_who_sees_one_feed_alone_sees_nothing_of_the_folders(town: Coverage) -> None:
    view = town.visible_to(frozenset({"keepers"}))
    assert [article.id for article in view.latest(limit=100)] == ["secret"]
    assert not view.ask("What is new in Rust?", as_of=TODAY).answered


def test_views_of_one_kind_share_their_stories_until_the_index_changes(town: Coverage) -> None:
    one, other = town.visible_to(FOLDERS), town.visible_to(FOLDERS | {"unknown"})
    assert one.stories is other.stories
    assert town.visible_to(FOLDERS | {"keepers"}).stories is town.stories
    town.snapshot = town.snapshot.restricted(frozenset({""}))
    assert town.visible_to(FOLDERS).stories is not one.stories


def test_a_view_does_not_change_when_another_index_is_swapped_in(town: Coverage) -> None:
    quiet = Coverage((), town.cache, town.snapshot.restricted(frozenset({""})))
    view = quiet.visible_to(FOLDERS)
    quiet.snapshot = town.snapshot
    assert view.article("secret") is None
