"""What changed in the coverage's folders, read and indexed; then the ledger says so."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.errors import IndexDamaged, IndexOutdated
from retrieval.index import FolderIndex
from retrieval.reading import DEFAULTS, Ledger, ReadingOptions, read_coverage
from retrieval.reports import IndexReport

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from retrieval.index import Index, Snapshot
    from retrieval.reading import Reading

    Progress = Callable[[str, int, int], None]
    NoteAdded = Callable[[Collection[str]], None]

log = logging.getLogger(__name__)

INDEX_FOLDER = "index"
LEDGER_FILE = "ledger.sqlite3"


def ingest(  # noqa: PLR0913  # what is read, how, and where it is kept
    folders: Sequence[Path],
    cache: Path,
    *,
    progress: Progress | None = None,
    everything: bool = False,
    options: ReadingOptions = DEFAULTS,
    index: Index | None = None,
    note_added: NoteAdded | None = None,
) -> tuple[Snapshot, IndexReport]:
    """Read what is new or changed in the folders (`everything`: all of it) and index it.

    `cache` keeps the ledger, and the index too unless `index` says where. The ledger of what was
    read is written last: a kill before that costs only a re-read. `note_added` is given the ids of
    the articles that are new and of no feed once they can be searched, and again after a kill;
    where everything is indexed anew it is not called. Raises CoverageError where a folder cannot be
    used, IndexLocked while another process ingests, StorageError where the index cannot be written.
    """
    started = time.perf_counter()
    index = index or FolderIndex(cache / INDEX_FOLDER)
    standing, lost = (None, "") if everything else _open_standing(index)
    with Ledger.open(cache / LEDGER_FILE) as ledger:
        known = standing is not None
        reading = read_coverage(folders, ledger, progress=progress, known=known, options=options)
        if standing is None or reading.whole or reading.changed or reading.removed:
            anew = standing is None or reading.whole
            snapshot = _land(reading, index, progress, anew=anew)
        else:
            snapshot = standing
        if note_added is not None and standing is not None and not reading.whole:
            note_added([a.id for a in reading.changed if a.id in reading.added_ids and not a.feed])
        reading.commit()
    return snapshot, _report(reading, snapshot, started, lost)


def _open_standing(index: Index) -> tuple[Snapshot | None, str]:
    """The index that landed last, or none and a line that says why it is built anew."""
    if not index.stands():
        return None, ""
    try:
        index.mend()
        return index.open(), ""
    except (IndexDamaged, IndexOutdated) as error:
        what, _, _ = str(error).partition("; run")  # the advice is being followed right here
        line = f"{what}; built anew from the coverage"
        log.warning(line)
        return None, line


def _land(reading: Reading, index: Index, progress: Progress | None, *, anew: bool) -> Snapshot:
    with index.writer() as writer:
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
