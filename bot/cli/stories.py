"""`story`, `timeline`, `compare` and `changes`: who told what, when, and where they differ."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.documents import (
    changes_document,
    comparison_document,
    story_document,
    timeline_document,
)
from bot.cli.session import (
    AsJson,
    AsOf,
    ConfigFile,
    CoveragePaths,
    Until,
    begin,
    clean_text,
    parse_as_of,
    parse_window,
)
from bot.replies import (
    Note,
    Reply,
    Title,
    render_changes,
    render_comparison,
    render_story,
    render_timeline,
)

Query = Annotated[str, typer.Argument(help="Words of the story, or the id of one of its articles.")]

CHANGES_SHOWN = 10  # of the new stories, and of those that went on


def story(
    ctx: typer.Context,
    query: Query,
    *,
    as_of: AsOf = None,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Show every report of the story that fits best, the earliest first."""
    wanted, day = clean_text(query), parse_as_of(as_of)
    session = begin(ctx, config, coverage, as_json=as_json)
    opened = session.open_coverage()
    found = opened.story(wanted, as_of=day)
    session.show(
        lambda: story_document(wanted, found),
        lambda words: (
            render_story(found, words, span=opened.snapshot.span) if found else _not_found(wanted)
        ),
    )


def timeline(
    ctx: typer.Context,
    query: Query,
    *,
    as_of: AsOf = None,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Show a story over time: the first report, then what each later one added."""
    wanted, day = clean_text(query), parse_as_of(as_of)
    session = begin(ctx, config, coverage, as_json=as_json)
    opened = session.open_coverage()
    found = opened.timeline(wanted, as_of=day)
    session.show(
        lambda: timeline_document(wanted, found),
        lambda words: (
            render_timeline(found, words, span=opened.snapshot.span)
            if found
            else _not_found(wanted)
        ),
    )


def compare(
    ctx: typer.Context,
    query: Query,
    *,
    as_of: AsOf = None,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Show who covered a story, who did not, and where two outlets differ."""
    wanted, day = clean_text(query), parse_as_of(as_of)
    session = begin(ctx, config, coverage, as_json=as_json)
    opened = session.open_coverage()
    found = opened.compare(wanted, as_of=day)
    session.show(
        lambda: comparison_document(wanted, found),
        lambda words: (
            render_comparison(found, words, span=opened.snapshot.span)
            if found
            else _not_found(wanted)
        ),
    )


def changes(
    ctx: typer.Context,
    since: Annotated[str, typer.Argument(metavar="DAY", help="Since this day, as 2023-09-10.")],
    *,
    until: Until = None,
    as_of: AsOf = None,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Show what is new since a day: stories first told since, and older ones with new reports."""
    window = parse_window(since, until, parse_as_of(as_of))
    if window is None or window.since is None:
        raise typer.BadParameter("name a day, as 2023-09-10", param_hint="DAY")
    session = begin(ctx, config, coverage, as_json=as_json)
    opened = session.open_coverage()
    found = opened.changes(window.since, window.until)
    session.show(
        lambda: changes_document(found),
        lambda words: render_changes(found, words, span=opened.snapshot.span, most=CHANGES_SHOWN),
    )


def _not_found(query: str) -> Reply:
    return Reply(
        blocks=(Title(query), Note("No story in this coverage fits that.")), answered=False
    )
