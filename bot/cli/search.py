"""`search`, `latest` and `outlets`: articles without an answer."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from bot.cli.documents import latest_document, outlets_document, ranking_document
from bot.cli.session import (
    AsJson,
    AsOf,
    ConfigFile,
    CoveragePaths,
    Outlet,
    Since,
    Until,
    begin,
    clean_text,
    name_outlet,
    parse_as_of,
    parse_window,
)
from bot.replies import render_latest, render_outlets, render_ranking
from retrieval.model import Filters, Sort

Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most this many.")]
Topic = Annotated[str, typer.Option("--topic", metavar="NAME", help="Only articles on this topic.")]


def search(
    ctx: typer.Context,
    query: Annotated[
        str, typer.Argument(help='Words, "a phrase", -without, title:word, outlet:name.')
    ],
    *,
    as_of: AsOf = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = "",
    topic: Topic = "",
    sort: Annotated[Sort, typer.Option("--sort", help="What comes first.")] = "relevance",
    limit: Limit = 10,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """List the articles that match a query."""
    day = parse_as_of(as_of)
    window = parse_window(since, until, day)
    session = begin(ctx, config, coverage, as_json=as_json)
    opened = session.open_coverage()
    filters = Filters(window=window, outlet=name_outlet(outlet, opened), topic=topic)
    started = time.perf_counter()
    ranking = opened.search(clean_text(query), filters=filters, sort=sort, limit=limit, as_of=day)
    took_ms = (time.perf_counter() - started) * 1000
    session.show(
        lambda: ranking_document(ranking, took_ms),
        lambda words: render_ranking(ranking, words, span=opened.snapshot.span, filters=filters),
    )


def latest(
    ctx: typer.Context,
    *,
    topic: Topic = "",
    outlet: Outlet = "",
    limit: Limit = 10,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """List the newest articles."""
    session = begin(ctx, config, coverage, as_json=as_json)
    opened = session.open_coverage()
    filters = Filters(outlet=name_outlet(outlet, opened), topic=topic)
    articles = opened.latest(topic=topic, outlet=filters.outlet, limit=limit)
    session.show(
        lambda: latest_document(articles),
        lambda words: render_latest(articles, words, span=opened.snapshot.span, filters=filters),
    )


def outlets(
    ctx: typer.Context,
    *,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """List the outlets of the coverage with their number of articles."""
    session = begin(ctx, config, coverage, as_json=as_json)
    snapshot = session.open_coverage().snapshot
    session.show(
        lambda: outlets_document(snapshot.outlets),
        lambda words: render_outlets(snapshot.outlets, words, span=snapshot.span),
    )
