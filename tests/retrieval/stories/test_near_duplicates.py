"""Reprints of one text are found, whatever stands around them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.stories.near_duplicates import build_shingles, group_copies, is_copy
from tests.retrieval.town import WIRE, make_report

OWN = "The mayor walked over the bridge this morning and counted the cracks with her own eyes."


def test_a_text_with_another_headline_and_byline_is_a_copy() -> None:
    wire = make_report("Northern Wire", 0, "Bridge to close", WIRE)
    copy = make_report("Radio Fjord", 3, "Cracks!", f"By our staff\n\n{WIRE} (Northern Wire)")
    own = make_report("The Quay", 5, "The mayor counts", OWN)
    (group,) = group_copies([wire, copy, own])
    assert group.articles == (wire, copy)


def test_an_excerpt_of_a_text_is_a_copy_of_it() -> None:
    assert is_copy(build_shingles(WIRE), build_shingles(WIRE[:120] + " ..."))


def test_one_shared_sentence_makes_no_copy_of_long_texts() -> None:
    shared = "Repairs will cost 40 million crowns."
    other = f"{OWN} {shared} Nobody had expected that so soon after the new quay was paid for."
    assert not is_copy(build_shingles(WIRE), build_shingles(other))


def test_very_short_texts_are_no_copies_of_each_other() -> None:
    assert not is_copy(
        build_shingles("Read the whole story."), build_shingles("Read the whole story.")
    )


def test_the_same_sentence_told_in_other_words_is_no_copy() -> None:
    told = "Because of cracks in its pillars, the bridge is going to be shut for twelve months."
    assert not is_copy(build_shingles(WIRE), build_shingles(told))


@given(
    st.lists(
        st.sampled_from([WIRE, OWN, "Rain is expected on the coast all week long."]), max_size=6
    )
)
def test_every_text_stands_in_one_group_at_most(texts: list[str]) -> None:
    reports = [make_report(f"Outlet {n}", n, "News", text) for n, text in enumerate(texts)]
    groups = group_copies(reports)
    grouped = [a.id for group in groups for a in group.articles]
    assert len(grouped) == len(set(grouped))
    assert all(len(group.articles) > 1 for group in groups)
    assert all(len({a.body for a in group.articles}) == 1 for group in groups)
