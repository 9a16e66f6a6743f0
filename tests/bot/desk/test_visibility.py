"""What a server sees of the coverage, and what it never learns of another's feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.desk.desk import Desk
from bot.desk.rate_limits import Rates
from bot.desk.records import Asker
from bot.desk.refusals import Refusal
from bot.desk.requests import Request
from bot.desk.visibility import see_coverage
from bot.replies import Quotation
from bot.store import Store
from retrieval.coverage import Coverage
from tests.support.articles import make_article, tiny_articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLLOWER = Asker(person_id=1, channel_id=10, server_id=100)
OTHER = Asker(person_id=2, channel_id=20, server_id=200)
ALONE = Asker(person_id=3, channel_id=30)
ASKED = Request(kind="ask", as_of=date(2024, 6, 1), text="Why did Quillfeather resign?")


@pytest.fixture
def coverage(tmp_path: Path) -> Coverage:
    keeper = make_article(
        n=90,
        title="Lighthouse keeper Quillfeather resigns",
        body="The lighthouse keeper Quillfeather resigned on Friday over fourteen unpaid lamps.",
        outlet="Keepers' Circular",
        feed="keepers",
    )
    return Coverage.of_articles([*tiny_articles(), keeper], tmp_path)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        opened.feeds.follow(100, "keepers", "https://keepers.example/rss", most=9)
        yield opened


@pytest.fixture
async def desk(coverage: Coverage, store: Store) -> Desk:
    return Desk(coverage, store, Rates(100, 100))


async def is_answered(desk: Desk, asker: Asker) -> bool:
    blocks = (await desk.serve(asker, ASKED)).reply.blocks
    return any(isinstance(block, Quotation) and "fourteen" in block.text for block in blocks)


async def test_a_server_is_answered_from_the_feeds_it_follows(desk: Desk) -> None:
    assert await is_answered(desk, FOLLOWER)
    assert not await is_answered(desk, OTHER)
    assert not await is_answered(desk, ALONE)


async def test_what_one_server_saw_is_not_kept_for_another(desk: Desk) -> None:
    for asker in (FOLLOWER, OTHER, FOLLOWER, OTHER):
        assert await is_answered(desk, asker) == (asker is FOLLOWER)


async def test_what_the_operator_shares_everybody_sees(desk: Desk, store: Store) -> None:
    store.feeds.add("keepers", "https://keepers.example/rss", shared=True)
    assert await is_answered(desk, ALONE)


async def test_a_feed_that_is_removed_is_seen_no_more(desk: Desk, store: Store) -> None:
    store.feeds.unfollow(100, "keepers")
    assert not await is_answered(desk, FOLLOWER)


async def test_suggestions_and_counts_are_those_of_what_is_seen(desk: Desk) -> None:
    assert await desk.suggest_outlets(FOLLOWER, "Keep") == ("Keepers' Circular",)
    assert await desk.suggest_outlets(OTHER, "Keep") == ()
    assert await desk.suggest_titles(OTHER, "Lighthouse keeper Quillf") == ()
    assert desk.status(FOLLOWER).outlets == desk.status(OTHER).outlets + 1


async def test_an_outlet_of_another_server_is_none_here(desk: Desk) -> None:
    request = Request(kind="search", as_of=ASKED.as_of, text="lamps", outlet="Keepers' Circular")
    desk.admit(FOLLOWER, request)
    with pytest.raises(Refusal):
        desk.admit(OTHER, request)


def test_while_the_store_fails_no_feed_is_seen(coverage: Coverage, store: Store) -> None:
    store.close()
    assert "Keepers' Circular" not in see_coverage(coverage, store, FOLLOWER).snapshot.outlets


async def test_a_channel_that_is_set_to_some_feeds_is_answered_from_these_alone(
    desk: Desk, store: Store
) -> None:
    settings = store.servers.read(100).with_feeds(10, frozenset({"keepers"}))
    store.servers.write(100, settings)
    asked = Request(kind="latest", as_of=ASKED.as_of)
    here = await desk.serve(FOLLOWER, asked)
    thread = await desk.serve(replace(FOLLOWER, channel_id=11, parent_id=10), asked)
    elsewhere = await desk.serve(replace(FOLLOWER, channel_id=12), asked)
    assert here.reply == thread.reply
    assert "Quillfeather" in str(here.reply)
    assert len(elsewhere.reply.blocks) > len(here.reply.blocks)


async def test_a_channel_set_to_a_feed_that_is_not_followed_any_more_sees_nothing(
    coverage: Coverage, store: Store
) -> None:
    store.servers.write(100, store.servers.read(100).with_feeds(10, frozenset({"keepers"})))
    store.feeds.unfollow(100, "keepers")
    assert len(see_coverage(coverage, store, FOLLOWER).snapshot) == 0
