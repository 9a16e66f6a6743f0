"""Arrivals matched with saved queries: who is told, once, and of which story."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.feeds.watching import Planner
from bot.store import Store
from bot.store.arrivals import ADDED_FOLDER, note_added
from bot.store.feed_records import Landing
from retrieval.coverage import Coverage
from retrieval.index import IndexWriter, open_snapshot
from retrieval.reading.builder import build_feed_id
from tests.support.articles import make_article, tiny_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.store.outbox import Parcel
    from retrieval.model import Article

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
ADDRESS = "https://example.org/rss"


@dataclass(slots=True)
class Newsroom:
    """A store and an index, and what plans between them."""

    store: Store
    coverage: Coverage
    planner: Planner
    now: datetime = NOON

    def publish(self, feed: str, key: str, *, indexed: bool = True, **given: Any) -> Article:  # noqa: ANN401  # any field
        """Have an entry of a feed arrive, and be searchable unless said otherwise."""
        article_id = build_feed_id(feed, key)
        article = make_article(id=article_id, feed=feed, published=self.now, **given)
        landing = Landing(next_at=0.0, seen=(key,), arrived=(key,))
        self.store.feeds.land(feed, landing)
        if indexed:
            self.index(article)
        return article

    def index(self, article: Article) -> None:
        """Make an article searchable."""
        with IndexWriter(self.coverage.cache / "index") as writer:
            writer.update(add=[article])
        self.coverage.snapshot = open_snapshot(self.coverage.cache / "index")

    def told(self) -> list[Parcel]:
        """The messages that wait."""
        return list(self.store.outbox.due(99))


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    coverage = Coverage.of_articles(tiny_articles(), tmp_path)
    with Store.open(None, clock=lambda: room.now) as store:
        room = Newsroom(store, coverage, Planner(coverage, store, lambda: room.now))
        for server_id in (1, 2):
            store.feeds.follow(server_id, f"feed{server_id}", ADDRESS, most=9)
            store.watches.add(server_id, 10 * server_id, "lamps", most=9)
        yield room


LAMPS: dict[str, Any] = {
    "title": "Keeper resigns over lamps",
    "body": "Fourteen lamps of the tower are unpaid.",
}


def test_a_match_is_told_to_the_servers_that_follow_the_feed(newsroom: Newsroom) -> None:
    article = newsroom.publish("feed1", "a", **LAMPS)
    assert newsroom.planner.match_arrivals() == 1
    (parcel,) = newsroom.told()
    assert (parcel.server_id, parcel.channel_id) == (1, 10)
    assert parcel.content == {"articles": [article.id]}


def test_what_was_matched_is_not_matched_again(newsroom: Newsroom) -> None:
    newsroom.publish("feed1", "a", **LAMPS)
    assert [newsroom.planner.match_arrivals() for _ in range(3)] == [1, 0, 0]


def test_what_is_not_searchable_yet_waits(newsroom: Newsroom) -> None:
    article = newsroom.publish("feed1", "a", indexed=False, **LAMPS)
    assert newsroom.planner.match_arrivals() == 0
    newsroom.index(article)
    assert newsroom.planner.match_arrivals() == 1


def test_what_is_never_searchable_is_given_up(newsroom: Newsroom) -> None:
    newsroom.publish("feed1", "a", indexed=False, **LAMPS)
    newsroom.now += timedelta(days=2)
    newsroom.planner.match_arrivals()
    assert newsroom.store.feeds.read_arrivals(9) == ()


def test_a_later_report_of_the_story_goes_into_the_same_message(newsroom: Newsroom) -> None:
    first = newsroom.publish("feed1", "a", **LAMPS)
    newsroom.planner.match_arrivals()
    newsroom.now += timedelta(hours=2)
    text = {"title": LAMPS["title"], "body": f"{LAMPS['body']} So says the council."}
    second = newsroom.publish("feed1", "b", outlet="Radio Aldan", **text)
    newsroom.planner.match_arrivals()
    (parcel,) = newsroom.told()
    assert parcel.content == {"articles": [first.id, second.id]}


def test_another_story_is_another_message(newsroom: Newsroom) -> None:
    newsroom.publish("feed1", "a", **LAMPS)
    newsroom.planner.match_arrivals()
    newsroom.now += timedelta(days=2)
    fair = "Pupils of the Hill School glue paper lamps for the spring fair, and sell cake and tea."
    newsroom.publish("feed1", "b", title="Spring fair at the Hill School", body=fair)
    assert newsroom.planner.match_arrivals() == 1
    assert len(newsroom.told()) == 2


def test_a_query_that_rests_or_whose_feed_rests_is_told_nothing(newsroom: Newsroom) -> None:
    newsroom.store.watches.pause(1, 1, paused=True)
    newsroom.store.feeds.pause_for(2, "feed2", paused=True)
    for feed in ("feed1", "feed2"):
        newsroom.publish(feed, "a", **LAMPS)
    assert newsroom.planner.match_arrivals() == 0


def test_a_query_for_an_outlet_hears_of_that_one_alone(newsroom: Newsroom) -> None:
    newsroom.store.watches.add(1, 11, "tower", outlet="Radio Aldan", most=9)
    newsroom.publish("feed1", "a", outlet="radio aldan", **(LAMPS | {"title": "Tower"}))
    assert newsroom.planner.match_arrivals() == 2


def test_what_the_operator_shares_is_told_everywhere(newsroom: Newsroom) -> None:
    newsroom.store.feeds.add("feed1", ADDRESS, shared=True)
    newsroom.publish("feed1", "a", **LAMPS)
    assert newsroom.planner.match_arrivals() == 2


def test_a_feed_that_fails_for_a_day_is_told_once(newsroom: Newsroom) -> None:
    settings = replace(newsroom.store.servers.read(1), alert_channel=77)
    newsroom.store.servers.write(1, settings)
    for _ in range(30):
        newsroom.store.feeds.fail("feed1", "answers 500", 0.0)
        newsroom.now += timedelta(hours=1)
        newsroom.planner.plan()
    (parcel,) = newsroom.told()
    assert (parcel.kind, parcel.channel_id) == ("failing", 77)


def test_an_article_of_a_folder_is_told_everywhere_unless_it_is_old(newsroom: Newsroom) -> None:
    (fresh, old, undated) = (
        make_article(n=n, id=f"folder-{n}", published=published, **LAMPS)
        for n, published in enumerate((NOON, NOON - timedelta(days=30), None))
    )
    for article in (fresh, old, undated):
        newsroom.index(article)
    note_added(newsroom.coverage.cache / ADDED_FOLDER, [fresh.id, old.id])
    assert newsroom.planner.match_arrivals() == 2
    assert {parcel.server_id for parcel in newsroom.told()} == {1, 2}
    assert {tuple(parcel.content["articles"]) for parcel in newsroom.told()} == {(fresh.id,)}
    note_added(newsroom.coverage.cache / ADDED_FOLDER, [fresh.id])  # as after a kill
    assert newsroom.planner.match_arrivals() == 0


def test_a_channel_of_some_feeds_is_told_of_these_alone(newsroom: Newsroom) -> None:
    settings = newsroom.store.servers.read(1)
    newsroom.store.servers.write(1, settings.with_feeds(10, frozenset({""})))
    newsroom.publish("feed1", "a", **LAMPS)
    assert newsroom.planner.match_arrivals() == 0
