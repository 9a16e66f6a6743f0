"""One pass over the files of a coverage: what each of them holds, unless it is known already."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from retrieval.errors import ArticleError
from retrieval.reading.ingest_state import FileEntry, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from retrieval.reading.dates import Order
    from retrieval.reading.options import ReadingOptions
    from retrieval.reading.walking import FoundFile

    Progress = Callable[[str, int, int], None]

# An article of this size would be a book of several hundred thousand words.
LARGEST_FILE = 5_000_000
# Files of many records: at the most some ten times as much memory while they are parsed.
LARGEST_EXPORT = 20_000_000
_EXPORTS = frozenset(
    (".json", ".jsonl", ".ndjson", ".xml", ".rss", ".atom", ".csv", ".tsv", ".mbox")
)
# A file changed this shortly before it was read may change again within the same clock tick.
_TICK_NS = 2_000_000_000
# No file has this time, so that one known by it is looked into again.
_TRY_AGAIN = -2


@dataclass(slots=True)
class FilePass:
    """What the files held, gathered one by one.

    `reread` are the files that were read now, `touched` their entries and those that moved.
    """

    options: ReadingOptions
    entries: dict[str, FileEntry] = field(default_factory=dict)
    touched: dict[str, FileEntry] = field(default_factory=dict)
    reread: set[str] = field(default_factory=set)
    records: dict[str, list[Record]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def read_files(
        self,
        files: Mapping[str, FoundFile],
        known: Mapping[str, FileEntry],
        progress: Progress | None,
    ) -> None:
        """Read every file that is not known as it now is, then settle how days are read."""
        for done, file in enumerate(files.values(), 1):
            self._read_file(file, known.get(file.label))
            if progress is not None:
                progress("reading", done, len(files))
        self._settle_orders(files)

    def _read_file(self, file: FoundFile, entry: FileEntry | None) -> None:
        if entry is not None and self._is_due(entry):
            entry = None
        if entry is not None and (entry.size, entry.mtime_ns) == (file.size, file.mtime_ns):
            self.entries[file.label] = entry
            return
        self._keep(self._look_into(file, entry))

    def _is_due(self, entry: FileEntry) -> bool:
        """Whether a day that lay ahead has come."""
        return bool(entry.ahead) and datetime.fromisoformat(entry.ahead) <= self.options.moment

    def _keep(self, seen: FileEntry) -> None:
        self.entries[seen.label] = self.touched[seen.label] = seen

    def _look_into(self, file: FoundFile, entry: FileEntry | None) -> FileEntry:
        """The new entry of a file that is not in the ledger, or not of this size and time."""
        seen = FileEntry(file.label, file.size, _settle_time(file), b"")
        limit = LARGEST_EXPORT if file.path.suffix.lower() in _EXPORTS else LARGEST_FILE
        try:
            raw = b"" if file.size > limit else _read_bytes(file, limit)
        except OSError as error:
            self.reread.add(file.label)
            reason = f"cannot be read: {error.strerror}; check its rights"
            return replace(seen, mtime_ns=_TRY_AGAIN, reason=reason)
        seen = replace(seen, digest=hashlib.sha256(raw).digest())
        if entry is not None and entry.digest == seen.digest and raw:
            return replace(entry, size=seen.size, mtime_ns=seen.mtime_ns)
        self.reread.add(file.label)
        if max(file.size, len(raw)) > limit:
            size = max(file.size, len(raw)) / 1_000_000
            reason = f"{size:.1f} MB, over the {limit / 1_000_000:.0f} MB of a file"
            return replace(seen, reason=f"{reason}; split it into articles")
        return self._parse(raw, seen, file)

    def _parse(self, raw: bytes, seen: FileEntry, file: FoundFile) -> FileEntry:
        # Parsing loads YAML, HTML and Markdown libraries, which an unchanged folder can do without.
        from retrieval.reading.parsing import parse_file  # noqa: PLC0415  # as said above

        self.records.pop(seen.label, None)
        try:
            parsed = parse_file(raw, seen.label, self.options, self.options.site_of(file.path))
        except ArticleError as error:
            return replace(seen, reason=error.reason)
        self.records[seen.label] = [
            Record(a, seen.label, 0 if n < parsed.own else n) for n, a in enumerate(parsed.articles)
        ]
        return replace(
            seen,
            warnings=parsed.warnings,
            date_order=parsed.order,
            read_as=parsed.read_as,
            ahead=parsed.ahead.isoformat() if parsed.ahead else "",
        )

    def _settle_orders(self, files: Mapping[str, FoundFile]) -> None:
        """Read dates like 9/10/2023 as the other dates of their folder, or of all, must be read."""
        doubtful = [entry for entry in self.entries.values() if entry.read_as]
        if not doubtful:
            return
        orders = _Orders.count(self.entries.values())
        for entry in doubtful:
            order = orders.of(entry.label)
            if order and order != entry.read_as:
                self._read_again(files[entry.label], entry, order)
        self._warn_of_orders(doubtful, orders)

    def _read_again(self, file: FoundFile, entry: FileEntry, order: Order) -> None:
        options = self.options
        try:
            raw = _read_bytes(file, LARGEST_EXPORT)
        except OSError:
            return  # it is read again the next time, for its time will not be as it is known
        self.options = replace(options, day_first=order == "day")
        self.reread.add(entry.label)
        self._keep(self._parse(raw, replace(entry, reason="", warnings=()), file))
        self.options = options

    def _warn_of_orders(self, doubtful: Iterable[FileEntry], orders: _Orders) -> None:
        guessed = [entry for entry in doubtful if not orders.of(entry.label)]
        for folder, count in Counter(_folder(entry.label) for entry in guessed).items():
            order = "day" if self.options.day_first else "month"
            self.warnings.append(
                f"{folder}: dates like 9/10/2023 in {count} files are read {order} first, "
                "for nothing there tells; say which in coverage.date_order"
            )


@dataclass(frozen=True, slots=True)
class _Orders:
    """How dates of figures are written, by folder, as those show that can be read in one way."""

    by_folder: Mapping[str, Counter[Order]]
    everywhere: Counter[Order]

    @classmethod
    def count(cls, entries: Iterable[FileEntry]) -> _Orders:
        by_folder: dict[str, Counter[Order]] = {}
        everywhere: Counter[Order] = Counter()
        for entry in entries:
            if entry.date_order:
                by_folder.setdefault(_folder(entry.label), Counter())[entry.date_order] += 1
                everywhere[entry.date_order] += 1
        return cls(by_folder, everywhere)

    def of(self, label: str) -> Order:
        """The order in the file's folder, else in all folders; "" where they do not tell."""
        for counts in (self.by_folder.get(_folder(label), Counter()), self.everywhere):
            if counts["day"] != counts["month"]:
                return "day" if counts["day"] > counts["month"] else "month"
        return ""


def _folder(label: str) -> str:
    return label.rpartition("/")[0]


def _read_bytes(file: FoundFile, limit: int) -> bytes:
    """At most one byte more than the limit, however the file may have grown since it was found."""
    with file.path.open("rb") as stream:
        return stream.read(limit + 1)


def _settle_time(file: FoundFile) -> int:
    """The time of a file to be known by, or none where it may yet change within that time."""
    return file.mtime_ns if time.time_ns() - file.mtime_ns > _TICK_NS else _TRY_AGAIN
