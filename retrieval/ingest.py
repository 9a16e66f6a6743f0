"""What changed in the coverage's folders, read and indexed; then the ledger says so."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.errors import IndexDamaged, IndexOutdated
from retrieval.index import IndexWriter, open_snapshot
from retrieval.reading import DEFAULTS, Ledger, ReadingOptions, read_coverage
from retrieval.reports import IndexReport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from retrieval.index import Snapshot
    from retrieval.reading import Reading

    Progress = Callable[[str, int, int], None]

log = logging.getLogger(__name__)

INDEX_FOLDER = "index"
LEDGER_FILE = "ledger.sqlite3"


def ingest(
    folders: Sequence[Path],
    cache: Path,
    *,
    progress: Progress | None = None,
    everything: bool = False,
    options: ReadingOptions = DEFAULTS,
) -> tuple[Snapshot, IndexReport]:
    """Read what is new or changed in the folders (`everything`: all of it) and index it.

    The ledger of what was read is written last: a kill before that costs only a re-read. Raises
    CoverageError where a folder cannot be used, IndexLocked while another process ingests,
    StorageError where the index cannot be written.
    """
    started = time.perf_counter()
    standing, lost = (None, "") if everything else _open_standing(cache)
    with Ledger.open(cache / LEDGER_FILE) as ledger:
        known = standing is not None
        reading = read_coverage(folders, ledger, progress=progress, known=known, options=options)
        if standing is None or reading.whole or reading.changed or reading.removed:
            anew = standing is None or reading.whole
            snapshot = _land(reading, cache, progress, anew=anew)
        else:
            snapshot = standing
        reading.commit()
    return snapshot, _report(reading, snapshot, started, lost)


def _open_standing(cache: Path) -> tuple[Snapshot | None, str]:
    """The index that landed last, or none and a line that says why it is built anew."""
    folder = cache / INDEX_FOLDER
    if not folder.exists():
        return None, ""
    try:
        return open_snapshot(folder), ""
    except (IndexDamaged, IndexOutdated) as error:
        what, _, _ = str(error).partition("; run")  # the advice is being followed right here
        line = f"{what}; built anew from the coverage"
        log.warning(line)
        return None, line


def _land(reading: Reading, cache: Path, progress: Progress | None, *, anew: bool) -> Snapshot:
    with IndexWriter(cache / INDEX_FOLDER) as writer:
        if anew:
            writer.clear()
        return writer.update(add=reading.changed, remove=reading.removed, progress=progress)


def _report(reading: Reading, snapshot: Snapshot, started: float, lost: str) -> IndexReport:
    return replace(
        describe_index(snapshot),
        files_read=reading.files_read,
        files_rejected=len(reading.rejects),
        rejects=reading.rejects,
        warnings=((lost,) if lost else ()) + reading.warnings,
        added=len(reading.added_ids),
        changed=len(reading.changed) - len(reading.added_ids),
        removed=len(reading.removed),
        seconds=time.perf_counter() - started,
    )


def describe_index(snapshot: Snapshot) -> IndexReport:
    """The report on an index for which nothing was read."""
    return IndexReport(
        files_read=0,
        files_rejected=0,
        rejects=(),
        warnings=(),
        articles=len(snapshot),
        passages=snapshot.passages,
        added=0,
        changed=0,
        removed=0,
        seconds=0.0,
        bytes=snapshot.bytes,
    )
