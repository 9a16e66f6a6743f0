"""`story`, `timeline`, `compare` and `changes`: who told what, when, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias, TypeVar

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

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot.cli.documents import Document
    from retrieval.coverage import Coverage
    from retrieval.model import Comparison, Story, Timeline

Query = Annotated[str, typer.Argument(help="Words of the story, or the id of one of its articles.")]

CHANGES_SHOWN = 10  # of the new stories, and of those that went on


View = TypeVar("View", "Story", "Timeline", "Comparison")
LookUp: TypeAlias = "Callable[[Coverage, str, date | None], View | None]"


def _show(
    look_up: LookUp[View],
    document: Callable[[str, View | None], Document],
    render: Callable[..., Reply],
    *,
    name: str,
    about: str,
) -> Callable[..., None]:
    """Make the command that shows one view of a story; all of them take the same options."""

    def command(
        ctx: typer.Context,
        query: Query,
        *,
        as_of: AsOf = None,
        config: ConfigFile = None,
        coverage: CoveragePaths = None,
        as_json: AsJson = False,
    ) -> None:
        wanted, day = clean_text(query), parse_as_of(as_of)
        session = begin(ctx, config, coverage, as_json=as_json)
        opened = session.open_coverage()
        found = look_up(opened, wanted, day)
        session.show(
            lambda: document(wanted, found),
            lambda words: (
                render(found, words, span=opened.snapshot.span) if found else _not_found(wanted)
            ),
        )

    command.__name__, command.__doc__ = name, about
    return command


story = _show(
    lambda coverage, query, day: coverage.story(query, as_of=day),
    story_document,
    render_story,
    name="story",
    about="Show every report of the story that fits best, the earliest first.",
)
timeline = _show(
    lambda coverage, query, day: coverage.timeline(query, as_of=day),
    timeline_document,
    render_timeline,
    name="timeline",
    about="Show a story over time: the first report, then what each later one added.",
)
compare = _show(
    lambda coverage, query, day: coverage.compare(query, as_of=day),
    comparison_document,
    render_comparison,
    name="compare",
    about="Show who covered a story, who did not, and where two outlets differ.",
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
