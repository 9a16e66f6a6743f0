"""Settings, conversations, tickets and feedback, each as the bot uses it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import FeedbackKind, ServerSettings, Store, Turn
from bot.store.feedback import FEEDBACK_LIFE, group_question, judge_turn
from bot.store.tickets import TICKET_LIFE
from bot.store.turns import TURN_LIFE

if TYPE_CHECKING:
    from tests.bot.store.conftest import OpenStore

ROBIN, KIM, SERVER, CHANNEL = 11, 12, 500, 900
NOON = datetime(2031, 5, 20, 12, tzinfo=UTC)


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, span: timedelta) -> None:
        self.time += span


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def store(watch: Watch, open_store: OpenStore) -> Store:
    return open_store(watch)


def remember(store: Store, question: str, *, person: int = ROBIN, channel: int = CHANNEL) -> None:
    store.turns.remember(
        person_id=person,
        channel_id=channel,
        server_id=SERVER,
        question=question,
        subject="harbour bridge",
        answered=True,
    )


def note(store: Store, kind: FeedbackKind, question: str, person: int = ROBIN) -> None:
    store.feedback.note(kind, question, person_id=person, server_id=SERVER)


class TestServers:
    def test_a_server_that_chose_nothing_has_the_defaults(self, store: Store) -> None:
        assert store.servers.read(SERVER) == ServerSettings()
        assert store.servers.read(None) == ServerSettings()

    def test_every_choice_comes_back(self, store: Store) -> None:
        chosen = ServerSettings(
            allowed_channels=frozenset({1, 2}),
            denied_channels=frozenset({3}),
            allowed_roles=frozenset({4}),
            answer_channels=frozenset({5}),
            private=True,
            language="de",
            alert_channel=6,
            keep_gaps=False,
            keep_feedback=False,
        )
        store.servers.write(SERVER, chosen)
        assert store.servers.read(SERVER) == chosen
        assert store.servers.read(SERVER + 1) == ServerSettings()

    def test_channels_are_all_allowed_until_some_are_named(self) -> None:
        assert ServerSettings().allows_channel(1)
        assert ServerSettings(allowed_channels=frozenset({1})).allows_channel(1)
        assert not ServerSettings(allowed_channels=frozenset({1})).allows_channel(2)

    def test_a_thread_is_allowed_with_its_channel_and_denied_with_it(self) -> None:
        assert ServerSettings(allowed_channels=frozenset({1})).allows_channel(77, 1)
        assert not ServerSettings(denied_channels=frozenset({1})).allows_channel(77, 1)

    def test_denied_wins_over_allowed(self) -> None:
        both = ServerSettings(allowed_channels=frozenset({1}), denied_channels=frozenset({1}))
        assert not both.allows_channel(1)

    def test_one_of_the_named_roles_is_enough(self) -> None:
        assert ServerSettings().allows_roles([])
        assert ServerSettings(allowed_roles=frozenset({1, 2})).allows_roles([2, 9])
        assert not ServerSettings(allowed_roles=frozenset({1, 2})).allows_roles([9])


class TestTurns:
    def test_the_last_turn_keeps_its_subject(self, store: Store) -> None:
        remember(store, "When does the bridge close?")
        remember(store, "Why?")
        assert store.turns.last(ROBIN, CHANNEL) == Turn("Why?", "harbour bridge", True, NOON)  # noqa: FBT003  # a record

    def test_each_person_and_each_channel_has_its_own(self, store: Store) -> None:
        remember(store, "When does the bridge close?")
        assert store.turns.last(KIM, CHANNEL) is None
        assert store.turns.last(ROBIN, CHANNEL + 1) is None

    def test_a_turn_is_forgotten_after_a_while(self, store: Store, watch: Watch) -> None:
        remember(store, "When does the bridge close?")
        watch.pass_by(TURN_LIFE)
        assert store.turns.last(ROBIN, CHANNEL) is None
        remember(store, "And now?", person=KIM)
        assert store.see(ROBIN) == ()


class TestTickets:
    def test_a_ticket_brings_back_what_its_buttons_need(self, store: Store) -> None:
        state: dict[str, str | int | None] = {"question": "Wann?", "page": 2, "as_of": None}
        token = store.tickets.issue(
            "answer", state, person_id=ROBIN, server_id=SERVER, channel_id=CHANNEL
        )
        ticket = store.tickets.read(token)
        assert ticket is not None
        assert (ticket.kind, ticket.state) == ("answer", state)
        assert (ticket.server_id, ticket.channel_id) == (SERVER, CHANNEL)
        assert len(token) == 12

    def test_only_the_asker_is_the_asker(self, store: Store) -> None:
        ticket = store.tickets.read(store.tickets.issue("answer", {}, person_id=ROBIN))
        assert ticket is not None
        assert store.tickets.is_asker(ticket, ROBIN)
        assert not store.tickets.is_asker(ticket, KIM)

    def test_a_reply_to_the_message_finds_its_ticket(self, store: Store) -> None:
        token = store.tickets.issue("answer", {"question": "When?"}, person_id=ROBIN)
        assert store.tickets.of_message(77) is None
        store.tickets.attach(token, 77)
        found = store.tickets.of_message(77)
        assert found is not None
        assert found.token == token

    def test_a_question_finds_its_latest_reply_and_a_deletion_takes_all(
        self, store: Store, watch: Watch
    ) -> None:
        for text in ("When?", "Where?"):
            token = store.tickets.issue("ask", {"text": text}, person_id=ROBIN)
            store.tickets.attach(token, 77, question_id=70)
            watch.pass_by(timedelta(seconds=1))
        found = store.tickets.of_question(70)
        assert found is not None
        assert (found.message_id, found.state) == (77, {"text": "Where?"})
        store.tickets.delete_of_message(77)
        assert store.tickets.of_question(70) is None

    def test_channels_outside_servers_are_known_by_who_asked_there(
        self, store: Store, watch: Watch
    ) -> None:
        for channel, server in ((1, None), (2, SERVER), (3, None), (1, None)):
            store.tickets.issue("ask", {}, person_id=ROBIN, server_id=server, channel_id=channel)
            watch.pass_by(timedelta(seconds=1))
        assert store.tickets.direct_channels(10) == (1, 3)
        assert store.tickets.direct_channels(1) == (1,)

    def test_changing_a_ticket_begins_its_life_anew(self, store: Store, watch: Watch) -> None:
        token = store.tickets.issue("search", {"page": 1}, person_id=ROBIN)
        watch.pass_by(TICKET_LIFE - timedelta(days=1))
        store.tickets.update(token, {"page": 2})
        watch.pass_by(TICKET_LIFE - timedelta(days=1))
        ticket = store.tickets.read(token)
        assert ticket is not None
        assert ticket.state == {"page": 2}

    def test_a_ticket_expires_and_is_deleted(self, store: Store, watch: Watch) -> None:
        token = store.tickets.issue("answer", {}, person_id=ROBIN)
        watch.pass_by(TICKET_LIFE)
        assert store.tickets.read(token) is None
        store.tickets.issue("answer", {}, person_id=KIM)
        assert store.see(ROBIN) == ()

    def test_a_deleted_message_takes_its_ticket_along(self, store: Store) -> None:
        token = store.tickets.issue("answer", {}, person_id=ROBIN)
        store.tickets.delete(token)
        assert store.tickets.read(token) is None


class TestFeedback:
    def test_wordings_of_one_question_are_one_gap(self, store: Store, watch: Watch) -> None:
        note(store, "unanswered", "Who won the boat race?")
        watch.pass_by(timedelta(minutes=5))
        note(store, "unanswered", "the BOAT race: who won", person=KIM)
        note(store, "unanswered", "Who paid for it?")
        first, second = store.feedback.gaps(SERVER)
        assert (first.question, first.unanswered, first.people) == ("the BOAT race: who won", 2, 2)
        assert (second.question, second.times) == ("Who paid for it?", 1)
        assert store.feedback.count_gaps(SERVER) == 2
        assert store.feedback.gaps(SERVER, limit=1) == (first,)

    def test_thumbs_down_and_rephrasings_are_gaps_too(self, store: Store) -> None:
        note(store, "down", "Who won?")
        note(store, "rephrased", "Who won?", KIM)
        note(store, "up", "Who won?", 13)
        note(store, "followed up", "Who won?", 14)
        (gap,) = store.feedback.gaps(SERVER)
        assert (gap.down, gap.rephrased, gap.unanswered, gap.people) == (1, 1, 0, 2)

    def test_a_liked_answer_is_no_gap(self, store: Store) -> None:
        note(store, "up", "Who won?")
        assert store.feedback.gaps(SERVER) == ()

    def test_servers_and_direct_messages_are_apart(self, store: Store) -> None:
        store.feedback.note("unanswered", "Who won?", person_id=ROBIN, server_id=None)
        assert store.feedback.gaps(SERVER) == ()
        assert len(store.feedback.gaps(None)) == 1

    def test_a_second_thumb_replaces_the_first(self, store: Store) -> None:
        for kind in ("down", "up"):
            store.feedback.note(
                kind,
                "Q?",
                person_id=ROBIN,
                server_id=SERVER,
                token="t",  # noqa: S106  # names a message
            )
        assert [kept.sign for kept in store.see(ROBIN)] == ["up"]

    def test_a_thumb_on_another_message_stands_beside_it(self, store: Store) -> None:
        for token in ("t", "u"):
            store.feedback.note("up", "Q?", person_id=ROBIN, server_id=SERVER, token=token)
        assert len(store.see(ROBIN)) == 2

    def test_a_server_that_wants_nothing_kept_keeps_nothing(self, store: Store) -> None:
        store.servers.write(SERVER, ServerSettings(keep_gaps=False, keep_feedback=False))
        note(store, "unanswered", "Who won?")
        note(store, "down", "Who won?")
        assert store.see(ROBIN) == ()

    def test_switching_off_deletes_what_was_kept(self, store: Store) -> None:
        note(store, "unanswered", "Who won?")
        note(store, "down", "Who paid?")
        store.servers.write(SERVER, ServerSettings(keep_gaps=False))
        assert [gap.question for gap in store.feedback.gaps(SERVER)] == ["Who paid?"]
        store.servers.write(SERVER, ServerSettings(keep_feedback=False))
        assert store.see(ROBIN) == ()

    def test_feedback_is_kept_for_a_year(self, store: Store, watch: Watch) -> None:
        note(store, "unanswered", "Who won?")
        watch.pass_by(FEEDBACK_LIFE)
        assert store.feedback.gaps(SERVER) == ()
        note(store, "up", "Who paid?", KIM)
        assert store.see(ROBIN) == ()


def turn(question: str, ago: timedelta = timedelta(seconds=20)) -> Turn:
    return Turn(question, "", answered=True, at=NOON - ago)


@pytest.mark.parametrize(
    ("before", "ago", "question", "said"),
    [
        ("Who won the race?", 20, "Who has won the boat race?", "rephrased"),
        ("Who won the race?", 90, "Who has won the boat race?", "followed up"),
        ("Who won the race?", 20, "And what did they pay for tickets?", "followed up"),
        ("Who won the race first?", 20, "Who else won the race?", "followed up"),
        ("When is the race?", 20, "And when is the prize?", "followed up"),
        ("Wer hat es gemeldet?", 20, "Wer hat es noch gemeldet?", "followed up"),
        ("Who won the race?", 20, "who won the race", None),
    ],
)
def test_a_question_is_judged_by_the_turn_before_it(
    before: str, ago: int, question: str, said: str | None
) -> None:
    assert judge_turn(turn(before, timedelta(seconds=ago)), question, NOON) == said


def test_a_first_question_says_nothing_about_another() -> None:
    assert judge_turn(None, "Who won?", NOON) is None


@given(st.text())
def test_grouping_is_stable_and_blind_to_case_and_order(question: str) -> None:
    grouped = group_question(question)
    assert group_question(grouped) == grouped
    assert group_question(" ".join(reversed(grouped.split()))) == grouped
