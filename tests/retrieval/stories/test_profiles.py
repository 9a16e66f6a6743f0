"""What is read of an article: its terms, which of them are names, its numbers and weekdays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.stories.profiles import measure_rarity, profile_article
from tests.retrieval.town import index_articles, make_coverage, make_report

if TYPE_CHECKING:
    from pathlib import Path


def test_a_word_of_the_title_counts_twice() -> None:
    profile = profile_article(make_report("The Quay", 0, "Herring", "The herring and the cod."))
    assert profile.counts["cod"] == 1
    assert max(profile.counts.values()) == 3


def test_a_capital_amid_a_sentence_marks_a_name() -> None:
    profile = profile_article(make_report("The Quay", 0, "", "Divers met Petrel off the coast."))
    names = {term for term, inside in zip(profile.counts, profile.inside, strict=True) if inside}
    assert names == {"petrel"}


def test_a_headline_that_capitalises_every_word_names_nobody() -> None:
    profile = profile_article(make_report("The Quay", 0, "Divers Leave Cold Harbour", ""))
    assert not profile.inside.any()


def test_numbers_stand_with_what_they_count() -> None:
    profile = profile_article(make_report("The Quay", 0, "", "The 40 boats sank on Monday."))
    assert profile.numbers == {40.0}
    assert {value for _, value in profile.counted} == {40.0}
    assert profile.weekdays == {"monday"}


def test_what_stands_far_down_is_not_read() -> None:
    profile = profile_article(make_report("The Quay", 0, "Boats", f"{'boat ' * 200} petrel"))
    assert "petrel" not in profile.counts


def test_a_word_of_all_articles_of_a_small_coverage_is_rare_all_the_same(tmp_path: Path) -> None:
    snapshot = index_articles(tmp_path, make_coverage()[:3])
    rarity = measure_rarity(snapshot)
    assert 0 < rarity("bridg") < rarity("unheard")
    snapshot.close()
