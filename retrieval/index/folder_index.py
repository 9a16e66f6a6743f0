"""An index that a folder of this machine keeps: opened, written and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.index.reader import check_index, open_snapshot
from retrieval.index.writer import IndexWriter

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index.segment_snapshot import SegmentSnapshot


class FolderIndex:
    """See Index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __str__(self) -> str:
        return str(self._folder)

    def stands(self) -> bool:
        """Whether the folder holds an index, whole or not."""
        return self._folder.is_dir()

    def open(self) -> SegmentSnapshot:
        """Open the version that landed last; see `open_snapshot`."""
        return open_snapshot(self._folder)

    def writer(self) -> IndexWriter:
        """What writes it; IndexLocked while another process does."""
        return IndexWriter(self._folder)

    def mend(self) -> None:
        """Do nothing: an update that was cut off has left nothing that counts."""

    def verify(self) -> None:
        """Compare every byte with its checksums; raises IndexDamaged."""
        check_index(self._folder)
