"""The manifest: one step from version to version, and no byte taken on trust."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from retrieval.errors import IndexDamaged, IndexOutdated
from retrieval.index.storage import (
    MANIFEST,
    Manifest,
    SegmentEntry,
    check_segment,
    mark_files,
    read_manifest,
    remove_unnamed,
    size_of,
    version_of,
    write_manifest,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    (tmp_path / "segment-1-1").mkdir()
    (tmp_path / "segment-1-1" / "uint32.npy").write_bytes(b"numbers")
    entry = SegmentEntry("segment-1-1", 2, files=mark_files(tmp_path / "segment-1-1"))
    return Manifest(1, 12.5, 2, (entry,))


def test_what_was_written_is_read_back(tmp_path: Path, manifest: Manifest) -> None:
    write_manifest(tmp_path, manifest)
    assert read_manifest(tmp_path) == manifest
    assert size_of(manifest) == len(b"numbers")
    assert version_of(manifest) != version_of(Manifest(1, 12.5, 3))


def test_without_one_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="no index yet; run `index`"):
        read_manifest(tmp_path)


def test_a_changed_manifest_is_damage_and_another_format_is_age(
    tmp_path: Path, manifest: Manifest
) -> None:
    write_manifest(tmp_path, manifest)
    written = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
    written["index"]["average"] = 13.0
    (tmp_path / MANIFEST).write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(IndexDamaged, match="checksum"):
        read_manifest(tmp_path)
    written["format"][0] -= 1
    (tmp_path / MANIFEST).write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(IndexOutdated, match="another version"):
        read_manifest(tmp_path)


def test_a_changed_file_of_a_segment_is_damage(tmp_path: Path, manifest: Manifest) -> None:
    (entry,) = manifest.segments
    check_segment(tmp_path, entry)
    (tmp_path / "segment-1-1" / "uint32.npy").write_bytes(b"numberz")
    with pytest.raises(IndexDamaged, match="not as it was written"):
        check_segment(tmp_path, entry)


def test_only_what_is_ours_and_unnamed_is_removed(tmp_path: Path, manifest: Manifest) -> None:
    (tmp_path / "segment-0-1").mkdir()
    (tmp_path / "lock").touch()
    (tmp_path / "notes.txt").touch()
    remove_unnamed(tmp_path, manifest)
    assert {left.name for left in tmp_path.iterdir()} == {"lock", "notes.txt", "segment-1-1"}
