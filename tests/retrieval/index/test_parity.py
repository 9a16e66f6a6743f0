"""Counts are those of scikit-learn, and first-stage scores those of bm25s at the same settings."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from retrieval.index import scoring
from retrieval.index.builder import build_segment
from retrieval.index.candidates import find_candidates, weigh_terms
from retrieval.index.segment import Segment
from retrieval.index.term_dictionary import SortedStrings
from retrieval.index.weights import FieldWeights
from retrieval.text.analysis import analyse_all
from tests.retrieval.index.library import WORDS, make_article, make_random_articles
from tests.retrieval.town import make_coverage

if TYPE_CHECKING:
    from retrieval.model import Article

SCIFACT = Path(__file__).parents[4] / "shared" / "eval" / "scifact" / "corpus.jsonl.gz"
K1, B = 1.5, 0.75


def segment_of(articles: list[Article]) -> Segment:
    arrays, about = build_segment(articles, FieldWeights(title=1, k1=K1, b=B))
    terms = SortedStrings.of_arrays(arrays, "term")
    return Segment("test", arrays, about, terms, SortedStrings.of_arrays(arrays, "id"),
                   np.empty(0, np.uint32))  # fmt: skip


def read_scifact(count: int) -> list[Article]:
    if not SCIFACT.exists():
        pytest.skip("no shared/eval/scifact beside the project")
    with gzip.open(SCIFACT, "rt") as lines:
        records = [json.loads(line) for line in lines]
    articles = [make_article(r["_id"], "", f"{r['title']} {r['text']}") for r in records[:count]]
    return sorted(articles, key=lambda article: article.id)


@pytest.mark.parametrize("source", ["random", "town", "scifact"])
def test_scores_are_those_of_bm25s_lucene(source: str) -> None:
    bm25s = pytest.importorskip("bm25s")
    articles = {
        "random": lambda: make_random_articles(300),
        "town": lambda: sorted(make_coverage(), key=lambda article: article.id),
        "scifact": lambda: read_scifact(400),
    }[source]()
    tokens = [analyse_all(f"{article.title} {article.text}") for article in articles]
    peer = bm25s.BM25(k1=K1, b=B, method="lucene")
    peer.index(tokens, show_progress=False)
    segment = segment_of(articles)

    def idf(term: str) -> float:
        return float(scoring.idf(len(articles), float(segment.frequency(term))))

    queries = [list(WORDS[n : n + 4]) for n in range(8)] if source == "random" else tokens[:8]
    for words in queries:
        query = weigh_terms(list(dict.fromkeys(words))[:50], idf)
        expected = peer.get_scores(list(query.terms))
        found = find_candidates([segment], query, [None], 10)
        scores = [one.score * query.whole for one in found]
        # bm25s leaves the constant k1 + 1 out as we do; it keeps 32-bit floats, we 16-bit impacts
        assert scores == pytest.approx(np.sort(expected)[::-1][:10].tolist(), rel=1e-3)
        assert [expected[one.number] for one in found] == pytest.approx(scores, rel=1e-3)


def test_every_posting_counts_what_scikit_learn_counts() -> None:
    articles = make_random_articles(200)
    vectorizer = CountVectorizer(analyzer=analyse_all)
    counts = vectorizer.fit_transform([f"{a.title} {a.text}" for a in articles]).tocsc()
    segment = segment_of(articles)
    norms = scoring.length_norm(
        np.asarray(counts.sum(axis=1)).ravel().astype(np.float64), counts.sum() / 200, K1, B
    )

    assert list(segment.terms) == vectorizer.get_feature_names_out().tolist()
    for term in range(counts.shape[1]):
        column, expected = segment.column(term), counts[:, term]
        frequencies = expected.data.astype(np.float64)
        impacts = scoring.quantise(scoring.saturate(frequencies, norms[expected.indices]))
        assert column.articles.tolist() == expected.indices.tolist()
        assert column.impacts.tolist() == impacts.tolist()
