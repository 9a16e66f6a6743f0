"""How often a person and a server may ask: token buckets, with the time passed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Spend = Callable[[int, float, float], float]

MINUTE = 60.0
KEPT = 10_000  # buckets, before the full ones are dropped: a full bucket is as good as none

Whose = Literal["person", "server"]


@dataclass(slots=True)
class Bucket:
    """Tokens left at a moment, in seconds of any clock that only goes forward."""

    tokens: float
    at: float


@dataclass(frozen=True, slots=True)
class Wait:
    """Whose limit was met, and in how many seconds there is room again."""

    whose: Whose
    seconds: float


class Rates:
    """Questions a minute for each person and server; unused ones add up to a minute's worth.

    A server is served by one process, a person perhaps by several: `spend` counts their questions
    in all of them, given who, how many a minute and at what cost; the seconds to wait, or 0.
    """

    def __init__(self, per_person: float, per_server: float, spend: Spend | None = None) -> None:
        self._spend = spend
        self._per_minute: dict[Whose, float] = {"person": per_person, "server": per_server}
        self._buckets: dict[tuple[Whose, int, float], Bucket] = {}

    def take(
        self,
        person_id: int,
        server_id: int | None,
        now: float,
        *,
        cost: float = 1.0,
        per_person: float = 0,
    ) -> Wait | None:
        """Spend from both buckets, or from neither and say which is empty and for how long.

        `per_person` is a limit that holds here in place of the usual one; 0 is none such.
        """
        most = dict(self._per_minute)
        if per_person:
            most["person"] = per_person
        buckets = [
            (whose, self._fill(whose, key, most[whose], now))
            for whose, key in _keys(person_id, server_id)
        ]
        waits = [
            Wait(whose, (cost - bucket.tokens) * MINUTE / most[whose])
            for whose, bucket in buckets
            if bucket.tokens < cost
        ]
        if waits:
            return max(waits, key=lambda wait: wait.seconds)
        if self._spend and (seconds := self._spend(person_id, most["person"], cost)):
            return Wait("person", seconds)
        for _, bucket in buckets:
            bucket.tokens -= cost
        return None

    def _fill(self, whose: Whose, key: int, most: float, now: float) -> Bucket:
        if (whose, key, most) not in self._buckets:
            self._drop_full(now)
        bucket = self._buckets.setdefault((whose, key, most), Bucket(most, now))
        passed = max(0.0, now - bucket.at)
        bucket.tokens = min(most, bucket.tokens + passed * most / MINUTE)
        bucket.at = now
        return bucket

    def _drop_full(self, now: float) -> None:
        if len(self._buckets) < KEPT:
            return
        full = [key for key, bucket in self._buckets.items() if now - bucket.at >= MINUTE]
        for key in full:
            del self._buckets[key]


def _keys(person_id: int, server_id: int | None) -> Iterator[tuple[Whose, int]]:
    yield "person", person_id
    if server_id is not None:
        yield "server", server_id
