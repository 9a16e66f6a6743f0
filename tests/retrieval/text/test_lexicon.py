# ruff: noqa: RUF001  # letters of other scripts are meant
from __future__ import annotations

from datetime import date

import pytest

from retrieval.question.answer_type import find_answer_type
from retrieval.question.question import parse_question
from retrieval.text.lexicon import lexicon, list_languages

MONTHS = 12
WEEKDAYS = 7


@pytest.mark.parametrize("language", list_languages())
def test_every_language_knows_its_calendar_and_its_question_words(language: str) -> None:
    words = lexicon(language)
    assert set(words.months.values()) == set(range(1, MONTHS + 1))
    assert set(words.weekdays.values()) == set(range(1, WEEKDAYS + 1))
    assert words.listed("words")
    assert words.listed("negations")
    assert {"person", "date", "number", "reason"} <= {kind for kind, _ in words.types}


def test_a_language_without_tables_is_read_as_english() -> None:
    assert lexicon("tlh") is lexicon("en")
    assert lexicon("de-AT") is lexicon("de")
    assert lexicon("../en") is lexicon("en")


@pytest.mark.parametrize(
    ("language", "text", "answer_type"),
    [
        ("de", "Wann öffnet die Mühle?", "date"),
        ("de", "Wie viele Boote sanken?", "number"),
        ("de", "Wer leitet den Hafen?", "person"),
        ("de", "Warum brach der Damm?", "reason"),
        ("de", "In welcher Stadt steht die Mühle?", "place"),
        ("de", "Was kostet die Fähre?", "amount"),
        ("de", "Ist die Mühle offen?", "yes_no"),
        ("es", "¿Cuándo abre el molino?", "date"),
        ("es", "¿Cuántos barcos se hundieron?", "number"),
        ("es", "¿Quién dirige el puerto?", "person"),
        ("es", "¿Por qué se rompió la presa?", "reason"),
        ("es", "¿Dónde está el molino?", "place"),
        ("es", "¿Cuánto cuesta el transbordador?", "amount"),
        ("fr", "Quand le moulin ouvre-t-il ?", "date"),
        ("fr", "Combien de bateaux ont coulé ?", "number"),
        ("fr", "Qui dirige le port ?", "person"),
        ("fr", "Pourquoi le barrage a-t-il cédé ?", "reason"),
        ("fr", "Où est le moulin ?", "place"),
        ("fr", "Est-ce que le moulin est ouvert ?", "yes_no"),
        ("zh", "磨坊什么时候开门？", "date"),
        ("zh", "有多少船沉没？", "number"),
        ("zh", "谁管理港口？", "person"),
        ("zh", "大坝为什么坏了？", "reason"),
        ("zh", "磨坊在哪里？", "place"),
        ("zh", "磨坊开门了吗？", "yes_no"),
    ],
)
def test_the_type_of_answer_is_known_in_each_language(
    language: str, text: str, answer_type: str
) -> None:
    assert find_answer_type(text, language) == answer_type


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Zusammenfassung der Mühlengeschichte", "Mühlengeschichte"),
        ("Resume la historia del molino", "la historia del molino"),
        ("résume l'histoire du moulin", "l'histoire du moulin"),
        ("总结一下磨坊的历史", "磨坊的历史"),
    ],
)
def test_words_that_only_request_are_not_searched_in_any_language(text: str, query: str) -> None:
    question = parse_question(text, as_of=date(2024, 5, 20))
    assert (question.form, question.query) == ("summary", query)


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Wie viel kostet die Mühle in Aldan?", "und in Bremholm?"),
        ("¿Cuánto cuesta el molino en Aldan?", "¿y en Bremholm?"),
        ("Combien coûte le moulin à Aldan ?", "et à Bremholm ?"),
    ],
)
def test_a_new_name_replaces_the_old_one_in_each_language(before: str, text: str) -> None:
    context = parse_question(before, as_of=date(2024, 5, 20)).to_context()
    question = parse_question(text, as_of=date(2024, 5, 20), context=context)
    assert question.answer_type == "amount"
    assert "Bremholm" in question.query
    assert "Aldan" not in question.query
