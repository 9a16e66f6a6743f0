from __future__ import annotations

import pytest

from retrieval.text.boilerplate import is_boilerplate, is_heading, leads_on, names_nothing


@pytest.mark.parametrize(
    "sentence",
    [
        "Sign up for our morning letter.",
        "Read more: the dam in pictures.",
        "This site uses cookies to work.",
        "Anna Lind/Aldan Pictures",
        "Aldan (AC) —",
        "https://example.org/dam",
        "[1]: https://example.org",
        "Follow us on every network.",
        "* * *",
        "Around the bay:Why the tide is late this year",
        "► Timeline of the harbour strike",
        "RELATED: Ferry crews walk out",
        "Related post: The Ferry Is Not Going Anywhere",
        "Subscribe for free to receive new posts.",
        "This post is public, so feel free to share it.",
        "You're currently a free subscriber to Harbour Notes.",
        "Anna Lind is a senior reporter who covers ships for the Courier.",
        "She can be reached at anna@courier.example.",
        "Jetzt abonnieren und keine Fähre verpassen.",
        "Lire aussi : la digue tient.",
        "Lea también: el dique aguanta.",
        "版权所有",
        "'No way back':Mayor warns the ferry's owners",
    ],
)
def test_page_furniture_is_no_answer(sentence: str) -> None:
    assert is_boilerplate(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor signed the treaty on Monday.",
        "More than 300 people followed the parade.",
        "She read the letter aloud — twice.",
        "The cookie factory will close.",
        "The mayor's answer was short: No ferry will sail.",
        "The last boat left at 8:30 that night.",
        "Its score was 4:2, the club said.",
        "A notice was posted in May that the ferry would stop.",
        "Anna Lind was shot while a reporter for the Courier looked on.",
        "Read aloud, the letter took an hour.",
    ],
)
def test_a_sentence_of_a_report_is_kept(sentence: str) -> None:
    assert not is_boilerplate(sentence)


@pytest.mark.parametrize("line", ["What the council says", "The new boat", "At a glance:"])
def test_a_short_line_without_an_ending_mark_is_a_heading(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize("line", ["It sank.", "“We stay.”", "Who pays?"])
def test_a_short_sentence_is_no_heading(line: str) -> None:
    assert not is_heading(line)


def test_a_short_sentence_without_name_or_number_tells_nothing_by_itself() -> None:
    assert names_nothing("This should be fun.")
    assert not names_nothing("It was Okoro.")
    assert not names_nothing("It took 3 days.")


def test_a_question_and_a_colon_lead_on_to_what_is_not_quoted() -> None:
    assert leads_on("Will the ferry sail again?")
    assert leads_on("The harbour gives three reasons:")
    assert not leads_on("The ferry will stop in June, and the ...")  # it has told enough
    assert leads_on("The ferry, which nobody takes,")
    assert not leads_on("The ferry will stop in June.")
    assert not leads_on("“Will it sail again?” she asked.")
