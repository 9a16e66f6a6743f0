from __future__ import annotations

import pytest

from retrieval.evaluation.background_building import count_texts


def test_words_of_one_stem_count_together_and_rare_ones_not_at_all() -> None:
    counted = count_texts({"pont": 0.0005, "ponts": 0.0005, "aldan": 1e-8}, "fr")
    assert counted == {"pont": pytest.approx(1131, abs=1)}


def test_chinese_words_count_for_their_pairs_of_characters() -> None:
    assert set(count_texts({"大水桥": 0.001}, "zh")) == {"大水", "水桥"}
