"""A deep link opens the article on the quoted words: by the letter, and in a real browser."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.text_fragments import LONGEST_LINK, build_deep_link
from retrieval.model import Article
from tests.support.browser import CHROMIUM, open_browser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.browser import Browser

SHORT = "The harbour bridge closes in June."
LONG = (
    "The council voted on Tuesday night to close the harbour bridge for a whole year, although"
    " ferry crews said that they had neither the boats nor the people to carry every commuter."
)


def article(body: str, **given: object) -> Article:
    fields = {"title": "What the council decided", "url": "https://example.org/news/1"}
    return Article(id="a", body=body, **(fields | given))  # type: ignore[arg-type]  # any field


def link(body: str, quote: str, **given: object) -> str | None:
    whole = article(body, **given)
    return build_deep_link(whole, quote, whole.text.index(quote))


def fragment(url: str | None) -> str:
    assert url is not None
    return urlsplit(url).fragment


def test_a_short_quote_is_named_whole() -> None:
    url = link(f"It rained. {SHORT} Ferries run.", SHORT)
    assert url == ("https://example.org/news/1#:~:text=The%20harbour%20bridge%20closes%20in%20June")


def test_a_long_quote_is_named_by_its_first_and_last_words() -> None:
    url = link(f"It rained. {LONG} Ferries run.", LONG)
    assert fragment(url) == ":~:text=The%20council%20voted%20on,to%20carry%20every%20commuter"


def test_the_characters_with_a_meaning_of_their_own_are_encoded() -> None:
    url = link(
        "First. A well-known firm, M&S, cut 5% — “at once”. Last.", "A well-known firm, M&S,"
    )
    assert fragment(url) == ":~:text=A%20well%2Dknown%20firm%2C%20M%26S"


def test_words_that_stand_twice_get_the_words_before_them() -> None:
    body = (
        f"Early in the week it was said: {SHORT} On Friday it was said again: {SHORT} That is all."
    )
    whole = article(body)
    second = build_deep_link(whole, SHORT, whole.text.rindex(SHORT))
    assert fragment(second).startswith(":~:text=was%20said%20again%3A-,The%20harbour")
    first = build_deep_link(whole, SHORT, whole.text.index(SHORT))
    assert fragment(first) == ":~:text=The%20harbour%20bridge%20closes%20in%20June"


def test_words_of_the_headline_count_as_standing_there_too() -> None:
    title = "The harbour bridge closes in June"
    url = link(f"It rained. {SHORT}", SHORT, title=title)
    assert fragment(url).startswith(":~:text=It%20rained.-,The%20harbour")


def test_a_fragment_of_the_address_stays() -> None:
    url = link(SHORT, SHORT, url="https://example.org/news/1#part-2")
    assert fragment(url).startswith("part-2:~:text=The%20harbour")


def test_another_text_fragment_is_replaced() -> None:
    url = link(SHORT, SHORT, url="https://example.org/news/1#:~:text=old")
    assert fragment(url).startswith(":~:text=The%20harbour")


def test_a_digest_keeps_its_plain_link() -> None:
    assert link(SHORT, SHORT, digest=True) == "https://example.org/news/1"


@pytest.mark.parametrize("url", [None, "", "ftp://example.org/1", "javascript:alert(1)", "news/1"])
def test_what_is_no_web_address_gives_no_link(url: str | None) -> None:
    assert link(SHORT, SHORT, url=url) is None


def test_a_link_that_would_be_too_long_stays_plain() -> None:
    url = "https://example.org/" + "x" * (LONGEST_LINK - 40)
    assert link(SHORT, SHORT, url=url) == url


@given(st.text(max_size=80), st.text(min_size=1, max_size=80), st.text(max_size=80))
def test_any_text_gives_a_link_to_its_own_article(before: str, quote: str, after: str) -> None:
    whole = article(before + quote + after)
    url = build_deep_link(whole, quote, len(before))
    assert url is not None
    assert url.isascii()
    assert url.split("#")[0] == whole.url
    assert len(url) <= LONGEST_LINK
    assert url == whole.url or ":~:text=" in url


PARAGRAPHS = {
    "plain": (SHORT, SHORT),
    "marks": ("“We will close it — all of it, for a year,” she said.",) * 2,
    "commas and dashes": ("A well-known firm, M&S, paid £4.5m (about $5m).",) * 2,
    "percent": ("Fares rose by 50% & more; #1 in the country?",) * 2,
    "long": (LONG, LONG),
    "chinese": ("市议会周二晚上投票决定\uff0c把港口大桥关闭一年。",) * 2,
    "chinese, a part": (
        "渡轮公司说没有船。市议会周二决定\uff0c关闭大桥。居民反对。",
        "市议会周二决定\uff0c关闭大桥。",
    ),
    "japanese": ("市議会は火曜日の夜、港の橋を一年間閉鎖することを決めた。",) * 2,
    "wrapped lines": ("The harbour bridge\ncloses in June.", "The harbour bridge\ncloses in June."),
    "umlauts": ("Die Brücke über den Hafen wird für ein Jahr geschlossen, heißt es.",) * 2,
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium here; Debian calls the package chromium")
    async with open_browser() as opened:
        yield opened


def render(text: str) -> str:
    """Lay out an article as a page of many screens."""
    filler = "".join(f"<p>Line {n} of the weather report.</p>" for n in range(150))
    paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in text.split("\n\n"))
    style = "<meta charset=utf-8><style>p{margin:20px 0}</style>"
    return f"<!doctype html>{style}<h1>News</h1>{filler}{paragraphs}{filler}"


async def scrolled_to(browser: Browser, body: str, quote: str, start: int) -> str:
    """Serve an article, open its deep link, and give the paragraph that the page scrolled to."""

    async def serve(_: web.Request) -> web.Response:
        return web.Response(text=render(body), content_type="text/html")

    app = web.Application()
    app.router.add_get("/news", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        host, port = runner.addresses[0][:2]
        url = build_deep_link(article(body, url=f"http://{host}:{port}/news"), quote, start)
        page = await browser.open(url or "")
        await page.until("scrollY > 0", seconds=15)
        return str(await page.evaluate(_IN_THE_MIDDLE))
    finally:
        await runner.cleanup()


# Chromium brings the words to the middle of the window.
_IN_THE_MIDDLE = """[...document.querySelectorAll('p')].map(p => [p, p.getBoundingClientRect()])
  .sort((a, b) => Math.abs(a[1].top + a[1].height / 2 - innerHeight / 2)
                - Math.abs(b[1].top + b[1].height / 2 - innerHeight / 2))[0][0].textContent"""


async def test_chromium_scrolls_to_every_kind_of_quote(browser: Browser) -> None:
    for name, (paragraph, quote) in PARAGRAPHS.items():
        body = f"An opening.\n\n{paragraph}\n\nA close."
        assert await scrolled_to(browser, body, quote, body.index(quote)) == paragraph, name


async def test_chromium_scrolls_to_the_second_of_two_equal_sentences(browser: Browser) -> None:
    gap = "\n\n".join(f"Paragraph {n} is about something else." for n in range(60))
    body = f"First it was a rumour. {SHORT}\n\n{gap}\n\nThen it was official. {SHORT}"
    paragraph = await scrolled_to(browser, body, SHORT, body.rindex(SHORT))
    assert paragraph.startswith("Then it was official")


async def test_chromium_scrolls_to_a_quote_over_two_paragraphs(browser: Browser) -> None:
    first, second = LONG, "The mayor, who had asked for the vote, called it a sad day for the port."
    quote = f"{first}\n\n{second}"
    body = f"An opening.\n\n{quote}\n\nA close."
    assert await scrolled_to(browser, body, quote, body.index(quote)) in {first, second}


@given(st.sampled_from(sorted(PARAGRAPHS)))
def test_the_named_words_stand_in_the_quote(name: str) -> None:
    paragraph, quote = PARAGRAPHS[name]
    named = fragment(link(f"An opening.\n\n{paragraph}", quote)).removeprefix(":~:text=")
    one_line = " ".join(quote.split())
    assert all(unquote(part) in one_line for part in named.split(","))
