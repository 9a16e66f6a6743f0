"""Token buckets: what is allowed, what is told to wait, and for how long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.rate_limits import Rates, Wait


def test_a_person_may_ask_a_minutes_worth_at_once_and_then_waits_for_the_next() -> None:
    rates = Rates(per_person=6, per_server=60)
    assert [rates.take(1, None, now=0.0) for _ in range(6)] == [None] * 6

    assert rates.take(1, None, now=0.0) == Wait("person", 10.0)
    assert rates.take(1, None, now=10.0) is None


def test_people_do_not_use_up_each_others_questions() -> None:
    rates = Rates(per_person=1, per_server=60)
    assert rates.take(1, None, now=0.0) is None
    assert rates.take(2, None, now=0.0) is None


def test_a_server_waits_as_a_whole_but_direct_messages_go_on() -> None:
    rates = Rates(per_person=5, per_server=2)
    assert rates.take(1, 9, now=0.0) is None
    assert rates.take(2, 9, now=0.0) is None

    assert rates.take(3, 9, now=0.0) == Wait("server", 30.0)
    assert rates.take(3, None, now=0.0) is None


def test_a_refused_question_costs_nothing() -> None:
    rates = Rates(per_person=1, per_server=1)
    rates.take(1, 9, now=0.0)
    for _ in range(50):
        assert rates.take(2, 9, now=0.0) == Wait("server", 60.0)

    assert rates.take(2, 9, now=60.0) is None


def test_turning_pages_is_cheaper_than_asking() -> None:
    rates = Rates(per_person=1, per_server=60)
    assert [rates.take(1, None, now=0.0, cost=0.25) for _ in range(4)] == [None] * 4
    assert rates.take(1, None, now=0.0, cost=0.25) == Wait("person", 15.0)


@given(st.lists(st.floats(min_value=0, max_value=100), max_size=60))
def test_no_minute_ever_holds_more_than_two_minutes_worth(waits: list[float]) -> None:
    rates, now, taken = Rates(per_person=5, per_server=100), 0.0, []
    for wait in waits:
        now += wait
        if rates.take(1, None, now) is None:
            taken.append(now)
    for start in taken:
        assert sum(start <= moment < start + 60 for moment in taken) <= 10


@given(st.floats(min_value=0.001, max_value=1000))
def test_whoever_waits_as_long_as_told_is_let_in(rate: float) -> None:
    rates = Rates(per_person=rate, per_server=1e6)
    first = rates.take(1, None, now=0.0, cost=min(1.0, rate))
    assert first is None
    wait = rates.take(1, None, now=0.0, cost=rate)
    if wait:
        assert rates.take(1, None, now=wait.seconds * 1.000001, cost=rate * 0.999) is None


def test_those_who_have_not_asked_for_long_are_forgotten() -> None:
    rates = Rates(per_person=1, per_server=1)
    for person in range(25_000):
        rates.take(person, None, now=float(person))
    assert len(rates._buckets) < 11_000  # noqa: SLF001  # memory has no other window


def test_what_a_person_spends_elsewhere_counts_and_the_servers_share_is_left() -> None:
    waits = iter([0.0, 30.0, 0.0])
    asked = []

    def spend(*spent: float) -> float:
        asked.append(spent)
        return next(waits)

    rates = Rates(10, 2, spend)
    assert rates.take(1, 5, now=0.0) is None
    assert rates.take(1, 5, now=0.0) == Wait("person", 30.0)
    assert rates.take(2, 5, now=0.0) is None
    assert asked == [(1, 10, 1.0), (1, 10, 1.0), (2, 10, 1.0)]
