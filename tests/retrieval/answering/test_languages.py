# letters of other scripts are meant
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retrieval.coverage import Coverage
from retrieval.model import Article

if TYPE_CHECKING:
    from pathlib import Path


def test_coverage_of_which_nothing_can_be_quoted_is_no_failure(tmp_path: Path) -> None:
    note = Article(id="n", title="Hm", body="Dam.")
    answer = Coverage.of_articles([note], tmp_path).ask(
        "When did the dam break?", as_of=date(2024, 5, 20)
    )
    assert not answer.answered
