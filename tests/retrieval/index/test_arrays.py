"""Arrays in a folder: written together, mapped back, and never half."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from retrieval.errors import IndexDamaged
from retrieval.index.arrays import open_arrays, write_arrays

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

ARRAYS: dict[str, NDArray[Any]] = {
    "starts": np.array([0, 3, 5], np.int64),
    "numbers": np.arange(5, dtype=np.uint32),
    "rows": np.arange(6, dtype=np.uint16).reshape(2, 3),
    "none": np.empty(0, np.uint32),
}


def test_what_was_written_is_mapped_back(tmp_path: Path) -> None:
    write_arrays(tmp_path, ARRAYS, {"articles": 2})
    arrays, about = open_arrays(tmp_path)
    assert about == {"articles": 2}
    assert arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(arrays[name], array)
        assert arrays[name].dtype == array.dtype


@pytest.mark.parametrize("name", ["uint32.npy", "arrays.json"])
def test_a_file_that_is_missing_or_cut_short_is_damage(tmp_path: Path, name: str) -> None:
    write_arrays(tmp_path, ARRAYS, {})
    raw = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(raw[:-4])
    with pytest.raises(IndexDamaged, match="run `index`"):
        open_arrays(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(IndexDamaged, match="run `index`"):
        open_arrays(tmp_path)
