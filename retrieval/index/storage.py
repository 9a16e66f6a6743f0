"""The index on disk: a manifest that names whole segments, swapped in one step."""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.errors import IndexDamaged, IndexOutdated, StorageError
from retrieval.index.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

FORMAT = 6  # to be raised with any change to what is stored, the analysis included
MANIFEST = "manifest.json"
_WHOLE = 2**20  # bytes; a file up to this size is checked in full whenever the index is opened
_BLOCK = 2**16


@dataclass(frozen=True, slots=True)
class FileMark:
    """What a file must look like: its size, the checksum of its ends, and that of the whole."""

    size: int
    ends: int
    whole: int


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment as the manifest names it: its folder, its files and the list of its dead."""

    name: str
    articles: int
    dead: int = 0
    dead_file: str = ""
    files: dict[str, FileMark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One version of the index.

    `average` is the article length that all segments share, taken from `average_of` articles.
    """

    version: int = 0
    average: float | None = None
    average_of: int = 0
    segments: tuple[SegmentEntry, ...] = ()


def read_manifest(folder: Path) -> Manifest:
    """Read which segments make up the index.

    Raises IndexDamaged where there is none or it cannot be read, IndexOutdated where another
    version of the program, or one with other field weights, wrote it.
    """
    path = folder / MANIFEST
    try:
        written = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise IndexDamaged(f"{folder}: no index yet; run `index`") from error
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{path}: cannot be read ({error}); run `index`") from error
    if not isinstance(written, dict) or written.get("format") != _format():
        raise IndexOutdated(f"{path}: written by another version")
    try:
        if written["checksum"] != _checksum_of(written["index"]):
            raise IndexDamaged(f"{path}: does not match its checksum")
        return _parse_manifest(written["index"])
    except (KeyError, TypeError) as error:
        raise IndexDamaged(f"{path}: is not whole ({error}); run `index`") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make this version the index, in one step that a crash cannot split."""
    index = asdict(manifest)
    written = {"format": _format(), "checksum": _checksum_of(index), "index": index}
    path, temporary = folder / MANIFEST, folder / f"{MANIFEST}.new"
    temporary.write_text(json.dumps(written) + "\n", encoding="utf-8")
    sync(temporary)
    temporary.replace(path)
    sync(folder)


def mark_files(folder: Path) -> dict[str, FileMark]:
    """Bring every file of a segment to disk, and note what it must look like from now on."""
    marks = {}
    for path in sorted(folder.iterdir()):
        sync(path)
        marks[path.name] = _mark(path)
    sync(folder)
    return marks


def check_segment(folder: Path, entry: SegmentEntry, *, whole: bool = False) -> None:
    """Raise IndexDamaged where a file of the segment is missing or not as it was written.

    A large file is judged by its size and its ends, unless `whole` asks for every byte.
    """
    for name, mark in entry.files.items():
        path = folder / entry.name / name
        try:
            size = path.stat().st_size
            good = size == mark.size and _ends(path, size) == mark.ends
            if good and (whole or size <= _WHOLE):
                good = _whole(path) == mark.whole
        except OSError as error:
            raise IndexDamaged(f"{path}: cannot be read ({error}); run `index`") from error
        if not good:
            raise IndexDamaged(f"{path}: is not as it was written; run `index`")


def write_dead(
    folder: Path, entry: SegmentEntry, dead: NDArray[np.uint32], version: int
) -> SegmentEntry:
    """Write which articles of a segment are gone, and give the entry that names the list."""
    name = f"{entry.name}.dead-{version}.npy"
    path = folder / name
    np.save(path, np.sort(dead), allow_pickle=False)
    sync(path)
    files = {n: m for n, m in entry.files.items() if not n.startswith("../")}
    return replace(
        entry, dead=len(dead), dead_file=name, files={**files, f"../{name}": _mark(path)}
    )


def read_dead(folder: Path, entry: SegmentEntry) -> NDArray[np.uint32]:
    """Read which articles of a segment are gone."""
    if not entry.dead_file:
        return np.empty(0, np.uint32)
    try:
        dead: NDArray[np.uint32] = np.load(folder / entry.dead_file, allow_pickle=False)
    except (OSError, ValueError) as error:
        path = folder / entry.dead_file
        raise IndexDamaged(f"{path}: cannot be read ({error}); run `index`") from error
    return dead


def version_of(manifest: Manifest) -> str:
    """Name a version; a different index never has the same name."""
    return f"{manifest.version}-{_checksum_of(asdict(manifest)):08x}"


def size_of(manifest: Manifest) -> int:
    """Add up the bytes of the files of a version."""
    return sum(mark.size for entry in manifest.segments for mark in entry.files.values())


def remove_unnamed(folder: Path, manifest: Manifest) -> None:
    """Delete what no manifest names any more; readers that mapped it keep what they mapped."""
    named = {MANIFEST, "lock"}
    for entry in manifest.segments:
        named |= {entry.name, entry.dead_file}
    for path in folder.iterdir():
        if path.name not in named and _is_ours(path.name):
            _remove(path)


def sync(path: Path) -> None:
    """Bring a file or a folder's list of files to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise StorageError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        os.close(descriptor)


def _is_ours(name: str) -> bool:
    return name.startswith("segment-") or name == f"{MANIFEST}.new"


def _remove(path: Path) -> None:
    if path.is_dir():
        for child in path.iterdir():
            child.unlink(missing_ok=True)
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def _format() -> list[Any]:
    """Give what an index must have been written with."""
    return [FORMAT, asdict(WEIGHTS.fields)]


def _parse_manifest(index: dict[str, Any]) -> Manifest:
    segments = tuple(
        SegmentEntry(**{**entry, "files": {n: FileMark(**m) for n, m in entry["files"].items()}})
        for entry in index["segments"]
    )
    return Manifest(**{**index, "segments": segments})


def _checksum_of(index: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(index, sort_keys=True).encode())


def _mark(path: Path) -> FileMark:
    size = path.stat().st_size
    return FileMark(size, _ends(path, size), _whole(path))


def _ends(path: Path, size: int) -> int:
    with path.open("rb") as file:
        first = file.read(_BLOCK)
        file.seek(max(size - _BLOCK, 0))
        return zlib.crc32(file.read(_BLOCK), zlib.crc32(first))


def _whole(path: Path) -> int:
    with path.open("rb") as file:
        return _checksum_blocks(iter(lambda: file.read(2**20), b""))


def _checksum_blocks(blocks: Iterable[bytes]) -> int:
    checksum = 0
    for block in blocks:
        checksum = zlib.crc32(block, checksum)
    return checksum
