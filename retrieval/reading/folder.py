"""Folders to articles: what is new, changed or gone since the ledger, every file accounted for."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from retrieval.errors import ArticleError
from retrieval.model import Reject
from retrieval.reading.ingest_state import (
    FileEntry,
    Ledger,
    LedgerChange,
    LedgerDamaged,
    Record,
)
from retrieval.reading.walking import find_files
from retrieval.stored_articles import render_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from retrieval.model import Article
    from retrieval.reading.walking import FoundFile, Walk

Progress = Callable[[str, int, int], None]

# An article of this size would be a book of several hundred thousand words.
LARGEST_FILE = 5_000_000
# A file changed this shortly before it was read may change again within the same clock tick.
_TICK_NS = 2_000_000_000
# No file has this time, so that one known by it is looked into again.
_TRY_AGAIN = -2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reading of the coverage found.

    `changed` holds the articles to be indexed, `added_ids` those of them that are new, `removed`
    the ids to be taken out. The counts, rejects and warnings speak of all files, whether read now
    or before; `whole` says that `changed` is the entire coverage. `commit` writes the ledger, to be
    called once the index has landed: a crash in between costs a second reading, nothing else.
    """

    changed: tuple[Article, ...]
    removed: frozenset[str]
    added_ids: frozenset[str]
    files_read: int
    rejects: tuple[Reject, ...]
    warnings: tuple[str, ...]
    articles: int
    whole: bool
    _ledger: Ledger = field(repr=False)
    _change: LedgerChange = field(repr=False)

    def commit(self) -> None:
        """Write the ledger. Raises StorageError where another process keeps it locked."""
        self._ledger.write(self._change)


def read_coverage(
    paths: Sequence[Path],
    ledger: Ledger,
    *,
    progress: Progress | None = None,
    known: bool = True,
) -> Reading:
    """Read what changed under the folders (or single files) since the ledger was written.

    `progress(phase, done, total)` is called after every file. `known=False` reads everything again
    and calls every article new. Raises CoverageError for a path that does not exist or cannot be
    listed, StorageError where the ledger is locked; an empty folder is a warning.
    """
    walk = find_files(paths)
    try:
        return _read(walk, ledger, progress, known=known)
    except LedgerDamaged:
        ledger.start_again()
        return _read(walk, ledger, progress, known=False)


@dataclass(slots=True)
class _Findings:
    """What the files held, gathered one by one."""

    entries: dict[str, FileEntry] = field(default_factory=dict)
    touched: list[FileEntry] = field(default_factory=list)
    reread: set[str] = field(default_factory=set)
    records: list[Record] = field(default_factory=list)


def _read(walk: Walk, ledger: Ledger, progress: Progress | None, *, known: bool) -> Reading:
    before = ledger.read_entries()
    findings = _Findings()
    for done, file in enumerate(walk.files.values(), 1):
        _read_file(file, before.get(file.label) if known else None, findings)
        if progress is not None:
            progress("reading", done, len(walk.files))
    return _conclude(walk, ledger, findings, before=before, known=known)


def _read_file(file: FoundFile, entry: FileEntry | None, findings: _Findings) -> None:
    if entry is not None and (entry.size, entry.mtime_ns) == (file.size, file.mtime_ns):
        findings.entries[file.label] = entry
        return
    seen = _look_into(file, entry, findings)
    findings.entries[file.label] = seen
    findings.touched.append(seen)


def _look_into(file: FoundFile, entry: FileEntry | None, findings: _Findings) -> FileEntry:
    """The new entry of a file that is not in the ledger, or not of this size and time."""
    seen = FileEntry(file.label, file.size, _settle_time(file), b"")
    try:
        raw = b"" if file.size > LARGEST_FILE else file.path.read_bytes()
    except OSError as error:
        findings.reread.add(file.label)
        reason = f"cannot be read: {error.strerror}; check its rights"
        return replace(seen, mtime_ns=_TRY_AGAIN, reason=reason)
    seen = replace(seen, digest=hashlib.sha256(raw).digest())
    if entry is not None and entry.digest == seen.digest and raw:
        return replace(seen, reason=entry.reason, warnings=entry.warnings)
    findings.reread.add(file.label)
    return _parse(raw, seen, findings)


def _settle_time(file: FoundFile) -> int:
    """The time of a file to be known by, or none where it may yet change within that time."""
    return file.mtime_ns if time.time_ns() - file.mtime_ns > _TICK_NS else _TRY_AGAIN


def _parse(raw: bytes, seen: FileEntry, findings: _Findings) -> FileEntry:
    # Parsing loads YAML, HTML and Markdown libraries, which an unchanged folder can do without.
    from retrieval.reading.parsing import parse_file  # noqa: PLC0415  # as said above

    if seen.size > LARGEST_FILE:
        megabytes, limit = seen.size / 1_000_000, LARGEST_FILE / 1_000_000
        reason = f"{megabytes:.1f} MB, over the {limit:.0f} MB of a file; split it into articles"
        return replace(seen, reason=reason)
    try:
        parsed = parse_file(raw, seen.label)
    except ArticleError as error:
        return replace(seen, reason=error.reason)
    records = (Record(a, seen.label, n) for n, a in enumerate(parsed.articles))
    findings.records.extend(records)
    return replace(seen, warnings=parsed.warnings)


def _conclude(
    walk: Walk, ledger: Ledger, findings: _Findings, *, before: dict[str, FileEntry], known: bool
) -> Reading:
    gone_files = frozenset(before.keys() - findings.entries.keys())
    digests_before = ledger.read_digests()
    stale = findings.reread | gone_files
    merged = _merge(ledger, findings.records, stale, ledger.read_ids(stale))
    digests = {article_id: _digest(article) for article_id, article in merged.items() if article}
    changed = tuple(
        article
        for article_id, article in sorted(merged.items())
        if article and not (known and digests_before.get(article_id) == digests[article_id])
    )
    removed = frozenset(i for i, a in merged.items() if a is None and i in digests_before)
    return Reading(
        changed=changed,
        removed=removed,
        added_ids=frozenset(a.id for a in changed if not known or a.id not in digests_before),
        files_read=len(findings.entries),
        rejects=tuple(Reject(e.label, e.reason) for e in findings.entries.values() if e.reason),
        warnings=(*walk.warnings, *(w for e in findings.entries.values() for w in e.warnings)),
        articles=len((digests_before.keys() | digests.keys()) - removed),
        whole=not known or not digests_before,
        _ledger=ledger,
        _change=LedgerChange(
            entries=tuple(findings.touched),
            gone_files=gone_files,
            reread=frozenset(findings.reread),
            records=tuple(findings.records),
            digests=digests,
            gone_articles=removed,
        ),
    )


def _merge(
    ledger: Ledger, fresh: Iterable[Record], stale: Iterable[str], touched: Iterable[str]
) -> dict[str, Article | None]:
    """Every article that a file now read tells of or told of before; none for one that is gone."""
    from retrieval.reading.merging import merge_articles  # noqa: PLC0415  # seldom needed

    by_id: dict[str, list[Record]] = {article_id: [] for article_id in touched}
    for record in fresh:
        by_id.setdefault(record.article.id, []).append(record)
    stale = frozenset(stale)
    merged: dict[str, Article | None] = {}
    for article_id, records in by_id.items():
        records += [r for r in ledger.read_records(article_id) if r.label not in stale]
        records.sort(key=_preference)
        merged[article_id] = merge_articles([r.article for r in records]) if records else None
    return merged


def _preference(record: Record) -> tuple[bool, bool, str, int]:
    """The file that is about an article before those that relate it, originals before digests."""
    return record.position > 0, record.article.digest, record.label, record.position


def _digest(article: Article) -> bytes:
    return hashlib.sha256(render_record(article)).digest()
