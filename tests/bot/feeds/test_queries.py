"""Saved queries: whole words, phrases, exclusions, and all of them at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.queries import QueryError, QueryIndex, Words, parse_query
from tests.support.articles import make_article

BRIDGE = make_article(
    title="Harbour bridge shut for a year",
    body="The port authority found RUST in eleven cables. Ferries cross instead; café stays open.",
)


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("rust", True),
        ("Rust CABLES", True),
        ("cable", False),  # whole words only
        ("rus", False),
        ("rust snow", False),
        ('"port authority"', True),
        ('"authority port"', False),
        ('"year the"', False),  # no phrase runs from the headline into the text
        ("bridge -rust", False),
        ("bridge -snow", True),
        ('bridge -"port authority"', False),
        ("café", True),
        ("CAFÉ", True),
        ("harbour, bridge!", True),
    ],
)
def test_a_query_matches_whole_words(query: str, *, matches: bool) -> None:
    assert parse_query(query).matches(Words(BRIDGE)) == matches
    assert list(QueryIndex([(parse_query(query), "it")]).match(BRIDGE)) == ["it"] * matches


def test_words_in_scripts_without_blanks_are_found() -> None:
    article = make_article(title="港口大桥关闭一年", body="工程师在缆索中发现了锈。")
    assert parse_query("大桥").matches(Words(article))
    assert not parse_query("桥大").matches(Words(article))


@pytest.mark.parametrize("query", ["", "  ", "-rust", '""', "!?", "x" * 300])
def test_what_asks_for_no_word_is_refused(query: str) -> None:
    with pytest.raises(QueryError):
        parse_query(query)


WORDS = st.sampled_from(["rust", "bridge", "cable", "ferry", "port", "year"])
RUNS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@given(
    st.lists(st.lists(RUNS.map('"{}"'.format) | WORDS, min_size=1, max_size=3), max_size=20),
    RUNS,
    RUNS,
)
def test_the_index_finds_what_each_query_alone_would(
    queries: list[list[str]], title: str, text: str
) -> None:
    article = make_article(title=title, body=text)
    parsed = [parse_query(" ".join(parts)) for parts in queries]
    alone = [n for n, query in enumerate(parsed) if query.matches(Words(article))]
    index = QueryIndex([(query, n) for n, query in enumerate(parsed)])
    assert sorted(index.match(article)) == alone
