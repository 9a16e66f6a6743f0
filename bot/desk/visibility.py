"""What of the coverage somebody sees: the feeds of their server, and what the operator shares."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.store import StoreError

if TYPE_CHECKING:
    from bot.desk.records import Asker
    from bot.store import Store
    from retrieval.coverage import Coverage

log = logging.getLogger(__name__)


def see_coverage(coverage: Coverage, store: Store, asker: Asker) -> Coverage:
    """The coverage as it is seen where somebody asks.

    Where the store fails, nobody knows who follows what, and nothing of any feed is seen.
    """
    try:
        seen = store.visible_to(asker.server_id, *asker.channel_ids)
    except StoreError as error:
        log.warning("%s; feeds are left out of answers meanwhile", error)
        seen = frozenset({""})
    return coverage.visible_to(seen)
