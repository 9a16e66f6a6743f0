"""What runs beside the bot does its work as soon as there is reason to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from bot import running
from bot.running import plan

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from bot.desk.desk import Desk
    from bot.discord_bot.delivery import Delivery
    from bot.feeds.opening import FeedParts


class Plans:
    """In the place of the planner, the desk and the delivery: counts what is asked of each."""

    def __init__(self) -> None:
        self.planned, self.woken = 0, 0
        self.planner = self

    def plan(self) -> int:
        self.planned += 1
        return self.planned - 1  # the first time there is nothing to tell

    async def away(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401  # any work
        return work()

    def wake(self) -> None:
        self.woken += 1


async def test_what_landed_is_planned_and_delivered_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "PLANNED_EVERY", 600.0)
    plans, landed = Plans(), asyncio.Event()
    planning = asyncio.create_task(
        plan(cast("FeedParts", plans), cast("Desk", plans), cast("Delivery", plans), landed)
    )
    async with asyncio.timeout(30):
        while plans.woken < 2:
            landed.set()
            await asyncio.sleep(0)
    planning.cancel()
    assert plans.planned == plans.woken + 1
