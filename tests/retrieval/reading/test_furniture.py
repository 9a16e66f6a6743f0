# ruff: noqa: RUF001  # full width marks are meant

from __future__ import annotations

import pytest

from retrieval.reading.furniture import drop_furniture, is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Thanks for reading Port Notes! Subscribe for free to receive new posts.",
        "This post is public so feel free to share it.", "Share", "→ Read more: Ship sold at last",
        "Related: Ship sold", "If you buy through our links, we may earn a commission.",
        "Sign up for our newsletter.", "Lesen Sie auch: Schiff verkauft", "À lire aussi : Le bac",
        "Leia também: Navio vendido", "相关阅读：轮船出售", "ADVERTISEMENT",
    ],
)  # fmt: skip
def test_a_call_to_the_reader_is_no_report(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "The council will share the cost of the crane with the port.",
        "More: the crane turns again. It lifts forty tons.",
        "Subscribers to the ferry pass pay ten euros.", "Follow the coast road to the port.",
    ],
)  # fmt: skip
def test_a_sentence_with_such_words_stays(line: str) -> None:
    assert not is_furniture(line)


def test_a_text_of_nothing_else_stays() -> None:
    assert drop_furniture("Share\n\nSubscribe") == "Share\n\nSubscribe"
    assert drop_furniture("It turns.\n\nShare") == "It turns."
