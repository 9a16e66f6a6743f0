"""The desk: who may ask, what is remembered, what the buttons bring back."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.desk.desk import Desk
from bot.desk.rate_limits import Rates
from bot.desk.records import Asker, Served
from bot.desk.refusals import Refusal
from bot.desk.requests import Request
from bot.replies import Citation, Quotation
from bot.store import ServerSettings, Store
from retrieval.coverage import Coverage
from tests.support.articles import tiny_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

ROBIN = Asker(person_id=1, channel_id=10, server_id=100)
FERRIES = "How many ferries will carry commuters while the harbour bridge is closed?"
CLOSING = "When will the harbour bridge close?"


class Clock:
    """A clock that stands still until it is told how much time went by."""

    def __init__(self) -> None:
        self.now = datetime(2031, 6, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **length: float) -> None:
        self.now += timedelta(**length)


@pytest.fixture(scope="module")
def coverage(tmp_path_factory: pytest.TempPathFactory) -> Coverage:
    return Coverage.of_articles(tiny_articles(), tmp_path_factory.mktemp("cache"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Iterator[Store]:
    with Store.open(None, clock=clock) as opened:
        yield opened


@pytest.fixture
async def desk(coverage: Coverage, store: Store, clock: Clock) -> Desk:
    return Desk(coverage, store, Rates(per_person=3, per_server=20), clock=clock)


def make_request(text: str = CLOSING, **given: Any) -> Request:  # noqa: ANN401  # any field
    return replace(Request(kind="ask", as_of=date(2031, 6, 1), text=text), **given)


async def ask(desk: Desk, asker: Asker = ROBIN, text: str = CLOSING, **given: Any) -> Served:  # noqa: ANN401  # any field
    request = make_request(text, **given)
    desk.admit(asker, request)
    return await desk.serve(asker, request)


async def test_a_question_is_answered_with_quotes_and_their_sources(desk: Desk) -> None:
    served = await ask(desk)
    assert any(isinstance(block, Quotation) for block in served.reply.blocks)
    assert any(isinstance(block, Citation) for block in served.reply.blocks)


async def test_who_asks_too_often_is_told_when_to_try_again(desk: Desk, clock: Clock) -> None:
    for _ in range(3):
        await ask(desk)
    with pytest.raises(Refusal) as refused:
        await ask(desk)
    assert refused.value.reason == "person_limit"
    assert refused.value.retry_at == clock.now + timedelta(seconds=20)

    clock.pass_time(seconds=20)
    await ask(desk)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
async def test_an_empty_question_is_turned_away(desk: Desk, text: str) -> None:
    with pytest.raises(Refusal, match="empty"):
        await ask(desk, text=text)


@pytest.mark.parametrize("typed", ["the lighthouse", "Lighthouse", "The Lighthuose"])
async def test_an_outlet_need_not_be_typed_as_it_is_written(desk: Desk, typed: str) -> None:
    served = await ask(desk, text=FERRIES, outlet=typed)
    assert served.request.outlet == "The Lighthouse"
    assert served.reply.answered


async def test_an_outlet_that_the_coverage_lacks_is_no_gap_but_a_slip(
    desk: Desk, store: Store
) -> None:
    with pytest.raises(Refusal, match="outlet") as refused:
        await ask(desk, outlet="Daily Mast")
    assert refused.value.about == "Daily Mast"
    assert store.feedback.gaps(100) == ()


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (ServerSettings(denied_channels=frozenset({10})), "channel"),
        (ServerSettings(allowed_channels=frozenset({11})), "channel"),
        (ServerSettings(allowed_roles=frozenset({7})), "role"),
    ],
)
async def test_a_server_says_where_and_whom_it_answers(
    desk: Desk, store: Store, rules: ServerSettings, reason: str
) -> None:
    store.servers.write(100, rules)
    with pytest.raises(Refusal, match=reason):
        await ask(desk)


async def test_a_thread_follows_the_rules_of_its_channel(desk: Desk, store: Store) -> None:
    store.servers.write(100, ServerSettings(denied_channels=frozenset({10})))
    with pytest.raises(Refusal, match="channel"):
        await ask(desk, replace(ROBIN, channel_id=55, parent_id=10))


async def test_a_follow_up_keeps_the_subject_of_the_turn_before(desk: Desk) -> None:
    first = await ask(desk, text="Which company ordered electric ferries?")
    then = await ask(desk, text="How many passengers do they carry?")
    assert then.request.subject == first.reply.subject != ""


async def test_another_person_or_channel_starts_anew(desk: Desk) -> None:
    await ask(desk)
    assert (await ask(desk, replace(ROBIN, person_id=2))).request.subject == ""
    assert (await ask(desk, replace(ROBIN, channel_id=11))).request.subject == ""


async def test_a_conversation_is_forgotten_after_a_while(desk: Desk, clock: Clock) -> None:
    await ask(desk)
    clock.pass_time(hours=2)
    assert (await ask(desk)).request.subject == ""


async def test_a_reply_to_an_old_answer_takes_its_subject(desk: Desk) -> None:
    served = await ask(desk)
    await desk.attach(served, message_id=777)
    assert await desk.continue_from(777) == served.reply.subject != ""
    assert await desk.continue_from(778) == ""


async def test_a_thread_goes_on_where_its_answer_stopped(desk: Desk) -> None:
    served = await ask(desk)
    opened = await desk.reopen(ROBIN, served.token)
    await desk.carry_over(ROBIN, opened, thread_id=55)
    then = await ask(desk, replace(ROBIN, channel_id=55, parent_id=10), "Why does it close?")
    assert then.request.subject == served.reply.subject


async def test_questions_without_an_answer_are_kept_as_gaps(desk: Desk, store: Store) -> None:
    await ask(desk, text="Which zzzzzzzz has qqqqqqqq?")
    (gap,) = store.feedback.gaps(100)
    assert (gap.question, gap.unanswered) == ("Which zzzzzzzz has qqqqqqqq?", 1)


async def test_a_question_put_again_in_other_words_counts_against_the_first(
    desk: Desk, store: Store, clock: Clock
) -> None:
    await ask(desk, text="When will the harbour bridge close?")
    clock.pass_time(seconds=30)
    await ask(desk, text="When exactly will the bridge in the harbour be closed?")
    rephrased = [gap.question for gap in store.feedback.gaps(100) if gap.rephrased]
    assert rephrased == ["When will the harbour bridge close?"]


async def test_a_thumb_is_turned_and_taken_back(desk: Desk, store: Store) -> None:
    served = await ask(desk)
    opened = await desk.reopen(ROBIN, served.token)
    outcomes = [await desk.turn_thumb(ROBIN, opened, thumb) for thumb in ("up", "down")]
    (gap,) = store.feedback.gaps(100)
    assert (outcomes, gap.down) == (["up", "down"], 1)
    assert await desk.turn_thumb(ROBIN, opened, "down") == "back"
    assert store.feedback.gaps(100) == ()


async def test_a_thumb_that_the_server_does_not_keep_is_not_said_to_be(
    desk: Desk, store: Store
) -> None:
    store.servers.write(100, ServerSettings(keep_feedback=False))
    served = await ask(desk)
    opened = await desk.reopen(ROBIN, served.token)
    assert await desk.turn_thumb(ROBIN, opened, "up") == "off"


async def test_buttons_bring_back_what_was_asked_and_know_whose_it_is(desk: Desk) -> None:
    since = date(2024, 5, 1)
    served = await ask(desk, since=since, outlet="The Lighthouse")
    opened = await desk.reopen(ROBIN, served.token)
    assert opened.request == served.request
    assert opened.is_asker
    assert not (await desk.reopen(replace(ROBIN, person_id=2), served.token)).is_asker


async def test_a_button_shows_the_same_answer_again_and_is_no_turn(desk: Desk) -> None:
    served = await ask(desk)
    again = await desk.serve(ROBIN, served.request, pressed=True, token=served.token)
    assert again.reply == served.reply
    assert again.token == served.token


async def test_buttons_that_were_forgotten_say_so(desk: Desk) -> None:
    served = await ask(desk)
    await desk.forget(await desk.reopen(ROBIN, served.token))
    with pytest.raises(Refusal, match="expired"):
        await desk.reopen(ROBIN, served.token)


async def test_a_post_is_answered_only_with_confidence(desk: Desk, store: Store) -> None:
    assert await desk.serve_post(ROBIN, "Good morning everyone!") is None
    assert await desk.serve_post(ROBIN, "") is None
    assert store.feedback.gaps(100) == ()
    assert store.turns.last(1, 10) is None


async def test_a_question_that_no_file_could_hold_is_still_a_question(desk: Desk) -> None:
    served = await ask(desk, text="Why is the \ud800 bridge closed?" + "?" * 9000)
    assert len(served.request.text) == 4000


async def test_only_so_many_questions_are_at_work_and_the_loop_stays_free(
    coverage: Coverage, store: Store, clock: Clock
) -> None:
    desk = Desk(coverage, store, Rates(100, 100), at_work=2, clock=clock)
    release, started = threading.Event(), threading.Semaphore(0)
    working, peak = 0, 0

    look_up = desk._work  # noqa: SLF001  # is held up

    def work(asker: Asker, asked: Request, *, pressed: bool, token: str) -> Served:
        nonlocal working, peak
        working += 1
        peak = max(peak, working)
        started.release()
        release.wait(10)
        working -= 1
        return look_up(asker, asked, pressed=pressed, token=token)

    desk._work = work  # type: ignore[method-assign, assignment]  # noqa: SLF001  # holds its place until told
    asked = [asyncio.create_task(desk.serve(ROBIN, make_request())) for _ in range(6)]
    for _ in range(2):
        await desk.away(started.acquire)
    outlets = await desk.suggest_outlets(ROBIN, "")  # does not wait behind the questions
    assert outlets
    release.set()
    await asyncio.gather(*asked)
    assert peak == 2
