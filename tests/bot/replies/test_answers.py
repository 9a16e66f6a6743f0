"""An answer in blocks: quotes word for word, sources named so that nothing poses as another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from bot.replies import (
    Citation,
    Footer,
    Heading,
    Note,
    Quotation,
    Reply,
    Title,
    render_answer,
    render_more_sources,
)
from bot.replies.citing import web_address
from bot.wording import Wording
from retrieval.model import Answer, AnswerNote, StorySummary, Window
from tests.bot.hostile import answers
from tests.support.articles import make_abstention, make_answer, make_article

WORDING = Wording("en")


def citations(reply: Reply) -> list[Citation]:
    return [block for block in reply.blocks if isinstance(block, Citation)]


def notes(reply: Reply) -> list[str]:
    return [block.text for block in reply.blocks if isinstance(block, Note)]


def test_an_answer_reads_from_the_question_to_what_the_coverage_spans() -> None:
    reply = render_answer(make_answer(), WORDING)
    assert [type(block) for block in reply.blocks] == [Title, Quotation, Citation, Footer]


def test_what_was_relaxed_is_said_before_the_quotes() -> None:
    answer = make_answer(notes=(AnswerNote(kind="all_coverage", outlet="Daily Mast"),))
    reply = render_answer(answer, WORDING)
    assert [type(block) for block in reply.blocks] == [Title, Note, Quotation, Citation, Footer]
    assert notes(reply) == ["I found no answer from Daily Mast; from all of the coverage:"]


def test_an_abstention_names_at_most_three_headlines_and_quotes_nothing() -> None:
    answer = replace(make_abstention(), nearest=tuple(make_article(n=n) for n in range(5)))
    reply = render_answer(answer, WORDING)
    assert [type(block) for block in reply.blocks] == [
        *(Title, Note, Note, Heading, Citation, Citation, Citation)
    ]
    assert notes(reply) == [
        "I found no sentence that answers this for sure.",
        "Searched: 1 article, 1 Apr 2024 to 19 May 2024.",
    ]
    assert not reply.answered


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (Window(date(2031, 5, 1), date(2031, 5, 7)), "Searched 1 May 2031 to 7 May 2031"),
        (Window(date(2031, 5, 1), date(2031, 5, 1)), "Searched 1 May 2031"),
        (Window(since=date(2031, 5, 1)), "Searched from 1 May 2031 on"),
        (Window(until=date(2031, 5, 7)), "Searched up to 7 May 2031"),
    ],
)
def test_the_days_that_were_searched_are_said(window: Window, said: str) -> None:
    assert notes(render_answer(make_answer(window=window), WORDING)) == [said]


@pytest.mark.parametrize("answer", [make_answer(), make_abstention()])
def test_an_outlet_that_alone_was_asked_is_said(answer: Answer) -> None:
    assert "Only Radio Aldan" in notes(render_answer(answer, WORDING, outlet="Radio Aldan"))
    since = replace(answer, window=Window(since=date(2031, 5, 1)))
    said = notes(render_answer(since, WORDING, outlet="Radio Aldan"))
    assert "Only Radio Aldan · Searched from 1 May 2031 on" in said


@pytest.mark.parametrize(
    ("story", "also"),
    [
        (StorySummary(), ""),
        (StorySummary(("Reuters",)), "Same story in Reuters"),
        (StorySummary(("Reuters", "RTÉ"), 1), "Same story in Reuters, RTÉ (1 copy)"),
        (
            StorySummary(("Reuters", "RTÉ", "A", "B", "C"), 4),
            "Same story in Reuters, RTÉ and 3 more (4 copies)",
        ),
    ],
)
def test_who_else_tells_the_story_is_named_and_copies_are_counted(
    story: StorySummary, also: str
) -> None:
    answer = make_answer()
    source = replace(answer.sources[0], story=story)
    (cited,) = citations(render_answer(replace(answer, sources=(source,)), WORDING))
    assert cited.also == also


def test_a_digest_is_called_one() -> None:
    (cited,) = citations(render_answer(make_answer([make_article(digest=True)]), WORDING))
    assert cited.also == "Summary of an Aldan Courier article, in our words"


@pytest.mark.parametrize(
    ("outlet", "url", "shown"),
    [
        ("The Verge", "https://www.theverge.com/a", ""),
        ("BBC", "https://news.bbc.co.uk/a", ""),
        ("nytimes.com", "https://www.nytimes.com/a", ""),
        ("New York Times", "https://www.nytimes.com/a", "nytimes.com"),
        ("Reuters", "https://reuters.evil.example/a", "reuters.evil.example"),
        ("", "https://blog.example/a", ""),
    ],
)
def test_the_domain_is_shown_where_the_name_does_not_say_it(
    outlet: str, url: str, shown: str
) -> None:
    article = make_article(outlet=outlet, url=url, domain="blog.example")
    (cited,) = citations(render_answer(make_answer([article]), WORDING))
    assert cited.domain == shown


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.org",
        "https://bank.example@evil.example/",
        "https://",
        "//example.org",
        "https://example.org/\u202egnp.exe",
        "https://example.org/a b",
        "",
        None,
    ],
)
def test_only_addresses_that_go_where_they_say_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_more_sources_go_on_counting_where_the_answer_stopped() -> None:
    answer = make_answer(more=(make_article(n=7), make_article(n=8)))
    assert [cited.n for cited in citations(render_more_sources(answer, WORDING))] == [2, 3]


def test_actions_are_offered_only_where_there_is_something_to_see() -> None:
    assert "more_sources" not in render_answer(make_answer(), WORDING).actions
    assert "more_sources" in render_answer(make_answer(more=(make_article(),)), WORDING).actions
    assert "timeline" not in render_answer(make_answer(), WORDING).actions


@given(answers())
def test_every_quote_shown_stands_in_its_article_and_highlights_in_the_quote(
    answer: Answer,
) -> None:
    texts = {source.n: source.article.text for source in answer.sources}
    shown = [b for b in render_answer(answer, WORDING).blocks if isinstance(b, Quotation)]
    assert len(shown) == len(answer.quotes)
    for quotation in shown:
        assert quotation.text in texts[quotation.source]
        assert all(0 <= start <= end <= len(quotation.text) for start, end in quotation.highlights)


@given(answers())
def test_no_link_is_shown_that_is_not_an_articles(answer: Answer) -> None:
    known = {a.url for a in (*answer.nearest, *(s.article for s in answer.sources))}
    for cited in citations(render_answer(answer, WORDING)):
        assert cited.link is None or cited.link in known
