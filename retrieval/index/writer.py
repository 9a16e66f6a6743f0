"""Updating the index: a new segment beside the old ones, then one swap."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from retrieval.errors import IndexLocked, StorageError
from retrieval.index.arrays import write_arrays
from retrieval.index.builder import build_segment, has_outgrown
from retrieval.index.locking import lock_file
from retrieval.index.merger import merge_segments
from retrieval.index.reader import open_segments, open_snapshot
from retrieval.index.segment import open_segment
from retrieval.index.storage import (
    MANIFEST,
    Manifest,
    SegmentEntry,
    mark_files,
    read_manifest,
    remove_unnamed,
    write_dead,
    write_manifest,
)
from retrieval.index.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from retrieval.index.builder import Arrays
    from retrieval.index.segment_snapshot import SegmentSnapshot
    from retrieval.model import Article

    Progress = Callable[[str, int, int], None]

_FAN = 8  # so many segments of about one size become one
_AT_ONCE = 4_096  # articles that an update merges without being asked


class IndexWriter:
    """The one process that may write an index; raises IndexLocked while another does.

    Every update leaves the index whole: a crash or a full disk at any moment leaves the version
    before it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = (folder / "lock").open("a")
        try:
            lock_file(self._lock)
        except OSError as error:
            self._lock.close()
            raise IndexLocked(f"{folder}: another process is writing this index") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.close()

    def update(
        self,
        *,
        add: Iterable[Article],
        remove: Collection[str] = (),
        progress: Progress | None = None,
    ) -> SegmentSnapshot:
        """Add articles, replacing those of the same id, and remove others; give the new version.

        Raises IndexDamaged or IndexOutdated where the index cannot be added to (`clear` it first),
        StorageError where it cannot be written; then the old version stands. `progress` gets
        ("index", articles done, of all).
        """
        added = sorted({article.id: article for article in add}.values(), key=lambda a: a.id)
        with _Writing(self._folder, self._current()) as writing:
            writing.bury({*remove, *(article.id for article in added)})
            if writing.needs_new_average(len(added)):
                added = writing.take_all(added)
            if added:
                writing.add(added, progress)
            writing.merge(_AT_ONCE)
            writing.land()
        return open_snapshot(self._folder)

    def merge(self) -> SegmentSnapshot:
        """Join segments of like size, so that their number stays logarithmic; may take minutes.

        An update does this by itself for up to 4,096 articles.
        """
        with _Writing(self._folder, self._current()) as writing:
            if writing.merge(None):
                writing.land()
        return open_snapshot(self._folder)

    def clear(self) -> None:
        """Start again from nothing, whatever stands in the folder."""
        manifest = Manifest(_next_version(self._folder))
        write_manifest(self._folder, manifest)
        remove_unnamed(self._folder, manifest)

    def _current(self) -> Manifest:
        if not (self._folder / MANIFEST).exists():
            return Manifest()
        return read_manifest(self._folder)


class _Writing:
    """The next version while it is made; nothing counts until `land`."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder, self._old = folder, manifest
        self._version = manifest.version + 1
        self._average, self._average_of = manifest.average, manifest.average_of
        self._parts = list(zip(manifest.segments, open_segments(folder, manifest), strict=True))
        self._written = 0

    def __enter__(self) -> Self:
        remove_unnamed(self._folder, self._old)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: object
    ) -> None:
        if error is not None:
            remove_unnamed(self._folder, self._old)
        if isinstance(error, OSError):
            message = (
                f"{self._folder}: cannot be written ({error.strerror}); the index is as it was"
            )
            raise StorageError(message) from error

    def bury(self, ids: Collection[str]) -> None:
        """Note which stored articles are gone."""
        for at, (entry, segment) in enumerate(self._parts):
            found = [number for one in ids if (number := segment.ids.find(one)) is not None]
            dead = np.union1d(segment.dead, np.array(found, np.uint32)).astype(np.uint32)
            if len(dead) > len(segment.dead):
                marked = write_dead(self._folder, entry, dead, self._version)
                self._parts[at] = marked, replace(segment, dead=dead)
        self._parts = [part for part in self._parts if len(part[1].dead) < len(part[1])]

    def needs_new_average(self, added: int) -> bool:
        """Whether the index has outgrown the articles that its average length was taken from."""
        living = sum(len(segment) - len(segment.dead) for _, segment in self._parts)
        return living > 0 and has_outgrown(self._average_of, living, added)

    def take_all(self, added: Iterable[Article]) -> list[Article]:
        """Give the living articles and the added ones, to be indexed anew."""
        living = [article for _, segment in self._parts for article in segment.articles()]
        self._parts, self._average = [], None
        return sorted([*living, *added], key=lambda article: article.id)

    def add(self, articles: Sequence[Article], progress: Progress | None) -> None:
        """Write the articles as a segment."""
        told = None if progress is None else partial(progress, "index")
        arrays, about = build_segment(articles, WEIGHTS.fields, self._average, told)
        if self._average is None or not self._parts:
            self._average, self._average_of = about["average"], len(articles)
        self._write(arrays, about)

    def merge(self, at_once: int | None) -> bool:
        """Join segments of one size while there are too many, and rewrite those half dead.

        Whether there was anything to join.
        """
        before = self._written
        while group := self._crowd(at_once):
            parts = [self._parts[at] for at in group]
            self._parts = [part for at, part in enumerate(self._parts) if at not in group]
            self._write(*merge_segments([segment for _, segment in parts]))
        return self._written > before

    def land(self) -> None:
        """Make this version the index."""
        entries = tuple(entry for entry, _ in self._parts)
        manifest = Manifest(self._version, self._average, self._average_of, entries)
        write_manifest(self._folder, manifest)
        remove_unnamed(self._folder, manifest)

    def _crowd(self, at_once: int | None) -> set[int]:
        """Choose segments to join: eight or more of one size class, or one that is half dead."""
        classes: defaultdict[int, set[int]] = defaultdict(set)
        for at, (_, segment) in enumerate(self._parts):
            living = len(segment) - len(segment.dead)
            if at_once is not None and living * _FAN > at_once:
                continue
            if living * 2 < len(segment):
                return {at}
            classes[int(math.log(living, _FAN) + 1e-9)].add(at)
        return next((group for group in classes.values() if len(group) >= _FAN), set())

    def _write(self, arrays: Arrays, about: Mapping[str, Any]) -> None:
        self._written += 1
        name = f"segment-{self._version}-{self._written}"
        (self._folder / name).mkdir()
        write_arrays(self._folder / name, arrays, about)
        entry = SegmentEntry(name, about["articles"], files=mark_files(self._folder / name))
        self._parts.append((entry, open_segment(self._folder / name)))


def _next_version(folder: Path) -> int:
    try:
        return read_manifest(folder).version + 1
    except StorageError:
        return 1
