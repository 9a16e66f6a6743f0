"""What a report adds is new, telling, about the story, and a whole sentence."""

from __future__ import annotations

import pytest

from retrieval.stories.novelty import NoveltyTracker
from retrieval.text.boilerplate import is_cut_off
from tests.retrieval.town import make_report

OPENING = (
    "The Aldan harbour bridge will close in June for a year after engineers found cracks in two"
    " pillars."
)


def added(*bodies: str, titles: str = "Aldan harbour bridge to close") -> str:
    """Give what the last of the reports adds to those before."""
    reports = [make_report(f"Outlet {n}", n, titles, body) for n, body in enumerate(bodies)]
    known = NoveltyTracker(reports)
    for report in reports[:-1]:
        known.add(report)
    quote = known.find_addition(reports[-1])
    if quote is None:
        return ""
    assert reports[-1].text[quote.start :].startswith(quote.text)
    return quote.text


@pytest.mark.parametrize(
    "news",
    [
        "Repairs of the bridge will cost 40 million crowns.",
        "The bridge is to be as good as new in 2027, when the last pillar is dry.",
        "The bridge in Aldan, which closes in June, is to be ready again next year.",
        "Mayor Ines Varga said that Helm would lend the city two ferries.",
        "Commuters are to cross on rafts towed by tugboats while divers weld the pillars.",
    ],
)
def test_numbers_names_times_and_rare_words_are_news(news: str) -> None:
    assert added(OPENING, f"{OPENING} {news}") == news


@pytest.mark.parametrize(
    "idle",
    [
        "The bridge in the harbour of Aldan is going to be closed because of its cracks.",
        "The Aldan Courier reported on Saturday that the bridge will close.",
        "You should plan your trip across the bridge early and bring 3 sandwiches.",
        "Follow Jo Marsh on Chirp, the bridge has 9 reporters: @jomarsh",
        "Jo Marsh/Northern Wire The bridge of Aldan with its 2 pillars in 1987.",
    ],
)
def test_a_retelling_a_source_and_advice_add_nothing(idle: str) -> None:
    assert added(OPENING, f"{OPENING} {idle}") == ""


def test_what_is_about_something_else_adds_nothing() -> None:
    other = "Elsewhere, striker Ana Blum scored 3 goals as Vasa won the cup. Fans sang until dawn."
    assert added(OPENING, f"{OPENING}\n\nIn other news, rain fell.\n\n{other}") == ""


def test_the_first_report_opens_with_what_its_headline_says() -> None:
    blurb = "Get the week in one letter, every Friday morning."
    assert added(f"{blurb}\n\n{OPENING}") == OPENING


def test_a_longer_reprint_adds_what_the_original_lacks() -> None:
    more = "Divers are to begin work on 3 June."
    assert added(OPENING, f"{OPENING} {more}") == more


@pytest.mark.parametrize(
    "text",
    [
        "Repairs will cost 40 million crowns and will start with the",
        "Repairs will cost 40 million crowns, says the mayor,",
        "Repairs will cost 40 million crowns and \u2026",
        "Repairs of the bridge will cost 40 million crowns ..",
        "Repairs will cost 40 million crowns for all of the city's",
    ],
)
def test_a_sentence_that_its_publisher_cut_off_is_not_quoted(text: str) -> None:
    assert is_cut_off(text, "en")
    assert added(OPENING, text) == ""


@pytest.mark.parametrize(
    "text",
    ["Repairs will cost 40 million crowns.", "Bridge repairs to cost 40 million crowns"],
)
def test_a_whole_sentence_is_not_cut_off(text: str) -> None:
    assert not is_cut_off(text, "en")


def test_what_happened_long_before_is_background_and_no_news() -> None:
    before = "The bridge had been awarded a prize in October 2019 after a long argument."
    assert added(OPENING, f"{OPENING} {before}") == ""
    since = "The bridge is to be awarded a prize in October 2024 after a long argument."
    assert added(OPENING, f"{OPENING} {since}") == since
