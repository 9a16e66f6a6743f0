"""`index`: read the coverage now and say what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.documents import index_document
from bot.cli.progress import show_progress
from bot.cli.session import AsJson, ConfigFile, CoveragePaths, begin
from bot.cli.terminal import count
from bot.compose import index_coverage
from bot.replies import Heading, Note, Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies import Block
    from retrieval import IndexReport


def index(
    ctx: typer.Context,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Read every file again, not only new and changed ones.")
    ] = False,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Read what is new in the coverage, index it, and report every file that was rejected."""
    session = begin(ctx, config, coverage, as_json=as_json)
    with show_progress() as progress:
        report = index_coverage(session.settings, everything=everything, progress=progress)
    session.show(lambda: index_document(report), lambda _: render_report(report))


def render_report(report: IndexReport) -> Reply:
    """Say what was read; every rejected file and every warning has a line of its own."""
    read = f"{count(report.files_read, 'file')} read, {report.files_rejected} rejected"
    held = f"{count(report.articles, 'article')} in {count(report.passages, 'passage')}"
    since = f"{report.added} added, {report.changed} changed, {report.removed} removed"
    size = f"{report.seconds:.1f} s, {report.bytes / 1e6:.1f} MB"
    rejects = [f"{reject.path}: {reject.reason}" for reject in report.rejects]
    return Reply(
        blocks=(
            Note(f"{read} · {held} · {since} · {size}"),
            *_section("Rejected", rejects),
            *_section("Warnings", report.warnings),
        )
    )


def _section(name: str, lines: Sequence[str]) -> tuple[Block, ...]:
    return (Heading(name), *map(Note, lines)) if lines else ()
