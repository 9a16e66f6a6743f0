"""Reading the coverage anew in a process of its own, while questions keep their pace."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from retrieval.coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retrieval.model import IndexReport


def reload_coverage(coverage: Coverage) -> IndexReport:
    """Read what is new in the folders in another process, then swap to the index it landed.

    Takes as long as reading does: call it off the event loop. Raises RetrievalError (IndexLocked
    where the coverage is being read already), and BrokenProcessPool where that process dies.
    """
    # A fresh interpreter: a fork would take along the locks that other threads hold.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        report = process.submit(_read, coverage.folders, coverage.cache).result()
    coverage.reload()
    return report


def _read(folders: Sequence[Path], cache: Path) -> IndexReport:
    opened = Coverage.open(folders, cache)
    if opened.report.added or opened.report.changed or opened.report.removed:
        opened.merge()
    return opened.report
