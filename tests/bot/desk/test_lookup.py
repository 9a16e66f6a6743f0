"""What is looked up: the same index gives the same, and a newer one is asked anew."""

from __future__ import annotations

import weakref
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from bot.desk.lookup import Lookups
from bot.desk.requests import Request, clean_text
from bot.replies import Citation, Note
from retrieval.coverage import Coverage
from tests.support.articles import make_article, tiny_articles

if TYPE_CHECKING:
    from pathlib import Path

    from bot.desk.requests import RequestKind
    from retrieval.model import Story

TODAY = date(2031, 6, 1)
ASKED = Request(kind="ask", as_of=TODAY, text="When will the harbour bridge close?")


@pytest.fixture
def coverage(tmp_path: Path) -> Coverage:
    return Coverage.of_articles(tiny_articles(), tmp_path)


@pytest.fixture
def lookups(coverage: Coverage) -> Lookups:
    return Lookups(coverage)


def test_a_question_put_again_is_not_looked_up_again(lookups: Lookups) -> None:
    assert lookups.look_up(ASKED, "en") is lookups.look_up(ASKED, "en")


def test_further_sources_are_those_of_the_answer(lookups: Lookups) -> None:
    answer = lookups.look_up(ASKED, "en").result
    more = lookups.look_up(replace(ASKED, kind="sources"), "en").result
    assert more is answer


def test_another_language_or_another_day_is_another_reply(lookups: Lookups) -> None:
    english = lookups.look_up(ASKED, "en")
    assert lookups.look_up(ASKED, "de") is not english
    assert lookups.look_up(replace(ASKED, as_of=date(2031, 6, 2)), "en") is not english


def test_a_newer_index_is_asked_anew(lookups: Lookups, coverage: Coverage, tmp_path: Path) -> None:
    latest = Request(kind="latest", as_of=TODAY)
    before = lookups.look_up(latest, "en")
    newer = Coverage.of_articles([make_article(title="Bridge opened")], tmp_path / "newer")
    coverage.snapshot = newer.snapshot
    after = lookups.look_up(latest, "en")
    assert [b.title for b in after.reply.blocks if isinstance(b, Citation)] == ["Bridge opened"]
    assert after != before


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_further_sources_can_be_ordered_by_day(lookups: Lookups, order: str) -> None:
    request = Request.from_state(ASKED.to_state() | {"kind": "sources", "sort": order})
    looked = lookups.look_up(request, "en").result
    days = [article.day for article in looked.more if article.day]  # type: ignore[union-attr]  # an answer
    assert days == sorted(days, reverse=order == "newest")


def test_a_request_survives_being_written_down() -> None:
    request = replace(
        ASKED, since=date(2031, 5, 1), outlet="Radio Aldan", sort="oldest", subject="bridge"
    )
    assert Request.from_state(request.to_state()) == request


def test_words_that_no_file_could_hold_are_replaced() -> None:
    assert clean_text(" a\ud800b ") == "a?b"


@pytest.mark.parametrize("kind", ["story", "timeline", "compare"])
def test_a_story_is_found_as_of_the_day_it_is_asked_for(tmp_path: Path, kind: str) -> None:
    """Both fronts hand the day on; what a day decides is the coverage's business."""
    asked: list[date | None] = []

    class Watched(Coverage):
        def story(self, wanted: str, *, as_of: date | None = None) -> Story | None:
            asked.append(as_of)
            return super().story(wanted, as_of=as_of)

    lookups = Lookups(Watched.of_articles(tiny_articles(), tmp_path))
    lookups.look_up(Request(kind=cast("RequestKind", kind), as_of=TODAY, text="storm"), "en")
    assert asked == [TODAY]


def test_a_coverage_that_is_dropped_is_gone(tmp_path: Path) -> None:
    coverage = Coverage.of_articles(tiny_articles(), tmp_path)
    lookups = Lookups(coverage)
    lookups.look_up(replace(ASKED, kind="latest"), "en")
    gone = weakref.ref(coverage)
    del coverage, lookups
    assert gone() is None


def test_a_search_says_how_many_hold_all_words_and_lists_them_first(tmp_path: Path) -> None:
    articles = [
        make_article(n=1, title="Ferry ferry ferry", body="The ferry left. The ferry came."),
        make_article(n=2, title="Budget", body="A long debate. In the end the ferry got a pier."),
    ]
    lookups = Lookups(Coverage.of_articles(articles, tmp_path))
    reply = lookups.look_up(Request(kind="search", as_of=TODAY, text="ferry pier"), "en").reply
    assert Note("2 articles found · with all of the words: 1") in reply.blocks
    assert [b.title for b in reply.blocks if isinstance(b, Citation)] == [
        "Budget",
        "Ferry ferry ferry",
    ]
