"""What robots.txt allows of a host, asked once a day."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.feeds.fetching import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from protego import Protego

    from bot.feeds.fetching import Fetcher

AGENT = "Clippings"
KEPT = 24 * 3600.0  # seconds; RFC 9309, section 2.4, allows no longer
SERVER_FAULT = 500
REFUSING = frozenset((429,))  # as good as unreachable
LEAST_DELAY, LONGEST_DELAY = 1.0, 60.0  # seconds between two pages of a host


class Robots:
    """The rules of every host that was asked about, by RFC 9309."""

    def __init__(self, fetcher: Fetcher, clock: Callable[[], float] = time.time) -> None:
        self._fetcher, self._clock = fetcher, clock
        self._known: dict[str, tuple[float, Protego]] = {}

    async def may_fetch(self, address: str) -> bool:
        """Whether a page may be fetched."""
        return (await self._rules_of(address)).can_fetch(address, AGENT)

    async def delay(self, address: str) -> float:
        """Seconds to leave its host alone between two pages."""
        wanted = (await self._rules_of(address)).crawl_delay(AGENT) or 0.0
        return min(max(float(wanted), LEAST_DELAY), LONGEST_DELAY)

    async def _rules_of(self, address: str) -> Protego:
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        until, rules = self._known.get(site, (0.0, None))
        if rules is None or until < self._clock():
            rules = await self._fetch(f"{site}/robots.txt")
            self._known = {s: k for s, k in self._known.items() if k[0] > self._clock()}
            self._known[site] = (self._clock() + KEPT, rules)
        return rules

    async def _fetch(self, address: str) -> Protego:
        """The rules; where there are none everything is allowed, where nobody answers nothing."""
        from protego import Protego  # noqa: PLC0415  # for pages alone

        try:
            fetched = await self._fetcher.fetch(address)
        except FetchError as error:
            absent = 0 < error.status < SERVER_FAULT and error.status not in REFUSING
            return Protego.parse("" if absent else "User-agent: *\nDisallow: /")
        return Protego.parse((fetched.body or b"").decode("utf-8", "replace"))
