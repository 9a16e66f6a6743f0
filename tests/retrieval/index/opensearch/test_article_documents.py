"""An article as a document, and what is read back of it."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import IndexDamaged
from retrieval.index.builder import analyse_articles, build_segment
from retrieval.index.opensearch.article_documents import (
    pack_terms,
    parse_document,
    render_documents,
    render_token,
    unpack_terms,
)
from retrieval.index.weights import WEIGHTS
from tests.retrieval.index.library import make_article, make_random_articles

FERRY = make_article(
    "ferry", "Night ferry", "The night ferry sank.", day="2024-03-02", topics=("boats",)
)


@given(text=st.text(max_size=400), title=st.text(max_size=40))
def test_an_article_comes_back_as_it_was(text: str, title: str) -> None:
    """Through JSON, as the engine gives it back: also with half a sign in it."""
    article = make_article("a", title, text)
    names, arrays = analyse_articles([article])
    (written,) = render_documents([article], names, arrays, WEIGHTS.fields, 12.0, 7)
    document, terms = written
    read = parse_document(json.loads(json.dumps(document)))
    assert (read.article, read.update) == (article, 7)
    assert read.terms.words == terms.words
    for one, other in ((read.terms.stream, terms.stream), (read.terms.spans, terms.spans)):
        np.testing.assert_array_equal(one, other)


def test_impacts_are_those_of_a_segment() -> None:
    articles = make_random_articles(20)
    names, arrays = analyse_articles(articles)
    segment, _ = build_segment(articles, WEIGHTS.fields, 33.0)
    written = list(render_documents(articles, names, arrays, WEIGHTS.fields, 33.0, 1))
    for number, (document, terms) in enumerate(written):
        held = (segment["posting_articles"] == number).nonzero()[0]
        assert terms.impacts.tolist() == segment["posting_impacts"][held].tolist()
        assert len(document["impacts"].split()) == len(terms.words)


def test_the_columns_are_what_is_filtered_by() -> None:
    names, arrays = analyse_articles([FERRY])
    ((document, _),) = render_documents([FERRY], names, arrays, WEIGHTS.fields, 5.0, 1)
    assert document["published"] == 1_709_337_600
    assert (document["topics"], document["feed"], document["language"]) == (["boats"], "", "en")
    assert document["title"] == "night ferri"
    assert document["text"] == ["the night ferri sank"]


@pytest.mark.parametrize(
    ("term", "token"), [("ferri", "ferri"), ("大桥", "大桥"), ("\U0001f600", "\U0001f600")]
)
def test_most_terms_are_their_own_tokens(term: str, token: str) -> None:
    assert render_token(term) == token


def test_a_term_that_the_engine_would_not_take_is_told_by_a_digest() -> None:
    odd = ["y" * 40_000, "y" * 40_001, "half\ud83d", "half\udc00"]
    tokens = [render_token(term) for term in odd]
    assert len(set(tokens)) == 4
    assert all(len(token.encode()) <= 200 for token in tokens)


def test_a_document_that_is_not_ours_is_refused_in_a_line() -> None:
    names, arrays = analyse_articles([FERRY])
    ((document, _),) = render_documents([FERRY], names, arrays, WEIGHTS.fields, 5.0, 1)
    for broken in ({"id": "a"}, {**document, "stored": document["stored"][:-8]}):
        with pytest.raises(IndexDamaged, match="index --all"):
            parse_document(broken)


def test_terms_of_no_article_are_packed_too() -> None:
    names, arrays = analyse_articles([make_article("none")])
    written = list(render_documents([make_article("none")], names, arrays, WEIGHTS.fields, 5.0, 1))
    assert unpack_terms(pack_terms(written[0][1])).words == ()
