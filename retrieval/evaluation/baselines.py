"""What the plainest tools give on the same questions: three sentences by TF-IDF and by BM25."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.evaluation.answer_in_reply import holds_run
from retrieval.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.evaluation.dataset import Query
    from retrieval.model import Article

SENTENCES = 3
K1, B = 1.2, 0.75
_Figures = dict[str, float | None]


def measure_baselines(articles: Sequence[Article], queries: Sequence[Query]) -> dict[str, _Figures]:
    """The share of the questions with answers of which the best sentences, or the first, hold one.

    `tfidf` is scikit-learn's `TfidfVectorizer` as it comes with `linear_kernel`; `bm25` counts the
    same words by the formula of Robertson and Zaragoza (2009). Both take every sentence of every
    article, with its headline before it, and neither ever abstains.
    """
    from sklearn.feature_extraction.text import (  # noqa: PLC0415  # seconds to import
        CountVectorizer,
        TfidfVectorizer,
    )
    from sklearn.metrics.pairwise import linear_kernel  # noqa: PLC0415  # the same

    sentences = list(_sentences(articles))
    if not sentences or not queries:
        return {}
    texts, asked = [text for _, text in sentences], [query.text for query in queries]
    tfidf = TfidfVectorizer()
    weighted = tfidf.fit_transform(f"{title} {text}" for title, text in sentences)
    counter = CountVectorizer()
    counts = counter.fit_transform(f"{title} {text}" for title, text in sentences)
    scores = {
        "tfidf": lambda text: linear_kernel(tfidf.transform([text]), weighted)[0],
        "bm25": _build_bm25(counter, counts),
    }
    return {
        name: _measure([_best(texts, score(text)) for text in asked], queries)
        for name, score in scores.items()
    }


def _sentences(articles: Sequence[Article]) -> Iterator[tuple[str, str]]:
    for article in articles:
        for start, end in split_sentences(article.text, article.language):
            yield article.title, article.text[start:end]


def _build_bm25(counter: Any, counts: Any) -> Any:  # noqa: ANN401  # scikit-learn gives no types
    """A function from a question to the BM25 score of every sentence."""
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = np.log1p((counts.shape[0] - frequency + 0.5) / (frequency + 0.5))
    weights = counts.tocsc(copy=True).astype(np.float64)
    norm = K1 * (1 - B + B * lengths / lengths.mean())
    weights.data = weights.data * (K1 + 1) / (weights.data + norm[weights.indices])

    def score(text: str) -> np.ndarray:
        columns = counter.transform([text]).indices
        return np.asarray(weights[:, columns] @ idf[columns])

    return score


def _best(texts: Sequence[str], scores: Any) -> list[str]:  # noqa: ANN401  # an array of floats
    return [texts[at] for at in np.argsort(-scores, kind="stable")[:SENTENCES]]


def _measure(replies: Sequence[Sequence[str]], queries: Sequence[Query]) -> _Figures:
    first = [
        holds_run(reply[0], query.answers) for reply, query in zip(replies, queries, strict=True)
    ]
    any_of = [
        any(holds_run(text, query.answers) for text in reply)
        for reply, query in zip(replies, queries, strict=True)
    ]
    return {
        "answer_in_reply": sum(any_of) / len(any_of),
        "answer_in_first_quote": sum(first) / len(first),
    }
