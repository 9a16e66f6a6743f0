"""Who may ask here and now: what the server's managers chose, and how much was asked lately."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.desk.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.desk.rate_limits import Rates
    from bot.desk.records import Asker
    from bot.desk.refusals import Reason
    from bot.store import ServerSettings


class Admission:
    """Turns requests away by the rules of their server and by the rates; quick, with no look-up."""

    def __init__(self, rates: Rates, clock: Callable[[], datetime]) -> None:
        self._rates = rates
        self._clock = clock

    def refuse(self, asker: Asker, rules: ServerSettings, *, cost: float) -> Refusal | None:
        """Why this person may not ask this here and now; none where they may, which is counted."""
        if not asker.manages:
            if not rules.allows_channel(*asker.channel_ids):
                return Refusal("channel")
            if asker.server_id and not rules.allows_roles(asker.role_ids):
                return Refusal("role")
        return self._refuse_rate(asker, rules.limit_of(asker.role_ids), cost)

    def _refuse_rate(self, asker: Asker, limit: int, cost: float) -> Refusal | None:
        now = self._clock()
        wait = self._rates.take(
            asker.person_id, asker.server_id, now.timestamp(), cost=cost, per_person=limit
        )
        if wait is None:
            return None
        reason: Reason = "person_limit" if wait.whose == "person" else "server_limit"
        return Refusal(reason, retry_at=now + timedelta(seconds=wait.seconds))
