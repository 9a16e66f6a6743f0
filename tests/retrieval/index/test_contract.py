"""What every kind of index promises, and that all of them find the same: embedded and engine."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from retrieval.errors import IndexDamaged
from retrieval.index import FolderIndex, IndexWriter
from retrieval.model import Filters, Window
from tests.retrieval.index.library import WORDS, make_article, make_random_articles

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index import Index, Snapshot
    from retrieval.model import Article
    from tests.retrieval.index.conftest import MakeIndex

DAYS = ["2024-03-01", "2024-03-02", "2024-03-02", "2024-04-20", ""]
OUTLETS = ["Harbour Post", "Valley Gazette", "Night Ferry"]


def make_town(count: int, seed: int = 0) -> list[Article]:
    """Random articles with days, outlets, topics, languages and feeds."""
    chosen = random.Random(seed)  # noqa: S311  # a town, no secret
    return [
        replace(
            article,
            published=make_article("", day=chosen.choice(DAYS)).published,
            outlet=chosen.choice(OUTLETS),
            topics=tuple(chosen.sample(["bridges", "boats", "budgets"], chosen.randrange(3))),
            language=chosen.choice(["en", "en", "de"]),
            feed=chosen.choice(["", "", "north", "south"]),
            quality=chosen.choice([None, 12.0]),
        )
        for article in make_random_articles(count, seed)
    ]


def describe(snapshot: Snapshot) -> dict[str, object]:
    """Everything that can be asked of a snapshot, as values that can be compared."""
    march = Window(date(2024, 3, 1), date(2024, 3, 2))
    ids = [article.id for article in snapshot.articles()]
    queries = [" ".join(WORDS[at : at + 3]) for at in range(0, 12, 3)]
    queries += ['"harbour bridge"', "ferry -storm", "title:harbour", "outlet:ferry bridge", ""]
    narrowed = [
        (Filters(), date(2024, 3, 3), 100),
        (Filters(window=march), None, 10),
        (Filters(outlet="harbour post"), date(2024, 3, 2), 3),
        (Filters(topic="BOATS", language="de"), date(2024, 5, 1), 70),
        (Filters(undated=True), None, 10),
    ]
    return {
        "rankings": [
            snapshot.search(q, filters=f, as_of=day, limit=limit)
            for number, q in enumerate(queries)
            for f, day, limit in (narrowed[number % 5], narrowed[(number + 2) % 5])
        ],
        "sorted": [
            snapshot.search(q, sort=sort, limit=7)
            for q in queries[::2]
            for sort in ("newest", "oldest")
        ],
        "slips": [snapshot.search(q) for q in ("harbuor brigde", "fery", "lighthouze")],
        "without": snapshot.search("harbour bridge", exclude=frozenset(ids[:5])),
        "nearest": snapshot.nearest(["harbour", "bridg", "ferri"], limit=12),
        "holding": snapshot.hold_all("harbour bridge", ids[:20]),
        "titles": [
            snapshot.complete_titles(typed, 8) for typed in ("harb", "brid ferr", "bridge st", "zz")
        ],
        "between": snapshot.articles_between(march),
        "outlets": (snapshot.outlets, snapshot.count_outlets(march)),
        "names": (snapshot.topics, snapshot.languages, snapshot.language, snapshot.feeds),
        "counts": (len(snapshot), snapshot.passages, snapshot.undated, snapshot.span),
        "held": [
            snapshot.holds_any(march),
            snapshot.holds_any(Window(date(1990, 1, 1), date(1990, 1, 2))),
        ],
        "idf": [snapshot.idf(word[:5]) for word in WORDS],
        "articles": list(snapshot.articles()),
    }


def test_all_kinds_answer_alike(make_index: MakeIndex, tmp_path: Path) -> None:
    articles = make_town(150)
    with IndexWriter(tmp_path / "embedded") as writer:
        expected = describe(writer.update(add=articles))
    with make_index("town").writer() as writer:
        found = describe(writer.update(add=articles))
    for kind, values in expected.items():
        assert found[kind] == values, kind


def test_views_of_feeds_are_alike(make_index: MakeIndex, tmp_path: Path) -> None:
    articles = make_town(80, seed=3)
    with IndexWriter(tmp_path / "embedded") as writer:
        whole = writer.update(add=articles)
    with make_index("feeds").writer() as writer:
        town = writer.update(add=articles)
    for feeds in ({""}, {"north"}, {"", "south"}, {"", "north", "south"}):
        expected = describe(whole.restricted(frozenset(feeds)))
        found = describe(town.restricted(frozenset(feeds)))
        for kind, values in expected.items():
            assert found[kind] == values, (kind, feeds)


def test_updates_leave_nothing_otherwise_than_a_new_index(
    make_index: MakeIndex, tmp_path: Path
) -> None:
    """Random updates: more articles, other texts of the same, articles gone."""
    chosen = random.Random(5)  # noqa: S311  # as above
    pool = make_town(200, seed=7)
    standing = {article.id: article for article in pool[:100]}
    updated, folder = make_index("updated"), FolderIndex(tmp_path / "embedded")
    for index in (updated, folder):
        with index.writer() as writer:
            writer.update(add=standing.values())
    for round_ in range(8):
        added = [
            replace(chosen.choice(pool), id=chosen.choice(pool).id, title=f"Round {round_}")
            for _ in range(chosen.randrange(1, 4))
        ]
        removed = chosen.sample(sorted(standing), chosen.randrange(3))
        for index in (updated, folder):
            with index.writer() as writer:
                writer.update(add=added, remove=removed)
        for name in removed:
            standing.pop(name)
        standing |= {article.id: article for article in added}
        if round_ % 4 == 3:
            found, expected = describe(updated.open()), describe(folder.open())
            for kind, values in expected.items():
                assert found[kind] == values, (kind, round_)
    assert [article.id for article in updated.open().articles()] == sorted(standing)
    updated.verify()


def test_an_index_that_is_none_yet_says_so(make_index: MakeIndex) -> None:
    index = make_index("none")
    assert not index.stands()
    with pytest.raises(IndexDamaged, match="no index"):
        index.open()


def test_what_is_cleared_begins_anew(make_index: MakeIndex) -> None:
    index = make_index("cleared")
    with index.writer() as writer:
        before = writer.update(add=make_town(10))
        writer.clear()
        after = writer.update(add=[make_article("only", "Ferry", "The ferry sails.")])
    assert [article.id for article in index.open().articles()] == ["only"]
    assert before.version != after.version
    assert index.stands()


def test_a_reader_keeps_the_version_it_opened(make_index: MakeIndex) -> None:
    index = make_index("kept")
    with index.writer() as writer:
        writer.update(add=make_town(20))
        before = index.open()
        known = describe(before)
        writer.update(add=[make_article("new", "Harbour", "Harbour bridge.")], remove=["a00001"])
    assert describe(before) == known
    assert "new" in {hit.article.id for hit in index.open().search("harbour bridge", limit=30).hits}


def test_odd_articles_come_back_as_they_were(make_index: MakeIndex) -> None:
    odd = [
        make_article("half", "Half a sign \ud83d", "A lone half \udc00 of a sign, and a ferry."),
        make_article("long", "L" * 900, "y" * 40_000 + " ferry"),
        make_article("none", "", ""),
        make_article("chinese", "大桥", "大桥星期一开通。", language="zh"),
        make_article("pipes", "a|b", "Ferry | bridge|harbour\tand\u00a0more."),
    ]
    index = make_index("odd")
    with index.writer() as writer:
        town = writer.update(add=odd)
    assert {article.id: article for article in town.articles()} == {one.id: one for one in odd}
    assert [hit.article.id for hit in town.search("L" * 900).hits] == ["long"]
    assert {hit.article.id for hit in town.search("ferry").hits} == {"half", "long", "pipes"}


def test_many_that_tie_go_by_id(make_index: MakeIndex, tmp_path: Path) -> None:
    """More of them than the engine is first asked for."""
    articles = [make_article(f"t{n:03}", "Ferry", "The ferry sails again.") for n in range(300)]
    other: Index = FolderIndex(tmp_path / "embedded")
    found = []
    for index in (make_index("ties"), other):
        with index.writer() as writer:
            town = writer.update(add=articles)
        found.append([hit.article.id for hit in town.search("ferry", limit=100).hits])
    assert found[0] == found[1]
