"""What is written beside the articles: the statistics, and the small document that is a landing."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from retrieval.errors import IndexDamaged, IndexLocked, IndexOutdated
from retrieval.index.opensearch.engine import WrittenBefore
from retrieval.index.opensearch.mapping import mark_version
from retrieval.index.opensearch.statistics import Base, ByFeed, Statistics, add_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retrieval.index.opensearch.engine import EngineClient

_PIECE = 2_000_000  # signs of a document
_READ_AT_ONCE = 4  # such documents
_LANDING, _PENDING = "landing", "pending"
_DELTAS = 50  # by hand: so many are read at a start before they become one base


@dataclass(frozen=True, slots=True)
class LandedVersion:
    """One version of the index, as it landed.

    `update` is its number, `base` that of the update with which the statistics were written whole,
    in so many `pieces`; `average` is the length that articles are held against, taken from
    `average_of` of them. `began` is when the generation was made, in seconds since 1970.
    """

    update: int
    base: int
    pieces: int
    articles: int
    average: float
    average_of: int
    began: float
    mark: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that was begun: the articles it names, and what those of them counted before."""

    update: int
    ids: tuple[str, ...]
    before: ByFeed


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """Where a document stood when it was read, so that nobody else's is written over."""

    sequence: int
    term: int


class Known(NamedTuple):
    """The statistics of a version that landed earlier, of the same generation."""

    landing: LandedVersion
    statistics: Statistics


class Book:
    """One index of these documents, by name."""

    def __init__(self, engine: EngineClient, name: str) -> None:
        self._engine, self.name = engine, name

    def read_landing(self) -> tuple[LandedVersion, DocumentPlace]:
        """Read which version landed last.

        Raises IndexDamaged where there is none, IndexOutdated where another version of the program
        wrote it.
        """
        held, place = self._read(_LANDING)
        if held is None or place is None:
            raise IndexDamaged(f"{self._engine.name}: no index {self.name} yet; run `index`")
        if held.get("mark") != mark_version():
            raise IndexOutdated(f"{self._engine.name}: {self.name} written by another version")
        return LandedVersion(**held), place

    def read_pending(self) -> Pending | None:
        """Read which update was begun and has not landed, if any."""
        held, _ = self._read(_PENDING)
        return Pending(held["update"], tuple(held["ids"]), held["before"]) if held else None

    def read_statistics(self, landing: LandedVersion, known: Known | None = None) -> Statistics:
        """Read the statistics of a version; of what is `known` already only what came after."""
        changes: ByFeed = {}
        if known and known.landing.base == landing.base and known.landing.update <= landing.update:
            after, base = known.landing.update, known.statistics.base
            add_all(changes, known.statistics.changes)
        else:
            after, base = landing.base, Base(landing.base, self._read_base(landing))
        numbers = range(after + 1, landing.update + 1)
        for held in self._read_held([f"delta-{number}" for number in numbers], _DELTAS):
            add_all(changes, _unpack(held))
        return Statistics(base, changes)

    def begin(self, pending: Pending) -> None:
        """Note an update before anything of it is written; IndexLocked where one is noted."""
        try:
            self._engine.call(
                "PUT", f"/{self.name}/_create/{_PENDING}", _render(asdict(pending), pending.update)
            )
        except WrittenBefore as error:
            raise self._locked() from error

    def land(self, landing: LandedVersion, place: DocumentPlace, delta: ByFeed) -> LandedVersion:
        """Write what changed, then the version; IndexLocked where somebody else landed one.

        The three documents are of one shard and are written in this order or not at all.
        """
        if landing.update - landing.base > _DELTAS:
            return self._land_whole(landing, place, delta)
        self._write_in_order(
            [
                ({"create": {"_id": f"delta-{landing.update}"}}, _render(delta, landing.update)),
                (_land_at(place), _render(asdict(landing), landing.update)),
                ({"delete": {"_id": _PENDING}}, None),
            ]
        )
        return landing

    def _land_whole(
        self, landing: LandedVersion, place: DocumentPlace, delta: ByFeed
    ) -> LandedVersion:
        """Write the statistics anew, for a reader would have to read many changes."""
        before = replace(landing, update=landing.update - 1)
        known = self.read_statistics(before)
        counts: ByFeed = {}
        for one in (known.base.by_feed, known.changes, delta):
            add_all(counts, one)
        landing = replace(landing, base=landing.update, pieces=self.write_base(landing, counts))
        self._write_in_order(
            [
                (_land_at(place), _render(asdict(landing), landing.update)),
                ({"delete": {"_id": _PENDING}}, None),
            ]
        )
        self._drop_joined(before)
        return landing

    def _drop_joined(self, before: LandedVersion) -> None:
        """Remove what the statistics of an earlier version were made of."""
        pieces = [f"base-{before.base}-{number}" for number in range(before.pieces)]
        deltas = [f"delta-{number}" for number in range(before.base + 1, before.update + 1)]
        lines = [
            ({"delete": {"_index": self.name, "_id": name}}, None) for name in (*pieces, *deltas)
        ]
        self._engine.bulk(lines, _PIECE)

    def write_first(self, landing: LandedVersion, counts: ByFeed) -> LandedVersion:
        """Write the first version of a generation, which nobody can see yet."""
        landing = replace(landing, pieces=self.write_base(landing, counts))
        document = _render(asdict(landing), landing.update)
        self._engine.call("PUT", f"/{self.name}/_doc/{_LANDING}", document)
        return landing

    def write_base(self, landing: LandedVersion, counts: ByFeed) -> int:
        """Write the statistics whole; give in how many pieces."""
        packed = _pack(counts)
        pieces = [packed[at : at + _PIECE] for at in range(0, len(packed), _PIECE)]
        for number, piece in enumerate(pieces):
            path = f"/{self.name}/_doc/base-{landing.update}-{number}"
            self._engine.call("PUT", path, {"held": piece, "update": landing.update}, seconds=60.0)
        return len(pieces)

    def drop_pending(self) -> None:
        """Forget an update that landed or wrote nothing."""
        self._engine.call("DELETE", f"/{self.name}/_doc/{_PENDING}", missing={})

    def _write_in_order(
        self, lines: Sequence[tuple[dict[str, Any], dict[str, Any] | None]]
    ) -> None:
        named = [
            ({verb: {"_index": self.name, **about} for verb, about in action.items()}, document)
            for action, document in lines
        ]
        body = "".join(
            f"{json.dumps(part)}\n" for line in named for part in line if part is not None
        )
        results = self._engine.call("POST", "/_bulk", body, seconds=30.0)["items"]
        statuses = [next(iter(one.values()))["status"] for one in results]
        if any(status >= 400 for status in statuses[:-1]):  # noqa: PLR2004  # HTTP's refusals
            raise self._locked()

    def _locked(self) -> IndexLocked:
        return IndexLocked(f"{self._engine.name}: another process is writing {self.name}")

    def _read(self, name: str) -> tuple[dict[str, Any] | None, DocumentPlace | None]:
        found = self._engine.call("GET", f"/{self.name}/_doc/{name}", missing={})
        if not found.get("found"):
            return None, None
        return _unpack(found["_source"]["held"]), DocumentPlace(
            found["_seq_no"], found["_primary_term"]
        )

    def _read_base(self, landing: LandedVersion) -> ByFeed:
        names = [f"base-{landing.base}-{number}" for number in range(landing.pieces)]
        counts: ByFeed = _unpack("".join(self._read_held(names, _READ_AT_ONCE)))
        return counts

    def _read_held(self, names: Sequence[str], at_once: int) -> Iterator[str]:
        for at in range(0, len(names), at_once):
            asked = {"ids": list(names[at : at + at_once])}
            for found in self._engine.call("POST", f"/{self.name}/_mget", asked)["docs"]:
                if not found.get("found"):
                    raise IndexDamaged(f"{self.name}: {found['_id']} is missing; run `index --all`")
                yield found["_source"]["held"]


def _land_at(place: DocumentPlace) -> dict[str, Any]:
    where = {"if_seq_no": place.sequence, "if_primary_term": place.term}
    return {"index": {"_id": _LANDING, **where}}


def _render(held: Mapping[str, Any], update: int) -> dict[str, Any]:
    return {"held": _pack(held), "update": update}


def _pack(held: Mapping[str, Any]) -> str:
    return base64.b64encode(zlib.compress(json.dumps(held).encode(), 1)).decode("ascii")


def _unpack(packed: str) -> Any:  # noqa: ANN401  # JSON
    try:
        return json.loads(zlib.decompress(base64.b64decode(packed)))
    except (ValueError, zlib.error) as error:
        raise IndexDamaged("statistics: not as they were written; run `index --all`") from error
