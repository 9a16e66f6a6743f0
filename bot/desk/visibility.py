"""What of the coverage somebody sees: the feeds of their server, and what the operator shares."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.store import StoreError

if TYPE_CHECKING:
    from bot.store import Store
    from retrieval.coverage import Coverage

log = logging.getLogger(__name__)


def see_coverage(coverage: Coverage, store: Store, server_id: int | None) -> Coverage:
    """The coverage as a server sees it (none: a direct message).

    Where the store fails, nobody knows who follows what, and nothing of any feed is seen.
    """
    if coverage.snapshot.feeds <= {""}:
        return coverage.visible_to(frozenset())
    try:
        seen = store.feeds.visible_to(server_id)
    except StoreError as error:
        log.warning("%s; feeds are left out of answers meanwhile", error)
        seen = frozenset()
    return coverage.visible_to(seen)
