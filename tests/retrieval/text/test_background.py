from __future__ import annotations

import math

import pytest

from retrieval.text.analysis import analyse
from retrieval.text.background import smooth_idf


def rare(_: str) -> float:
    """The idf of a term that none of a dozen articles holds."""
    return math.log(13 / 0.5)


@pytest.mark.parametrize(
    ("language", "common", "name"),
    [("en", "people", "Orval"), ("fr", "gens", "Orval"), ("de", "Menschen", "Orval"),
     ("es", "gente", "Orval"), ("pt-BR", "pessoas", "Orval"), ("zh", "人们", "奥瓦")],
)  # fmt: skip
def test_everyday_words_are_worth_less_than_names(language: str, common: str, name: str) -> None:
    idf = smooth_idf(rare, 12, language)
    (everyday,), (named,) = analyse(common, language), analyse(name, language)
    assert idf(everyday) < idf(named)


def test_a_language_without_a_table_takes_every_word_as_rare() -> None:
    idf = smooth_idf(rare, 12, "xx")
    assert idf("people") == idf("orval")
