"""The page of replies shows what `ask` gives on the seeds."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "docs" / "answers.py"


def test_the_page_of_replies_is_what_ask_gives(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("answers_page", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    page = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(page)
    assert page.build_page(tmp_path) == page.PAGE.read_text(encoding="utf-8")
