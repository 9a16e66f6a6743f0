"""Pairs are judged alike, a few of them in dense matrices and many in sparse ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.stories.pair_model import (
    FEATURES,
    Pairs,
    compare_walks,
    count_days,
    find_doubted,
    judge_pairs,
    load_model,
    measure_pairs,
    pair_all,
    pair_near,
    weigh_days,
    weigh_terms,
)
from retrieval.stories.profiles import profile_article
from tests.retrieval.town import BRIDGE, SISTER, make_coverage, make_report

if TYPE_CHECKING:
    from retrieval.model import Article

DENSE, SPARSE = 1000, 0
WORDS = st.sampled_from(
    ["Aldan", "bridge", "closes", "cracks", "40", "million", "ferry", "Monday", "Friday", "."]
)


def rarity(term: str) -> float:
    return 1 + len(term) / 4


def judge(articles: list[Article], few: int) -> tuple[Pairs, np.ndarray]:
    profiles = [profile_article(article) for article in articles]
    pairs = pair_near(weigh_terms(profiles, rarity, few), count_days(profiles))
    return pairs, judge_pairs(profiles, pairs, measure_pairs(profiles, pairs, few))


@settings(deadline=None)  # the first example imports SciPy
@given(texts=st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=2, max_size=9))
def test_a_few_and_many_are_judged_alike(texts: list[list[str]]) -> None:
    articles = [make_report("The Quay", 9 * n, "", " ".join(said)) for n, said in enumerate(texts)]
    pairs, dense = judge(articles, DENSE)
    others, sparse = judge(articles, SPARSE)
    order = np.lexsort((others.right, others.left)), np.lexsort((pairs.right, pairs.left))
    assert np.array_equal(others.left[order[0]], pairs.left[order[1]])
    assert np.abs(sparse[order[0]] - dense[order[1]]).max(initial=0) <= 1e-12


def test_reports_of_one_event_are_likelier_than_those_of_its_sister() -> None:
    articles = [make_report(*report) for report in (*BRIDGE, *SISTER)]
    profiles = [profile_article(replace(a, published=None)) for a in articles]
    pairs = pair_all(weigh_terms(profiles, rarity))
    square = pairs.to_square(judge_pairs(profiles, pairs, measure_pairs(profiles, pairs)))
    bridge, sister = slice(0, len(BRIDGE)), slice(len(BRIDGE), None)
    assert square[bridge, bridge].mean() > square[bridge, sister].mean() + 0.2
    assert np.array_equal(square, square.T)


def test_far_days_are_no_pair() -> None:
    text = "The ferry to Vasa is late because of fog."
    reports = [make_report("The Quay", hours, "Ferry late", text) for hours in (0, 24, 24 * 9)]
    pairs, _ = judge(reports, DENSE)
    assert list(zip(pairs.left, pairs.right, strict=True)) == [(0, 1)]


def test_days_count_for_the_near_and_a_day_that_one_alone_has_is_doubted() -> None:
    reports = [make_report("A", hours, "", "Fog.") for hours in (0, 12, 24 * 7)]
    profiles = [profile_article(a) for a in (*reports, replace(reports[0], published=None))]
    pairs = pair_all(weigh_terms(profiles, rarity))
    square = pairs.to_square(weigh_days(profiles, pairs, load_model()), own=0)
    assert square[0, 1] > 0 > square[0, 2]
    assert square[0, 3] == 0
    doubted = pairs.to_square(find_doubted(profiles, pairs, dated_coverage=True).astype(float), 0)
    assert not doubted[0, 1]
    assert not doubted[0, 3]  # one text
    assert find_doubted(profiles, replace(pairs, cosine=pairs.cosine / 2), dated_coverage=True)[2]


def test_walks_from_articles_of_one_circle_meet() -> None:
    """0 and 1 share nothing but their neighbours 2 and 3; 4 stands alone."""
    left, right = np.array([0, 0, 1, 1, 2]), np.array([2, 3, 2, 3, 3])
    known = Pairs(left, right, np.full(5, 0.8), 5)
    asked = Pairs(
        np.append(left, [0, 0]), np.append(right, [1, 4]), np.append(known.cosine, [0, 0]), 5
    )
    *_, met, alone = compare_walks(asked, asked.cosine)
    assert met > 0.6
    assert alone == pytest.approx(0)


def test_every_feature_has_a_weight() -> None:
    assert load_model().weights.keys() == set(FEATURES)


def test_no_articles_make_no_pairs() -> None:
    pairs, judged = judge([], DENSE)
    assert (pairs.size, len(judged)) == (0, 0)


def test_the_whole_town_is_judged_within_bounds() -> None:
    articles = sorted(make_coverage(), key=lambda a: str(a.published))
    _, judged = judge(articles, SPARSE)
    assert ((judged >= 0) & (judged <= 1)).all()
