"""Text as the world holds it: every script, and marks that format, ping, hide and turn."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

from hypothesis import strategies as st

from retrieval.model import (
    Answer,
    AnswerNote,
    Article,
    NoteKind,
    Quote,
    Source,
    Span,
    StorySummary,
    Window,
)

PIECES = st.one_of(
    st.sampled_from("\\*_~`|[]()<>#@:&!-+.0123/ \n\t\u200b\u202e\u2066\ufeff\U000e0041"),
    st.sampled_from(
        ["@everyone", "@here", "<@1>", "<#2>", "<t:0:R>", "https://x.example", "```", "||", "]("]
    ),
    st.sampled_from(
        ["1. ", "> ", ">>> ", "-# ", "סגור", "閉鎖される。", "👩\u200d🚀", "e\u0301", "word "]
    ),
    st.characters(),
)


def texts(most: int = 60) -> st.SearchStrategy[str]:
    """Text of up to so many pieces."""
    return st.lists(PIECES, max_size=most).map("".join)


long_texts = st.tuples(texts(20), st.integers(1, 80)).map(lambda pair: pair[0] * pair[1])
days = st.dates(date(1990, 1, 1), date(2040, 1, 1))
addresses = st.one_of(
    st.none(),
    texts(20),
    texts(20).map(lambda path: f"https://wire.example/{path}"),
    st.integers(1, 2000).map(lambda n: "https://wire.example/" + "p" * n),
)

articles: st.SearchStrategy[Article] = st.builds(
    Article,
    id=st.uuids().map(str),
    title=st.one_of(texts(), long_texts),
    body=st.one_of(texts(), long_texts),
    url=addresses,
    outlet=st.one_of(texts(8), long_texts),
    domain=st.just("wire.example"),
    author=st.one_of(st.none(), texts(10)),
    published=st.one_of(
        st.none(), days.map(lambda day: datetime(day.year, day.month, day.day, tzinfo=UTC))
    ),
    topics=st.lists(texts(4), max_size=3).map(tuple),
    digest=st.booleans(),
)
spans = st.builds(
    Span, st.integers(0, 10**7), st.one_of(st.none(), days), st.one_of(st.none(), days)
)
stories = st.builds(
    StorySummary, st.lists(texts(5), max_size=9).map(tuple), st.integers(0, 40), st.just("")
)

notes = st.builds(
    AnswerNote,
    kind=st.sampled_from(get_args(NoteKind)),
    outlet=texts(8),
    window=st.one_of(st.none(), st.just(Window())),
    asked=texts(4),
    searched=texts(4),
    day=st.one_of(st.none(), days),
    others=st.lists(texts(8), max_size=5).map(tuple),
    unnamed=st.integers(0, 9),
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Draw an answer of up to three quotes from as many articles, or an abstention."""
    found = draw(st.lists(articles, max_size=3))
    quotes = tuple(_quote(draw, article, n) for n, article in enumerate(found, start=1))
    sources = tuple(
        Source(n, article, article.url, draw(stories)) for n, article in enumerate(found, start=1)
    )
    return Answer(
        question=draw(st.one_of(texts(), long_texts)),
        answered=bool(found),
        confidence=0.5,
        as_of=draw(days),
        span=draw(spans),
        window=draw(st.one_of(st.none(), st.builds(Window, days, days))),
        quotes=quotes,
        sources=sources,
        nearest=() if found else tuple(draw(st.lists(articles, max_size=4))),
        more=tuple(draw(st.lists(articles, max_size=4))),
        notes=tuple(draw(st.lists(notes, max_size=2))),
    )


def _quote(draw: st.DrawFn, article: Article, n: int) -> Quote:
    text = article.text[: draw(st.integers(1, 1500))]
    places = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(places, places), max_size=4))
    return Quote(text, n, article.id, 0, tuple(sorted((min(p), max(p)) for p in pairs)))
