from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("script", "more"),
    [
        ("training", ["news"]),
        ("stories", []),
        ("stories_training", []),
        ("risk_coverage", ["curve.png"]),
        ("tuning", []),
        ("enlarging", ["large"]),
    ],
)
def test_a_folder_that_is_no_set_is_one_line_of_error(
    script: str, more: list[str], tmp_path: Path
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", f"retrieval.evaluation.{script}", str(tmp_path), *more],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"error: {tmp_path}")
    assert ended.stderr.count("\n") == 1
