"""The forms of an answer: leads, labels, earlier statements, lines over time, the closest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from bot.replies import Citation, Footer, Note, Quotation, Reply, Title, render_answer
from bot.wording import LANGUAGES, Wording
from retrieval.model import Answer, Lead, LeadKind, Quote, Source, StorySummary
from tests.support.articles import make_answer, make_article

if TYPE_CHECKING:
    from retrieval.model import Article

WORDING = Wording("en")
OLD = make_article(
    n=1, body="Repairs will take until May.", published=datetime(2024, 3, 1, tzinfo=UTC)
)
NEW = make_article(
    n=2,
    body="Repairs will take until June.",
    outlet="Gazette of the North",
    published=datetime(2024, 5, 12, tzinfo=UTC),
)


def quotes(reply: Reply) -> list[Quotation]:
    return [block for block in reply.blocks if isinstance(block, Quotation)]


def notes(reply: Reply) -> list[str]:
    return [block.text for block in reply.blocks if isinstance(block, Note)]


def answer(*articles: Article, changes: tuple[dict[str, Any], ...] = (), **given: Any) -> Answer:  # noqa: ANN401  # any field
    """An answer by the first sentence of each article, some of its quotes changed."""
    made = make_answer(articles, **given)
    pairs = zip(made.quotes, changes or ({},) * len(made.quotes), strict=True)
    return replace(made, quotes=tuple(replace(quote, **change) for quote, change in pairs))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("says_yes", "The coverage says yes:"),
        ("says_no", "The coverage says no:"),
        ("differs", "The coverage says both:"),
        ("counted", "4 outlets told this story:"),
    ],
)
def test_a_lead_stands_above_the_quotes(kind: LeadKind, said: str) -> None:
    reply = render_answer(answer(NEW, lead=Lead(kind, 4)), WORDING)
    assert [type(block) for block in reply.blocks] == [Title, Note, Quotation, Citation, Footer]
    assert notes(reply) == [said]


def test_an_earlier_statement_is_called_one_with_its_day() -> None:
    reply = render_answer(answer(NEW, OLD, changes=({}, {"earlier": True})), WORDING)
    assert [quote.aside for quote in quotes(reply)] == ["", "Earlier, 1 Mar 2024:"]


def test_each_part_of_a_question_stands_above_its_quotes_once() -> None:
    labels = ({"label": "the bridge"}, {"label": "the bridge"}, {"label": "the ferry"})
    reply = render_answer(answer(OLD, NEW, OLD, changes=labels, form="comparison"), WORDING)
    assert [quote.label for quote in quotes(reply)] == ["the bridge", "", "the ferry"]


def test_a_summary_gives_each_line_its_day_and_outlet() -> None:
    reply = render_answer(answer(OLD, NEW, form="summary"), WORDING)
    assert [quote.aside for quote in quotes(reply)] == [
        "1 Mar 2024, Aldan Courier:",
        "12 May 2024, Gazette of the North:",
    ]


def test_a_headline_is_marked_as_one() -> None:
    headline = Quote(NEW.title, 1, NEW.id, 0, headline=True)
    reply = render_answer(replace(answer(NEW), quotes=(headline,)), WORDING)
    assert [quote.aside for quote in quotes(reply)] == ["Headline:"]


def test_news_are_headlines_that_the_sources_already_show() -> None:
    headline = Quote(NEW.title, 1, NEW.id, 0, headline=True)
    reply = render_answer(replace(answer(NEW), form="news", quotes=(headline,)), WORDING)
    assert [type(block) for block in reply.blocks] == [Title, Citation, Footer]


def test_a_list_is_shown_whole() -> None:
    lines = "The ferries stop at:\n" + "\n".join(
        f"- Pier {n}, by the old harbour" for n in range(30)
    )
    listed = answer(
        make_article(body=lines), changes=({"text": lines, "highlights": ()},), form="list"
    )
    assert quotes(render_answer(listed, WORDING))[0].text == lines


def test_the_closest_sentences_are_shown_and_not_passed_off_as_an_answer() -> None:
    made = answer(NEW)
    unsure = replace(made, answered=False, form="unsure", quotes=(), closest=made.quotes)
    reply = render_answer(unsure, WORDING)
    assert [type(block) for block in reply.blocks] == [Title, Note, Quotation, Citation, Footer]
    assert notes(reply) == ["I found no sentence that answers this for sure. Closest:"]
    assert not reply.answered


def test_who_else_tells_one_story_is_said_once() -> None:
    story = StorySummary(("Radio Aldan", "Gazette of the North"))
    told = StorySummary(("Radio Aldan", "Aldan Courier"))
    sources = (Source(1, OLD, OLD.url, story), Source(2, NEW, NEW.url, told))
    reply = render_answer(replace(answer(OLD, NEW), sources=sources), WORDING)
    cited = [block.also for block in reply.blocks if isinstance(block, Citation)]
    assert cited == ["Same story in Radio Aldan, Gazette of the North", ""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_whole_answer_in_every_form(language: str) -> None:
    changes = ({"label": "ferry", "headline": True}, {"earlier": True})
    made = answer(NEW, OLD, changes=changes, lead=Lead("counted", 2))
    for form in ("fact", "summary", "news", "comparison"):
        assert render_answer(replace(made, form=form), Wording(language)).answered
