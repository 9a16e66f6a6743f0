# letters of other scripts are meant
from __future__ import annotations

from retrieval.text.tokens import cut_words, find_starts


def test_chinese_is_read_by_pairs_of_characters_and_numbers_by_themselves() -> None:
    words = cut_words("大桥耗资9,000万。", "zh")
    assert [word.text for word in words] == ["大桥", "桥耗", "耗资", "9,000", "万"]
    assert [word.number for word in words] == [False, False, False, True, False]


def test_words_start_where_they_stand() -> None:
    for text, language in (("The mill, “Aldan”, cost $9.", "en"), ("大桥 9 月开。", "zh")):
        words = cut_words(text, language)
        starts = find_starts(text, language)
        assert [text[at : at + len(w.text)] for w, at in zip(words, starts, strict=True)] == [
            word.text for word in words
        ]


def test_a_french_name_after_an_elided_word_keeps_its_capital() -> None:
    words = cut_words("la digue de l'Aldan et d'Orval", "fr")
    assert [word.text for word in words if word.capital] == ["Aldan", "Orval"]
    assert [word.text for word in cut_words("aujourd'hui", "fr")] == ["aujourd'hui"]
