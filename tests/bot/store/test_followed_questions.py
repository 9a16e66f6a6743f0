"""Questions that servers follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.store.outbox import Order

if TYPE_CHECKING:
    from bot.store import Store
    from bot.store.followed_questions import FollowedQuestion
    from tests.bot.store.conftest import OpenStore

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    return open_store(lambda: NOON)


def keep(store: Store, channel_id: int = 10, server_id: int = 1) -> FollowedQuestion | None:
    return store.questions.add(
        server_id, channel_id, "Who keeps the lamp?", told="", next_at=NOON, most=2
    )


def test_a_question_is_kept_once_a_channel_and_so_many_a_server(store: Store) -> None:
    assert keep(store) == keep(store)
    assert keep(store, 11)
    assert keep(store, 12) is None
    assert keep(store, 12, server_id=2)


def test_a_server_reads_and_removes_its_own_alone(store: Store) -> None:
    kept = keep(store)
    assert kept is not None
    assert store.questions.read(2, kept.question_id) is None
    assert not store.questions.remove(2, kept.question_id)
    assert store.questions.remove(1, kept.question_id)
    assert store.questions.list_for(1) == ()


def test_an_answer_is_told_and_its_question_put_off_in_one_step(store: Store) -> None:
    kept = keep(store)
    assert kept is not None
    order = Order(server_id=1, channel_id=10, kind="answer", content={"question": 1})
    asked = replace(kept, told="abc", next_at=NOON + timedelta(days=1))
    store.outbox.commit_answer(order, asked)
    assert store.questions.due(9) == ()
    assert store.questions.list_for(1) == (asked,)
    assert [parcel.kind for parcel in store.outbox.due(9)] == ["answer"]
    store.outbox.commit_answer(None, asked)
    assert len(store.outbox.due(9)) == 1
