"""Articles to something searchable: a writer updates an index, snapshots search it."""

from __future__ import annotations

from retrieval.index.folder_index import FolderIndex
from retrieval.index.reader import check_index, open_snapshot
from retrieval.index.segment_snapshot import SegmentSnapshot
from retrieval.index.snapshot import Index, Snapshot, Writer
from retrieval.index.writer import IndexWriter

__all__ = [
    "FolderIndex",
    "Index",
    "IndexWriter",
    "SegmentSnapshot",
    "Snapshot",
    "Writer",
    "check_index",
    "open_snapshot",
]
