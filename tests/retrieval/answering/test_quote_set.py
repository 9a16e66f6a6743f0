from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.quote_set import (
    MOST_CHARACTERS,
    MOST_QUOTES,
    QuoteCandidate,
    choose_quotes,
)
from retrieval.answering.sentences import Candidate


def make_pool(*sentences: tuple[str, float], leans: tuple[int, ...] = ()) -> list[QuoteCandidate]:
    """Sentences of one article with a space between, each with its score."""
    pool: list[QuoteCandidate] = []
    start = 0
    for place, (text, score) in enumerate(sentences):
        candidate = Candidate(0, place, start, start + len(text), text, text.lower().split())
        after = place > 0
        pool.append(
            QuoteCandidate(
                candidate, score, {text: 0.4}, place in leans, adjoins=after, follows=after
            )
        )
        start += len(text) + 1
    return pool


def test_the_best_sentence_comes_first_and_neighbours_share_a_quote() -> None:
    pool = make_pool(
        ("One two three.", 0.1),
        ("x" * 700, -9.0),
        ("Four five six.", 2.0),
        ("Seven eight nine.", 1.0),
    )
    assert choose_quotes(pool) == [[2, 3], [0]]


def test_a_sentence_that_leans_brings_the_one_before() -> None:
    pool = make_pool(("Anna Lind spoke on Monday.", -5.0), ("She resigned.", 3.0), leans=(1,))
    assert choose_quotes(pool) == [[0, 1]]


def test_a_sentence_that_leans_on_nobody_is_passed_over() -> None:
    pool = make_pool(("She resigned.", 3.0), ("The dam held.", 0.0), leans=(0,))
    assert choose_quotes(pool) == [[1]]


def test_two_sentences_that_say_the_same_are_not_both_quoted() -> None:
    far_apart = ("y" * 700, -9.0)
    pool = make_pool(("The old dam held.", 2.0), far_apart, ("The dam held.", 1.0))
    assert choose_quotes(pool) == [[0]]


def test_what_nobody_has_said_yet_counts_for_more() -> None:
    def choosable(at: int, score: float, says: dict[str, float]) -> QuoteCandidate:
        words = [f"word{at}{n}" for n in range(5)]
        candidate = Candidate(at, 0, 0, 290, "z" * 290, words)
        return QuoteCandidate(candidate, score, says, leans=False)

    pool = [
        choosable(0, 1.0, {"lind": 1.0}),
        choosable(1, 0.9, {"lind": 1.0}),
        choosable(2, 0.0, {"okoro": 0.8}),
    ]
    assert choose_quotes(pool) == [[0], [2]]


def test_a_quote_ends_with_its_paragraph() -> None:
    first, second = make_pool(("The old dam broke.", 2.0), ("Repairs take a year.", 1.5))
    assert choose_quotes([first, second]) == [[0, 1]]
    assert choose_quotes([first, replace(second, follows=False)]) == [[0], [1]]


def test_a_sentence_that_leans_over_a_paragraph_brings_a_quote_of_its_own() -> None:
    before, leaning = make_pool(("Anna Lind spoke.", -5.0), ("She resigned.", 3.0), leans=(1,))
    assert choose_quotes([before, replace(leaning, follows=False)]) == [[0], [1]]


def test_an_idle_sentence_is_shown_alone_or_not_at_all() -> None:
    best, idle = make_pool(("The dam broke in May.", 2.0), ("This is great fun.", 1.9))
    assert choose_quotes([best, replace(idle, idle=True)]) == [[0]]
    assert choose_quotes([replace(best, idle=True), replace(idle, follows=False)]) == [[1]]
    assert choose_quotes([replace(idle, idle=True, follows=False)]) == [[0]]


def test_a_later_quote_is_nearly_as_likely_as_the_best_or_adds_much() -> None:
    best, later = make_pool(("The dam broke in May.", 2.0), ("Boats sail at noon.", -4.0))
    adds_little, adds_much = {"noon": 0.31}, {"noon": 0.9}
    assert choose_quotes([best, replace(later, contents=adds_little)]) == [[0]]
    assert choose_quotes([best, replace(later, contents=adds_much)]) == [[0, 1]]


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(12, 400), st.floats(-5, 5), st.booleans()),
        max_size=25,
    )
)
def test_a_reply_keeps_within_its_bounds(drawn: list[tuple[int, int, float, bool]]) -> None:
    pool: list[QuoteCandidate] = []
    ends: dict[int, int] = {}
    for hit, length, score, leans in sorted(drawn, key=lambda one: one[0]):
        start = ends.get(hit, -1) + 1
        ends[hit] = start + length
        words = [f"{hit}-{start}-{n}" for n in range(4)]
        candidate = Candidate(hit, len(pool), start, start + length, "a" * length, words)
        after = bool(pool) and pool[-1].candidate.hit == hit
        pool.append(QuoteCandidate(candidate, score, {}, leans, adjoins=after, follows=after))
    runs = choose_quotes(pool)
    spans = [(pool[r[0]].candidate, pool[r[-1]].candidate) for r in runs]
    assert len(runs) <= MOST_QUOTES
    assert sum(last.end - first.start for first, last in spans) <= MOST_CHARACTERS
    assert all(first.hit == last.hit for first, last in spans)
    assert not any(pool[run[0]].leans for run in runs)
    rows = [row for run in runs for row in run]
    assert len(rows) == len(set(rows))
