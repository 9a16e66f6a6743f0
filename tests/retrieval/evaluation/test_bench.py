from __future__ import annotations

import sys

import pytest

from retrieval.errors import EvaluationError
from retrieval.evaluation.bench import run_bench
from retrieval.evaluation.bench_passages import TERMS_A_PASSAGE, make_passages
from retrieval.text.analysis import analyse_all


def test_passages_are_the_same_every_time_and_words_are_terms() -> None:
    made = make_passages(200)
    assert made == make_passages(200)
    assert all(len(text.split()) == TERMS_A_PASSAGE for text in made.passages)
    assert analyse_all(made.passages[0]) == made.passages[0].split()
    assert {len(words) for words in made.queries["common"]} == {8}
    assert {len(words) for words in made.queries["content"]} == {5}


@pytest.mark.soak  # numba compiles its peers for twenty seconds
def test_a_bench_is_exact_and_names_every_engine() -> None:
    for peer in ("bm25s", "numba", "tantivy"):
        pytest.importorskip(peer)
    figures = run_bench(2_000)
    assert figures["exact"] is True
    for kind in ("common", "content", "build"):
        assert set(figures[kind]) == {"ours", "bm25s", "tantivy"}
    assert figures["update_ms"] > 0


def test_without_its_peers_a_bench_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(EvaluationError, match=r"clippings\[bench\]"):
        run_bench(10)
