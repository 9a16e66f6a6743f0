"""When a feed is asked again."""

from __future__ import annotations

from random import Random

import pytest

from bot.feeds.limits import LIMITS
from bot.feeds.schedule import choose_backoff, choose_interval, jitter

HOUR = 3600.0


@pytest.mark.parametrize(
    ("every", "fresh_for", "published", "wanted"),
    [
        (0, 0, (), HOUR),  # mute
        (2 * HOUR, 0, (), 2 * HOUR),  # its own wish
        (0, 3 * HOUR, (), 3 * HOUR),  # its cache's
        (HOUR, 2 * HOUR, (), 2 * HOUR),
        (0, 0, (0, 1800, 3600), 900),  # half its pace
        (0, 0, (0, 10, 20), 600),  # never sooner than the least
        (0, 0, (0, 30 * 24 * HOUR), HOUR),
        (90 * 24 * HOUR, 0, (), 24 * HOUR),  # never later than a day
    ],
)
def test_a_feed_is_asked_at_its_own_pace(
    every: float, fresh_for: float, published: tuple[float, ...], wanted: float
) -> None:
    assert (
        choose_interval(every=every, fresh_for=fresh_for, published=published, shortest=600)
        == wanted
    )


def test_each_failure_doubles_the_wait_up_to_a_day() -> None:
    waits = [choose_backoff(n, retry_after=None, status=500, shortest=60) for n in range(1, 60)]
    assert waits[:4] == [300, 600, 1200, 2400]
    assert waits == sorted(waits)
    assert waits[-1] == LIMITS.longest


def test_a_wait_that_is_asked_for_is_kept() -> None:
    assert choose_backoff(1, retry_after=5000, status=429, shortest=60) == 5000
    assert choose_backoff(1, retry_after=None, status=403, shortest=60) == LIMITS.refused


def test_jitter_lengthens_and_never_shortens() -> None:
    random = Random(1)  # noqa: S311  # no secret hangs on it
    waits = {jitter(100, random) for _ in range(50)}
    assert len(waits) > 40
    assert all(100 <= wait <= 110 for wait in waits)
