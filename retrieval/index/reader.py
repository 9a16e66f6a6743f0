"""Opening an index: its manifest, and every segment that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.errors import IndexDamaged
from retrieval.index.segment import open_segment
from retrieval.index.segment_snapshot import SegmentSnapshot
from retrieval.index.storage import (
    check_segment,
    read_dead,
    read_manifest,
    size_of,
    version_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index.segment import Segment
    from retrieval.index.storage import Manifest


def open_snapshot(folder: Path) -> SegmentSnapshot:
    """Open the index of a folder as it stands now.

    Raises IndexDamaged where there is none or it is not whole, IndexOutdated where another version
    of the program wrote it. Large files are judged by their size and ends; see `check_index`.
    """
    manifest = read_manifest(folder)
    while True:
        try:
            segments = open_segments(folder, manifest)
        except IndexDamaged:
            newer = read_manifest(folder)
            if newer == manifest:
                raise
            manifest = newer  # a writer landed a version, and removed the one being opened
        else:
            return SegmentSnapshot(segments, version_of(manifest), size_of(manifest))


def open_segments(folder: Path, manifest: Manifest) -> tuple[Segment, ...]:
    """Open every segment that a manifest names."""
    for entry in manifest.segments:
        check_segment(folder, entry)
    return tuple(
        open_segment(folder / entry.name, read_dead(folder, entry)) for entry in manifest.segments
    )


def check_index(folder: Path) -> None:
    """Compare every byte of the index with its checksums; raises as `open_snapshot` does."""
    for entry in read_manifest(folder).segments:
        check_segment(folder, entry, whole=True)
