"""Which refusals were told lately: one notice, then silence; nobody floods through the bot."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.desk.refusals import Refusal

KEPT = 10_000  # notices
AGAIN_AFTER = timedelta(hours=1)


class Notices:
    """Refusals that were told, by person and reason; told again when they may have been forgotten.

    A limit is told again once it was over, any other reason after an hour.
    """

    def __init__(self) -> None:
        self._silent_until: OrderedDict[tuple[int, str], datetime] = OrderedDict()

    def may_tell(self, person_id: int, refusal: Refusal, now: datetime) -> bool:
        """Whether this refusal is to be told; it counts as told then."""
        key = (person_id, refusal.reason)
        if now < self._silent_until.get(key, now):
            return False
        self._silent_until[key] = refusal.retry_at or now + AGAIN_AFTER
        self._silent_until.move_to_end(key)
        while len(self._silent_until) > KEPT:
            self._silent_until.popitem(last=False)
        return True
