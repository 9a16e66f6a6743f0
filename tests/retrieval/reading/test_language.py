from __future__ import annotations

import pytest

from retrieval.reading.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The port has ordered a crane.", "en"),
        ("Le port a commandé une grue.", "fr"),
        ("港口订购了第二台 crane。", "zh"),
        ("港は新しいクレーンを注文した。", "ja"),
        ("항구는 두 번째 크레인을 주문했다.", "ko"),
        ("Порт заказал второй кран.", "ru"),
        ("The word 港口 means harbour, and this is an English sentence about it.", "en"),
        ("", "en"),
    ],
)
def test_script_and_words_tell_the_language(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_what_the_file_declares_comes_first() -> None:
    assert detect_language("Le port a commandé une grue.", "fr-FR") == "fr"
    assert detect_language("The port.", "not a code") == "en"
