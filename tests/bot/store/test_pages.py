"""Pages that wait to be fetched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bot.store.conftest import OpenStore

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)
ADDRESS = "https://news.example/lamps"


def test_a_page_waits_until_it_is_read_or_given_up(open_store: OpenStore) -> None:
    now = [NOON]
    with open_store(lambda: now[0]) as store:
        store.pages.want("f", [("a", ADDRESS), ("b", f"{ADDRESS}/2")])
        first, second = store.pages.due(9)
        store.pages.postpone(first, 60)
        store.pages.drop(second)
        assert store.pages.due(9) == ()
        assert store.pages.next_due() == NOON + timedelta(minutes=1)
        now[0] += timedelta(minutes=1)
        assert [page.attempts for page in store.pages.due(9)] == [1]


def test_a_page_that_is_wanted_again_is_due_at_once(open_store: OpenStore) -> None:
    with open_store(lambda: NOON) as store:
        store.pages.want("f", [("a", ADDRESS)])
        store.pages.postpone(store.pages.due(1)[0], 60)
        store.pages.want("f", [("a", f"{ADDRESS}/new")])
        (page,) = store.pages.due(9)
        assert (page.address, page.attempts, store.pages.count()) == (f"{ADDRESS}/new", 0, 1)


def test_a_feed_takes_its_pages_along(open_store: OpenStore) -> None:
    with open_store(lambda: NOON) as store:
        store.feeds.add("f", "https://news.example/feed")
        store.pages.want("f", [("a", ADDRESS)])
        store.feeds.remove("f")
        assert store.pages.next_due() is None
