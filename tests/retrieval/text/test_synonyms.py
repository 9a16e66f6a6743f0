from __future__ import annotations

import pytest

from retrieval.text.analysis import analyse
from retrieval.text.synonyms import (
    WEIGHTS,
    expand_query,
    find_forms,
    find_phrases,
    find_synonyms,
    phrases_for,
)


def term(word: str) -> str:
    (only,) = analyse(word)
    return only


@pytest.mark.parametrize(
    ("asked", "reported"),
    [("bought", "buys"), ("bought", "acquires"), ("wrote", "written"), ("launch", "released"),
     ("resign", "quits"), ("acquisition", "bought"), ("licence", "license")],
)  # fmt: skip
def test_irregular_forms_and_near_synonyms_stand_for_one_another(asked: str, reported: str) -> None:
    assert term(reported) in find_forms(term(asked))
    assert term(asked) in find_forms(term(reported))


def test_a_word_stands_for_itself_without_being_listed() -> None:
    assert term("bought") not in find_forms(term("bought"))
    assert find_forms(term("ferry")) == frozenset()


def test_other_forms_count_more_than_words_that_only_mean_much_the_same() -> None:
    near = find_synonyms(term("buy"))
    assert near[term("bought")] > near[term("acquire")] > find_synonyms("larg")["big"]
    assert all(0 < weight <= 1 for weight in near.values())


@pytest.mark.parametrize(
    ("asked", "reported"),
    [
        ("when does Quill come out", "launch"),
        ("when did the mayor step down", "resign"),
        ("which mills shut down", "close"),
        ("who took over Corvid", "acquire"),
        ("when was the mill built", ""),
    ],
)
def test_a_phrase_is_known_by_its_first_word(asked: str, reported: str) -> None:
    near = {other for weights in expand_query(asked).values() for other in weights}
    assert not reported or term(reported) in near


def test_the_longest_phrase_counts() -> None:
    (_, phrase), *more = find_phrases(["to", "go", "on", "sale"])
    assert (phrase.words, more) == (("go", "on", "sale"), [])


def test_compounds_are_one_however_they_are_written() -> None:
    assert term("addon") in expand_query("an add on for Quill")["add"]
    assert WEIGHTS.spelling in expand_query("an add on for Quill")["add"].values()


def test_other_languages_have_no_table_yet() -> None:
    assert find_synonyms("buy", "de") == {}
    assert find_phrases(["come", "out"], "de") == []


def test_the_phrases_of_a_term_are_those_that_may_stand_for_it() -> None:
    (launch,) = analyse("launch")
    phrases = phrases_for({launch})
    assert ("come", "out") in [phrase.words for phrase in phrases]
    assert all(launch in phrase.terms for phrase in phrases)
    assert phrases_for({launch}, "de") == []
