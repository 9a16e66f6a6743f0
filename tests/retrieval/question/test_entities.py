from __future__ import annotations

from datetime import date

import pytest

from retrieval.question.entities import find_attribute, find_entities, recognise_entities
from retrieval.question.question import name_entities, parse_question

TEXTS = (
    "The makers of Quill 4 spoke. Fans like Quill, and in Aldan they queue for Quill 4.",
    "In Aldan the price of bread rose; bread is dear, says Corvid. A boat of Corvid, too.",
)


def test_names_typed_in_lower_case_are_known_by_how_reports_write_them() -> None:
    found = recognise_entities("when does quill 4 reach aldan and the price of bread", TEXTS)
    assert found == ("quill 4", "aldan")


def test_a_name_with_an_s_that_lost_its_apostrophe_is_the_name() -> None:
    assert recognise_entities("corvids boat", TEXTS) == ("corvids",)


def test_what_is_asked_of_a_name_is_left() -> None:
    question = parse_question("when does quill 4 reach aldan", as_of=date(2024, 5, 20))
    named = name_entities(question, TEXTS)
    assert named.entities == ("quill 4", "aldan")
    assert named.attribute == ("reach",)


def test_words_that_tell_nothing_are_no_attribute() -> None:
    assert find_attribute("how much did Corvid pay for the Aldan mill", ("Corvid",)) == (
        "pay",
        "aldan",
        "mill",
    )


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Wann öffnet die Mühle in Bremholm?", ("Bremholm",)),
        ("Welche Farben hat das Boot?", ()),
        ("Was kostet Anna Linds Boot?", ("Anna Linds Boot",)),
        ("Wer baute die ABC 5?", ("ABC 5",)),
    ],
)
def test_a_german_noun_is_no_name(text: str, entities: tuple[str, ...]) -> None:
    assert find_entities(text, "de") == entities
