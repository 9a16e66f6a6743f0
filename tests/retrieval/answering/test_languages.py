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


def test_a_cause_is_known_by_the_words_of_its_language(tmp_path: Path) -> None:
    body = (
        "La digue d'Orval a été fermée lundi. Des milliers d'habitants ont quitté la vallée. "
        "La digue d'Orval a été fermée parce que la crue avait fendu ses portes."
    )
    note = Article(id="n", title="La digue d'Orval", body=body, language="fr")
    answer = Coverage.of_articles([note], tmp_path).ask(
        "Pourquoi la digue d'Orval a-t-elle été fermée ?", as_of=date(2024, 5, 20)
    )
    assert answer.quotes
    assert "parce que" in answer.quotes[0].text
