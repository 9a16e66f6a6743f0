"""Each form of reply on a small town's news: what is quoted, and what is said above it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from retrieval.coverage import Coverage
from tests.support.articles import make_article

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.model import Answer, Article

TODAY = date(2024, 6, 1)


def report(name: str, day: int, title: str, body: str) -> Article:
    return make_article(
        id=name, title=title, body=body, published=datetime(2024, 5, day, tzinfo=UTC), outlet=name
    )


TOWN = (
    report(
        "Aldan Courier",
        3,
        "Aldan bridge to open in spring",
        "The Aldan bridge will open on 4 March, the mayor hopes. The bridge cost 40 million euros.",
    ),
    report(
        "Brok Herald",
        20,
        "Aldan bridge opens later",
        "The Aldan bridge opens on 9 June, the builders said on Monday. It has two lanes.",
    ),
    report(
        "The Quay",
        21,
        "Ferry of Vell",
        "The Vell ferry does not carry horses. The ferry stopped on Sunday. The master said that it"
        " stopped because of a broken rudder.",
    ),
    report(
        "Lantern",
        22,
        "Market of Brok",
        "The market of Brok sells goods from towns such as Helm, Vell, Orsk and Dunmore.",
    ),
    report(
        "Mast",
        23,
        "Lighthouse of Helm",
        "The Helm lighthouse is a white tower of stone on the cape. Its lamp turns all night.",
    ),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Coverage:
    return Coverage.of_articles(TOWN, tmp_path_factory.mktemp("town"))


def ask(town: Coverage, question: str) -> Answer:
    return town.ask(question, as_of=TODAY)


def test_the_newest_statement_of_a_day_comes_first(town: Coverage) -> None:
    quotes = ask(town, "When does the Aldan bridge open?").quotes
    assert [quote.text[-30:] for quote in quotes if "9 June" in quote.text]
    assert "9 June" in quotes[0].text


def test_one_quote_answers_a_fact_and_its_slot_is_bold(town: Coverage) -> None:
    (quote,) = ask(town, "How much did the Aldan bridge cost?").quotes
    assert [quote.text[start:end] for start, end in quote.highlights] == ["40 million euros"]


def test_an_amount_that_nobody_gives_is_no_fact(town: Coverage) -> None:
    answer = ask(town, "How much did the Helm lighthouse cost?")
    assert not answer.quotes
    assert answer.form in ("unsure", "none")


def test_what_a_quote_denies_is_said_above_it(town: Coverage) -> None:
    answer = ask(town, "Does the Vell ferry carry horses?")
    assert answer.form == "yes_no"
    assert answer.lead is not None
    assert answer.lead.kind == "says_no"


def test_a_cause_is_quoted_with_what_it_caused(town: Coverage) -> None:
    answer = ask(town, "Why did the Vell ferry stop?")
    assert "because of a broken rudder" in answer.quotes[0].text


def test_a_list_is_the_sentence_that_lists(town: Coverage) -> None:
    answer = ask(town, "Which towns sell goods in the market of Brok?")
    assert answer.form == "list"
    assert "Helm, Vell, Orsk and Dunmore" in answer.quotes[0].text


def test_what_something_is_stands_in_its_defining_sentence(town: Coverage) -> None:
    answer = ask(town, "What is the Helm lighthouse?")
    assert "white tower" in answer.quotes[0].text


def test_both_sides_of_a_comparison_have_a_label(town: Coverage) -> None:
    answer = ask(town, "Compare the Aldan bridge and the Vell ferry")
    assert answer.form == "comparison"
    assert {quote.label for quote in answer.quotes} == {"Aldan bridge", "Vell ferry"}


def test_a_summary_gives_a_line_a_report_in_order_of_time(town: Coverage) -> None:
    answer = ask(town, "Summarise the Aldan bridge story")
    assert answer.form == "summary"
    cited = {source.n: source.article.outlet for source in answer.sources}
    assert [cited[quote.source] for quote in answer.quotes][:2] == ["Aldan Courier", "Brok Herald"]


def test_what_is_new_are_the_newest_headlines(town: Coverage) -> None:
    answer = ask(town, "What's new?")
    assert answer.quotes[0].text == "Lighthouse of Helm"
    assert all(quote.headline for quote in answer.quotes)


def test_no_quote_opens_with_somebody_named_before(town: Coverage) -> None:
    for question in ("How many lanes has the Aldan bridge?", "What does the lamp of Helm do?"):
        for quote in ask(town, question).quotes:
            assert not quote.text.startswith(("It ", "Its "))


def test_the_closest_sentences_are_no_answer(tmp_path: Path) -> None:
    coverage = Coverage.of_articles(TOWN, tmp_path)
    answer = coverage.ask("How old is the mayor of Aldan?", as_of=TODAY)
    assert not answer.answered
    assert not answer.quotes
    assert len(answer.closest) <= 2


def test_only_a_question_that_says_what_it_wants_gets_a_second_quote(tmp_path: Path) -> None:
    body = (
        "The harbour of Aldan closed its northern ferry pier for repairs. "
        "The harbour of Aldan closed its northern ferry pier for winter storms."
    )
    coverage = Coverage.of_articles([make_article(id="n", title="Notes", body=body)], tmp_path)
    long = coverage.ask("Which northern ferry pier did the harbour of Aldan close?", as_of=TODAY)
    short = coverage.ask("Which pier closed?", as_of=TODAY)
    assert len(long.quotes) > len(short.quotes) == 1


@pytest.mark.parametrize(
    "question",
    ["can you summarize the news?", "give me the news", "what happened yesterday?", "any news?"],
)
def test_who_asks_for_the_news_gets_the_newest_headlines(town: Coverage, question: str) -> None:
    answer = town.ask(question, as_of=date(2024, 5, 24))
    assert answer.form == "news"
    assert answer.quotes[0].text == "Lighthouse of Helm"
