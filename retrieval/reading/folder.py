"""Folders to articles: what is new, changed or gone since the ledger, every file accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from retrieval.reading.file_pass import FilePass
from retrieval.reading.ingest_state import Ledger, LedgerChange, LedgerDamaged, Record
from retrieval.reading.options import DEFAULTS, ReadingOptions
from retrieval.reading.walking import find_files
from retrieval.reports import Reject
from retrieval.stored_articles import render_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from retrieval.model import Article
    from retrieval.reading.walking import Walk

Progress = Callable[[str, int, int], None]


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
    options: ReadingOptions = DEFAULTS,
) -> Reading:
    """Read what changed under the folders (or single files) since the ledger was written.

    `progress(phase, done, total)` is called after every file. `known=False` reads everything again
    and calls every article new; other `options` than the last time read everything again. Raises
    CoverageError for a path that does not exist or cannot be listed, StorageError where the ledger
    is locked; an empty folder is a warning.
    """
    walk = find_files(paths)
    try:
        return _read(walk, ledger, progress, options, known=known)
    except LedgerDamaged:
        ledger.start_again()
        return _read(walk, ledger, progress, options, known=False)


def _read(
    walk: Walk,
    ledger: Ledger,
    progress: Progress | None,
    options: ReadingOptions,
    *,
    known: bool,
) -> Reading:
    before = ledger.read_entries()
    alike = known and ledger.read_options() == options.fingerprint
    found = FilePass(options)
    found.read_files(walk.files, before if alike else {}, progress)
    return _conclude(walk, ledger, found, gone=before.keys() - found.entries.keys(), known=known)


def _conclude(
    walk: Walk, ledger: Ledger, found: FilePass, *, gone: Iterable[str], known: bool
) -> Reading:
    gone_files = frozenset(gone)
    digests_before = ledger.read_digests()
    stale = found.reread | gone_files
    merged = _merge(ledger, found.records, stale)
    chosen, twins = _choose(ledger, merged)
    digests = {i: _digest(a) if a else b"" for i, a in chosen.items() if a or merged.get(i, a)}
    shown_before = {i: digest for i, digest in digests_before.items() if digest}
    changed = tuple(
        article
        for article_id, article in sorted(chosen.items())
        if article and not (known and digests_before.get(article_id) == digests[article_id])
    )
    removed = frozenset(i for i, a in chosen.items() if a is None and i in shown_before)
    entries = found.entries.values()
    return Reading(
        changed=changed,
        removed=removed,
        added_ids=frozenset(a.id for a in changed if not known or a.id not in shown_before),
        files_read=len(found.entries),
        rejects=tuple(Reject(e.label, e.reason) for e in entries if e.reason),
        warnings=(*walk.warnings, *found.warnings, *(w for e in entries for w in e.warnings)),
        articles=len((shown_before.keys() | {i for i, a in chosen.items() if a}) - removed),
        whole=not known or not digests_before,
        _ledger=ledger,
        _change=LedgerChange(
            entries=tuple(found.touched.values()),
            gone_files=gone_files,
            reread=frozenset(found.reread),
            records=tuple(chain.from_iterable(found.records.values())),
            digests=digests,
            gone_articles=frozenset(i for i in merged if i not in digests and i in digests_before),
            twins=twins,
            options=found.options.fingerprint,
        ),
    )


def _choose(
    ledger: Ledger, merged: Mapping[str, Article | None]
) -> tuple[dict[str, Article | None], dict[str, str]]:
    """Of articles with one text the one that is shown, beside all others that were touched."""
    if not merged:
        return {}, {}
    from retrieval.reading.twins import choose_twins  # noqa: PLC0415  # seldom needed

    return choose_twins(
        merged, ledger.read_twins(), lambda article_id: _join(ledger.read_records(article_id))
    )


def _merge(
    ledger: Ledger, fresh: Mapping[str, Iterable[Record]], stale: Iterable[str]
) -> dict[str, Article | None]:
    """Every article that a file now read tells of or told of before; none for one that is gone."""
    stale = frozenset(stale)
    by_id: dict[str, list[Record]] = {article_id: [] for article_id in ledger.read_ids(stale)}
    for record in chain.from_iterable(fresh.values()):
        by_id.setdefault(record.article.id, []).append(record)
    merged: dict[str, Article | None] = {}
    for article_id, records in by_id.items():
        records += [r for r in ledger.read_records(article_id) if r.label not in stale]
        merged[article_id] = _join(records)
    return merged


def _join(records: list[Record]) -> Article | None:
    """The article that all these records tell of, none for none."""
    from retrieval.reading.merging import merge_articles  # noqa: PLC0415  # seldom needed

    if not records:
        return None
    records.sort(key=_preference)
    own = sum(record.position == 0 for record in records)
    return merge_articles([r.article for r in records], max(own, 1))


def _preference(record: Record) -> tuple[bool, bool, str, int]:
    """The file that is about an article before those that relate it, originals before digests."""
    return record.position > 0, record.article.digest, record.label, record.position


def _digest(article: Article) -> bytes:
    return hashlib.sha256(render_record(article)).digest()
