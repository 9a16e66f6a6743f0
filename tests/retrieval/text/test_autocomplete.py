from __future__ import annotations

from retrieval.text.autocomplete import suggest

OUTLETS = {"The Daily Wire Post": 3, "Daily Bugle": 9, "Example Wire": 5, "Weekday": 1}


def test_a_name_that_begins_so_comes_before_one_with_a_word_that_does() -> None:
    assert suggest("dai", OUTLETS, 10) == ("Daily Bugle", "The Daily Wire Post")


def test_among_equals_the_larger_outlet_comes_first() -> None:
    assert suggest("", OUTLETS, 2) == ("Daily Bugle", "Example Wire")


def test_letters_inside_a_word_still_find_it() -> None:
    assert suggest("EKD", OUTLETS, 10) == ("Weekday",)


def test_what_fits_nothing_suggests_nothing() -> None:
    assert suggest("zebra", OUTLETS, 10) == ()
