"""Which entries of a feed are new, which were edited, and which are known under another name."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval import build_url_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.feeds.entries import FeedEntry
    from bot.store import StoredEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """An entry with its lasting key; `known` is what was kept of it, none where it is new.

    `address` and `guid` are those to know it by from now on.
    """

    entry: FeedEntry
    key: str
    guid: str
    address: str
    fingerprint: str
    known: StoredEntry | None = None

    @property
    def edited(self) -> bool:
        """Whether its words are others than those kept."""
        return self.known is not None and self.known.fingerprint != self.fingerprint


def identify_entries(
    entries: Sequence[FeedEntry], known: Sequence[StoredEntry]
) -> tuple[Identified, ...]:
    """Match the entries of one fetch with those known, each known one at most once.

    By GUID; where a GUID stands on several entries, by GUID and address, then GUID and words; where
    it is strange or missing, by an address that stands on one entry alone; then by title and text.
    What is matched by nothing is new. An entry that the feed holds twice counts once.
    """
    matching = _Matching(_describe(entries), known)
    return matching.run()


def fingerprint_entry(entry: FeedEntry) -> str:
    """A digest of title and text, by which an edit shows; dates and links do not count."""
    return _digest(" ".join(entry.title.split()), " ".join(entry.text.split()))


@dataclass(frozen=True, slots=True)
class _Described:
    entry: FeedEntry
    guid: str
    address: str
    fingerprint: str


class _Matching:
    """The entries of a fetch on one side, the known ones on the other, matched rule by rule."""

    def __init__(self, described: list[_Described], known: Iterable[StoredEntry]) -> None:
        self._described = described
        self._known = list(known)
        self._repeated = _repeated([d.guid for d in described]) | _repeated(
            [k.guid for k in self._known]
        )
        self._shared = _repeated([d.address for d in described]) | _repeated(
            [k.address for k in self._known]
        )
        self._matched: dict[int, StoredEntry] = {}
        self._free = {stored.key: stored for stored in self._known}

    def run(self) -> tuple[Identified, ...]:
        self._match("guid", "address")
        self._match("guid", "fingerprint")
        self._match("guid")
        self._match("address")
        self._match("address", "fingerprint")
        self._match("fingerprint")
        taken = {stored.key for stored in self._known}
        return tuple(
            self._conclude(number, one, taken) for number, one in enumerate(self._described)
        )

    def _match(self, *names: str) -> None:
        """Pair what is still free on both sides and agrees in all that is named."""
        free: dict[tuple[str, ...], list[StoredEntry]] = defaultdict(list)
        for stored in reversed(self._free.values()):
            if key := self._key(stored, names):
                free[key].append(stored)
        for number, one in enumerate(self._described):
            if number in self._matched or not (key := self._key(one, names)):
                continue
            if free[key]:
                self._matched[number] = free[key].pop()
                del self._free[self._matched[number].key]

    def _key(self, one: _Described | StoredEntry, names: tuple[str, ...]) -> tuple[str, ...]:
        """What a side is compared by, () where that says nothing."""
        values = tuple(str(getattr(one, name)) for name in names)
        if not all(values):
            return ()
        if names == ("guid",) and one.guid in self._repeated:
            return ()
        if names == ("address",) and one.address in self._shared:
            return ()
        return values

    def _conclude(self, number: int, one: _Described, taken: set[str]) -> Identified:
        known = self._matched.get(number)
        key = known.key if known else _choose_key(one, taken, repeated=one.guid in self._repeated)
        taken.add(key)
        return Identified(
            entry=one.entry,
            key=key,
            guid=one.guid,
            address=one.address,
            fingerprint=one.fingerprint,
            known=known,
        )


def _describe(entries: Iterable[FeedEntry]) -> list[_Described]:
    """Each entry once, with what it is known by."""
    described: dict[tuple[str, str, str], _Described] = {}
    for entry in entries:
        address = build_url_key(entry.url) if entry.url else ""
        one = _Described(entry, entry.guid, address, fingerprint_entry(entry))
        described.setdefault((one.guid, one.address, one.fingerprint), one)
    return list(described.values())


def _choose_key(one: _Described, taken: set[str], *, repeated: bool) -> str:
    """A key from the best that the entry has, the same again should the store have lost it."""
    parts = (one.guid, one.address if repeated else "") if one.guid else (one.address,)
    key = _digest(*parts) if any(parts) else _digest(one.fingerprint)
    return _digest(key, one.address, one.fingerprint) if key in taken else key


def _repeated(values: Iterable[str]) -> frozenset[str]:
    return frozenset(value for value, times in Counter(values).items() if value and times > 1)


def _digest(*parts: str) -> str:
    joined = "\0".join(parts).encode("utf-8", "replace")
    return hashlib.sha256(joined).hexdigest()[:16]
