"""One process at a time may hold a file."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from retrieval.index.locking import lock_file

if TYPE_CHECKING:
    from pathlib import Path

TAKE = (
    "import sys; from retrieval.index.locking import lock_file; lock_file(open(sys.argv[1], 'a'))"
)


def test_who_comes_second_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with path.open("a") as first, path.open("a") as second:
        lock_file(first)
        with pytest.raises(OSError, match="unavailable"):
            lock_file(second)
        first.close()
        lock_file(second)


def test_another_process_holds_it_too_until_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with path.open("a") as first:
        lock_file(first)
        refused = subprocess.run([sys.executable, "-c", TAKE, path], check=False, stderr=-3)
        assert refused.returncode == 1
    taken = subprocess.run([sys.executable, "-c", TAKE, path], check=False)
    assert taken.returncode == 0
