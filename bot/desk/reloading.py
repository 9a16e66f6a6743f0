"""Reading the coverage anew in a process of its own, while questions keep their pace."""

from __future__ import annotations

import logging
import os
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.desk.alerts import Failed, Standing, find_quiet
from bot.store.arrivals import ADDED_FOLDER, note_added
from retrieval.coverage import Coverage
from retrieval.errors import IndexLocked, RetrievalError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from bot.desk.aside import Aside
    from retrieval import Index, IndexReport, ReadingOptions

log = logging.getLogger(__name__)


def reload_coverage(coverage: Coverage, aside: Aside) -> IndexReport:
    """Read what is new in the folders in another process, and swap to the index it landed.

    Takes as long as reading does: call it off the event loop. Segments are joined afterwards, so
    that no article waits for that. Raises RetrievalError (IndexLocked where the coverage is being
    read already), and BrokenProcessPool where that process dies.
    """
    read = (coverage.folders, coverage.cache, coverage.options, coverage.index)
    report = aside.run(_read, *read)
    coverage.reload()
    if report.added or report.changed or report.removed:
        with suppress(IndexLocked):  # then they are joined after the next reading
            aside.run(_merge, *read)
            coverage.reload()
    return report


def reread(coverage: Coverage, aside: Aside, today: date, before: Standing) -> Standing:
    """Reload the coverage and say how it stands now; where that fails, the log says why.

    While another process reads it, it stands as `before`. Call it off the event loop.
    """
    try:
        report = reload_coverage(coverage, aside)
    except IndexLocked as locked:
        log.warning("%s; it is read again at the next turn", locked)
        return before
    except (RetrievalError, OSError, BrokenProcessPool) as error:
        log.warning("%s; the bot goes on with the coverage as it was", error)
        return replace(before, failure=Failed(_name_closed(coverage.folders)))
    return Standing(rejects=report.rejects, quiet_since=find_quiet(coverage.snapshot, today))


def standing_of(coverage: Coverage, today: date) -> Standing:
    """How the coverage stands that was opened; its rejects are known where it was read then."""
    known = coverage.report.rejects if coverage.updated else None
    return Standing(rejects=known, quiet_since=find_quiet(coverage.snapshot, today))


def _name_closed(folders: Sequence[Path]) -> str:
    """The name of the first folder that cannot be read, "" where all can."""
    return next((folder.name for folder in folders if not os.access(folder, os.R_OK)), "")


def _read(
    folders: Sequence[Path], cache: Path, options: ReadingOptions, index: Index
) -> IndexReport:
    note = partial(note_added, cache / ADDED_FOLDER)
    return Coverage.open(folders, cache, options=options, index=index, note_added=note).report


def _merge(folders: Sequence[Path], cache: Path, options: ReadingOptions, index: Index) -> None:
    Coverage.open(folders, cache, refresh=False, options=options, index=index).merge()
