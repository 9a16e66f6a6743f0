"""What is known of all articles together: how many hold a term, are of an outlet, have no day."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from retrieval.model import Article

Counts = dict[str, dict[str, int]]  # of a kind, by name
ByFeed = dict[str, Counts]
KINDS = ("terms", "outlets", "topics", "languages", "numbers")
_LAST = "\U0010ffff"


def count_article(article: Article, terms: Iterable[str], passages: int) -> Counts:
    """What one article adds to the counts."""
    numbers = {"articles": 1, "passages": passages, "undated": int(article.published is None)}
    return {
        "terms": dict.fromkeys(terms, 1),
        "outlets": {article.outlet: 1},
        "topics": dict(Counter(article.topics)),
        "languages": {article.language: 1},
        "numbers": {name: number for name, number in numbers.items() if number},
    }


def add_counts(into: ByFeed, feed: str, counts: Mapping[str, Mapping[str, int]], sign: int) -> None:
    """Add counts to those of a feed, or take them away; what comes to 0 is forgotten."""
    own = into.setdefault(feed, {kind: {} for kind in KINDS})
    for kind, names in counts.items():
        held = own[kind]
        for name, number in names.items():
            left = held.get(name, 0) + sign * number
            if left:
                held[name] = left
            else:
                held.pop(name, None)


def add_all(into: ByFeed, other: Mapping[str, Counts]) -> None:
    """Add the counts of every feed."""
    for feed, counts in other.items():
        add_counts(into, feed, counts, 1)


def _add_up(counts: Mapping[str, Counts]) -> Counts:
    if len(counts) == 1:
        return next(iter(counts.values()))
    whole: ByFeed = {}
    for one in counts.values():
        add_counts(whole, "", one, 1)
    return whole.get("", {kind: {} for kind in KINDS})


@dataclass(frozen=True)
class Base:
    """What was counted when the statistics were last written whole; shared by later versions."""

    number: int
    by_feed: ByFeed

    @cached_property
    def whole(self) -> Counts:
        """The counts of all feeds."""
        return _add_up(self.by_feed)

    @cached_property
    def terms(self) -> list[str]:
        """Every term, in order."""
        return sorted(self.whole["terms"])


@dataclass(frozen=True)
class Statistics:
    """The counts of one version: those of its base, and what changed since.

    `feeds`, where given, are the only ones whose articles count.
    """

    base: Base
    changes: ByFeed = field(default_factory=dict)
    feeds: frozenset[str] | None = None

    def restricted(self, feeds: frozenset[str]) -> Statistics:
        """The counts of the articles of these feeds alone."""
        return Statistics(self.base, self.changes, feeds)

    def frequency(self, term: str) -> int:
        """How many articles hold a term."""
        return sum(sign * counts["terms"].get(term, 0) for counts, sign in self._layers)

    def number(self, name: str) -> int:
        """How many "articles", "passages" or "undated" ones there are."""
        return sum(sign * counts["numbers"].get(name, 0) for counts, sign in self._layers)

    def count(self, kind: str) -> Mapping[str, int]:
        """How many articles there are of each name; the largest first, "" left out."""
        if kind not in self._counted:
            self._counted[kind] = self._count(kind)
        return self._counted[kind]

    def _count(self, kind: str) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        for counts, sign in self._layers:
            for name, number in counts[kind].items():
                found[name] += sign * number
        return {n: c for n, c in sorted(found.items(), key=lambda p: (-p[1], p[0])) if n and c > 0}

    @cached_property
    def _counted(self) -> dict[str, Mapping[str, int]]:
        """What was counted once, by kind; nothing here ever changes."""
        return {}

    @cached_property
    def held_feeds(self) -> frozenset[str]:
        """The feeds that some article is of."""
        return frozenset(
            feed
            for feed in {*self.base.by_feed, *self.changes}
            if self.feeds is None or feed in self.feeds
            if Statistics(self.base, self.changes, frozenset({feed})).number("articles")
        )

    def beginning_with(self, prefix: str, shortest: int, longest: int | None) -> list[str]:
        """List the terms with this beginning and so many bytes, in order; some may be gone."""
        terms = self.base.terms
        old = terms[bisect_left(terms, prefix) : bisect_left(terms, prefix + _LAST)]
        known = self.base.whole["terms"]
        new = [t for t in self._changed["terms"] if t.startswith(prefix) and t not in known]
        return [
            term
            for term in (sorted([*old, *new]) if new else old)
            if shortest <= len(term.encode("utf-8", "surrogatepass"))
            and (longest is None or len(term.encode("utf-8", "surrogatepass")) <= longest)
        ]

    @cached_property
    def _changed(self) -> Counts:
        return _add_up(self.changes) if self.changes else {kind: {} for kind in KINDS}

    @cached_property
    def _layers(self) -> tuple[tuple[Counts, int], ...]:
        """What is added up, and what is taken away: the fewer feeds of those seen and unseen."""
        if self.feeds is None:
            return (self.base.whole, 1), (self._changed, 1)
        every = {*self.base.by_feed, *self.changes}
        unseen = every - self.feeds
        if len(unseen) < len(every & self.feeds):
            return (self.base.whole, 1), (self._changed, 1), *self._of(unseen, -1)
        return self._of(every & self.feeds, 1)

    def _of(self, feeds: Iterable[str], sign: int) -> tuple[tuple[Counts, int], ...]:
        return tuple(
            (counts[feed], sign)
            for counts in (self.base.by_feed, self.changes)
            for feed in feeds
            if feed in counts
        )
