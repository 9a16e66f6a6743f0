"""Named arrays in a folder: one .npy file for each type of number, and a .json that says where."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.errors import IndexDamaged

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

_TABLE = "arrays.json"


def write_arrays(
    folder: Path, arrays: Mapping[str, NDArray[Any]], about: Mapping[str, Any]
) -> None:
    """Write flat or two-dimensional arrays, and `about` beside them; files are not yet synced.

    Arrays of one type share a file, so that a small update has few files to sync.
    """
    table: dict[str, Any] = {}
    by_type: dict[str, list[NDArray[Any]]] = {}
    for name, array in arrays.items():
        parts = by_type.setdefault(array.dtype.name, [])
        start = sum(part.size for part in parts)
        parts.append(array)
        table[name] = {"file": array.dtype.name, "start": start, "shape": list(array.shape)}
    for file, parts in by_type.items():
        _write_npy(folder / f"{file}.npy", parts)
    text = json.dumps({"arrays": table, "about": dict(about)}, indent=1, sort_keys=True)
    (folder / _TABLE).write_text(text + "\n", encoding="utf-8")


def open_arrays(folder: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Map the arrays of a folder into memory: (arrays by name, what was said about them).

    Raises IndexDamaged where a file is missing, cut short or of another type.
    """
    try:
        written = json.loads((folder / _TABLE).read_text("utf-8"))
        files = {entry["file"] for entry in written["arrays"].values()}
        flat = {file: _map_npy(folder / f"{file}.npy", file) for file in files}
        arrays = {name: _cut(flat, entry) for name, entry in written["arrays"].items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{folder}: the index is damaged ({error}); run `index`") from error
    return arrays, written["about"]


def _write_npy(path: Path, parts: list[NDArray[Any]]) -> None:
    size = sum(part.size for part in parts)
    header = {"descr": parts[0].dtype.str, "fortran_order": False, "shape": (size,)}
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, header)
        for part in parts:
            np.ascontiguousarray(part).tofile(file)


def _map_npy(path: Path, dtype: str) -> NDArray[Any]:
    """Map a file as a plain array; np.memmap's own type makes every later slice slower."""
    mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    if mapped.dtype.name != dtype:
        raise ValueError(f"{path.name} holds {mapped.dtype.name}")
    return np.asarray(mapped)


def _cut(flat: Mapping[str, NDArray[Any]], entry: Mapping[str, Any]) -> NDArray[Any]:
    shape = tuple(entry["shape"])
    end = entry["start"] + int(np.prod(shape))
    if end > flat[entry["file"]].size:
        raise ValueError(f"{entry['file']}.npy is too short")
    return flat[entry["file"]][entry["start"] : end].reshape(shape)
