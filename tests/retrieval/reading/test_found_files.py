"""Reading what others wrote, where it is at hand: real files that are no part of the project."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from retrieval.reading import Ledger, Reading, read_coverage
from tests.retrieval.reading.coverage_files import SHARED

if TYPE_CHECKING:
    from pathlib import Path

CORPORA, ORIGINALS = SHARED / "corpora", SHARED / "seeds"
needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="no ../shared/corpora at hand")
needs_originals = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="no ../shared/seeds at hand")


def read_anew(folder: Path, cache: Path) -> Reading:
    with Ledger.open(cache / "ledger.sqlite3") as ledger:
        return read_coverage([folder], ledger)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """Everything in ../shared/corpora, read once."""
    return read_anew(CORPORA, tmp_path_factory.mktemp("cache"))


@needs_corpora
def test_no_file_is_unaccounted_for(corpora: Reading) -> None:
    files = {p for p in CORPORA.rglob("*") if p.is_file() and not p.name.startswith(".")}

    assert corpora.files_read == len(files) >= 700
    assert all(reject.reason for reject in corpora.rejects)
    assert len([r for r in corpora.rejects if not r.reason.startswith("a draft")]) <= 3


@needs_corpora
def test_hardly_a_paragraph_holds_debris(corpora: Reading) -> None:
    debris = re.compile(r"\]\(|\]\[|\*\*|</?(div|p|span|a)\b|&(amp|lt|nbsp);|译者ID|â€|\{%")
    paragraphs = [p for a in corpora.changed for p in a.text.split("\n\n") if "\n" not in p]
    dirty = [p for p in paragraphs if debris.search(p)]

    assert len(paragraphs) > 10_000
    assert len(dirty) < 0.002 * len(paragraphs)


@needs_corpora
def test_nothing_sealed_comes_out(corpora: Reading) -> None:
    texts = "\n".join(repr(article) for article in corpora.changed)

    for path in (CORPORA / "everyday").rglob("*.md"):
        for blob in re.findall(r'secured: "([^"\n]{16})', path.read_text()):
            assert blob not in texts


@needs_corpora
def test_related_items_are_articles(corpora: Reading) -> None:
    assert corpora.articles > 4 * corpora.files_read


@needs_originals
def test_the_originals_are_read_whole(tmp_path: Path) -> None:
    reading = read_anew(ORIGINALS, tmp_path)
    per_file = Counter(article.path.split("/")[-1][:3] for article in reading.changed)

    assert reading.files_read == 5
    assert not reading.rejects
    assert per_file == {"000": 11, "001": 2, "002": 1, "003": 1, "004": 1}
