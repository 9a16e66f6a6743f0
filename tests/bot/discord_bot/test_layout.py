"""Pages as Discord gets them: within its limits, every source on some page, every link its own."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import discord
import pytest
from hypothesis import HealthCheck, given, settings

from bot.desk.records import Served
from bot.desk.requests import Request
from bot.discord_bot.buttons import Place, build_rows
from bot.discord_bot.layout import LONGEST_LINK, find_address, lay_out, lay_out_line, paginate
from bot.replies import (
    Citation,
    Note,
    Quotation,
    Reply,
    Title,
    render_answer,
    render_article,
    render_outlets,
)
from bot.wording import Wording
from retrieval.model import Span
from tests.bot.hostile import answers
from tests.support.articles import AS_OF, make_abstention, make_answer, make_article
from tests.support.limits import walk_components
from tests.support.requests import request_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.model import Answer, Article

WORDING = Wording("en")
MESSAGES = "/channels/1/messages"
NOBODY: dict[str, Any] = {"parse": []}
LINK = re.compile(r"\[(?P<text>(?:\\.|[^\]\\])*)\]\((?P<url>[^)\s]*)\)")


def build_body(page: Reply) -> dict[str, Any]:
    """The body that sends a page."""
    request = Request(kind="ask", as_of=AS_OF, text="?")
    served = Served(reply=page, request=request, token="t" * 12, wording=WORDING)
    return wrap(lay_out(page, build_rows(page, served, Place(private=False, threads=True))))


def wrap(view: discord.ui.LayoutView) -> dict[str, Any]:
    components = view.to_components()  # type: ignore[no-untyped-call]  # discord.py leaves it so
    return {"components": components, "flags": 1 << 15, "allowed_mentions": NOBODY}


def texts_of(body: dict[str, Any]) -> list[str]:
    return [str(c["content"]) for c in walk_components(body) if c["type"] == 10]


def bodies_of(answer: Answer) -> Iterator[dict[str, Any]]:
    yield from map(build_body, paginate(render_answer(answer, WORDING)))


def test_an_answer_shows_quotes_then_sources_then_what_the_coverage_spans() -> None:
    article = make_article(title="Bridge to close", published=datetime(2031, 5, 3, tzinfo=UTC))
    title, quotes, source, footer = texts_of(build_body(*paginate(render(article))))
    assert title == "### When does the harbour bridge close?"
    assert quotes == "> “**The** harbour bridge will close in June for a year.”\N{NO-BREAK SPACE}¹"
    assert source == (
        "**1**  [Bridge to close](https://example.org/news/1) · Aldan Courier (example.org)"
        " · 3 May 2031"
    )
    assert footer == "-# Coverage: 1 article, 19 May 2024"


def render(article: Article) -> Reply:
    return render_answer(make_answer([article]), WORDING)


def test_an_abstention_shows_what_the_coverage_spans_and_the_nearest_headlines() -> None:
    texts = texts_of(build_body(*paginate(render_answer(make_abstention(), WORDING))))
    assert texts[1].startswith("I found no sentence that answers")
    assert texts[2].startswith("**Near headlines**\n[Harbour bridge")


def test_a_headline_cannot_pose_as_a_link_or_ping() -> None:
    article = make_article(title="[Bank](https://evil.example) @everyone <@1>", outlet="# News")
    source = texts_of(build_body(*paginate(render(article))))[2]
    assert [match["url"] for match in LINK.finditer(source)] == ["https://example.org/news/1"]
    assert "@everyone" not in source
    assert "\\[Bank\\](https\\://evil.example)" in source


def test_an_outlet_with_another_houses_name_shows_where_its_link_goes() -> None:
    article = make_article(outlet="Reuters", url="https://reuters.evil.example/x")
    assert "(reuters.evil.example)" in texts_of(build_body(*paginate(render(article))))[2]


def test_a_source_without_an_address_is_named_without_a_link() -> None:
    source = texts_of(build_body(*paginate(render(make_article(url=None)))))[2]
    assert source.startswith("**1**  Harbour bridge to close for a year · Aldan Courier · ")
    assert source.endswith("\n-# no web address known")


def test_words_asked_for_side_by_side_are_one_bold_run() -> None:
    reply = Reply(blocks=(Quotation("the harbour bridge is shut", 1, ((4, 11), (12, 18))),))
    assert texts_of(build_body(reply)) == ["> “the **harbour bridge** is shut”\N{NO-BREAK SPACE}¹"]


def test_a_quote_of_several_lines_stays_one_quote() -> None:
    reply = Reply(blocks=(Quotation("One.\n\n# Two.", 1, cut=True),))
    assert texts_of(build_body(reply)) == ["> “One.\n> \n> \\# Two. …”\N{NO-BREAK SPACE}¹"]


def test_a_title_of_marks_that_show_nothing_is_left_out() -> None:
    reply = Reply(blocks=(Title("\u200b"), Citation(n=1, outlet="W", day="", title="T", link=None)))
    assert len(texts_of(build_body(reply))) == 1


def test_a_full_list_with_every_button_stays_within_forty_components() -> None:
    cited = tuple(
        Citation(n=n, outlet="Wire", day="3 May", title="A headline", link=None)
        for n in range(1, 40)
    )
    every = frozenset(
        {"more_sources", "more_from_story", "timeline", "compare", "sort", "show", "thread"}
        | {"feedback", "delete"}
    )
    for page in paginate(Reply(blocks=cited, actions=every)):  # type: ignore[arg-type]  # the set above holds actions
        assert request_errors("POST", MESSAGES, build_body(page)) == []


def test_a_list_of_short_lines_is_dealt_out_over_pages() -> None:
    outlets = {f"Wire {n}": n for n in range(1, 101)}
    pages = paginate(render_outlets(outlets, WORDING, span=Span(100, None, None)))
    lengths = [sum(isinstance(block, Note) for block in page.blocks) for page in pages]
    assert sum(lengths) == 100
    assert max(lengths) <= 40


def test_a_line_of_our_own_is_a_message_that_discord_takes() -> None:
    body = wrap(lay_out_line(WORDING.say("refused.empty")))
    assert request_errors("POST", MESSAGES, body) == []


@pytest.mark.parametrize("length", [500, 2028, 2029, 5000])
def test_a_long_address_never_costs_the_source(length: int) -> None:
    url = "https://example.org/" + "p" * length
    article = make_article(url=url, body="Word after word. " * 300, title="T" * 300)
    pages = [texts_of(body) for body in bodies_of(make_answer([article, article, article]))]
    shown = "\n".join(text for page in pages for text in page)
    assert shown.count("TTT…") == 3
    assert shown.count(url) == (3 if len(url) <= LONGEST_LINK else 0)


def test_a_link_that_is_too_long_with_its_sentence_leads_to_the_page() -> None:
    page = "https://example.org/" + "p" * 1900
    link = f"{page}#:~:text={'w' * 200}"
    cited = Citation(n=1, outlet="Wire", day="3 May", title="A headline", link=link)
    (source,) = texts_of(build_body(Reply(blocks=(cited,))))
    assert source.startswith(f"**1**  [A headline]({page}) · Wire")


def test_one_article_shows_its_headline_once() -> None:
    article = make_article(title="Bridge to close")
    reply = render_article(article, WORDING, span=Span(1, None, None))
    assert "\n".join(texts_of(build_body(reply))).count("Bridge to close") == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers())
def test_any_answer_is_taken_by_discord_and_loses_no_source(answer: Answer) -> None:
    assert_discord_takes(answer)


def assert_discord_takes(answer: Answer) -> None:
    """No body refused, no ping, no source lost, no link but to an article, quotes by sources."""
    numbers: list[int] = []
    for page in paginate(render_answer(answer, WORDING)):
        body = build_body(page)
        assert request_errors("POST", MESSAGES, body) == []
        shown = "\n".join(texts_of(body))
        assert not re.search(r"(?<!\\)<[@#]|@(everyone|here)", shown, re.IGNORECASE)
        cited = [b for b in page.blocks if isinstance(b, Citation)]
        assert {b.source for b in page.blocks if isinstance(b, Quotation)} <= {c.n for c in cited}
        assert len(LINK.findall(shown)) == sum(_linked(c) for c in cited)
        numbers += [c.n for c in cited]
    assert numbers == ([s.n for s in answer.sources] or [0] * min(3, len(answer.nearest)))


def _linked(cited: Citation) -> bool:
    return bool(find_address(cited.link))


def test_the_layout_is_of_the_second_kind() -> None:
    assert isinstance(lay_out(Reply(blocks=(Title("?"),))), discord.ui.LayoutView)
