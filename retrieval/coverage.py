"""Coverage: the one front door to reading, searching and answering."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from retrieval.answering import answer_question
from retrieval.errors import StorageError
from retrieval.index import IndexWriter, Snapshot, open_snapshot
from retrieval.model import Filters, IndexReport, Status, Window
from retrieval.question import read_question
from retrieval.reading import Ledger, read_coverage
from retrieval.stories import find_story
from retrieval.timeline import build_timeline, compare_outlets, find_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.model import (
        Answer,
        Article,
        Changes,
        Comparison,
        Ranking,
        Sort,
        Story,
        Timeline,
    )

    Progress = Callable[[str, int, int], None]


class Coverage:
    """Articles under some folders, searchable from a cache folder.

    Every question runs on the immutable `snapshot` it started with; `refresh` and `reload` swap the
    snapshot in one assignment, so they may run in a thread beside questions.
    """

    def __init__(self, folders: Sequence[Path], cache: Path, snapshot: Snapshot) -> None:
        self.folders = tuple(folders)
        self.cache = cache
        self.snapshot = snapshot
        self.report: IndexReport | None = None

    @classmethod
    def open(
        cls, folders: Sequence[Path], cache: Path, progress: Progress | None = None
    ) -> Self:
        """Read what is new in the folders, index it in `cache`, and stand ready.

        Raises CoverageError where a folder cannot be used and IndexLocked where another process is
        writing. `progress` gets (phase, done, total).
        """
        ...
