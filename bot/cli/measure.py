"""`eval` and `bench`: how well and how fast, as documents of figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.progress import show_progress
from bot.cli.session import AsJson, ConfigFile, CoveragePaths, begin
from bot.compose import collect_seldom
from bot.replies import Heading, Note, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.replies import Block

SetFolder = Annotated[
    Path, typer.Argument(metavar="DIR", help="corpus.jsonl[.gz], queries.jsonl, qrels.tsv.")
]


def evaluate(
    ctx: typer.Context,
    folder: SetFolder,
    *,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Only the first questions.")
    ] = None,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Measure rankings and answers on a development set."""
    session = begin(ctx, config, coverage, as_json=as_json)
    from retrieval.evaluation.benchmark import run_eval  # noqa: PLC0415  # ir-measures, seconds

    collect_seldom()
    with show_progress() as progress:
        figures = run_eval(folder, limit, progress)
    session.show(lambda: figures, lambda _: render_figures(figures))


def bench(
    ctx: typer.Context,
    *,
    passages: Annotated[int, typer.Option("--passages", min=1, help="How many to make up.")],
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Measure search speed beside bm25s and tantivy, in one run."""
    session = begin(ctx, config, coverage, as_json=as_json)
    from retrieval.evaluation.bench import run_bench  # noqa: PLC0415  # numba, seconds

    collect_seldom()
    with show_progress() as progress:
        figures = run_bench(passages, progress)
    session.show(lambda: figures, lambda _: render_figures(figures))


def render_figures(figures: Mapping[str, object]) -> Reply:
    """One line a figure; a group of figures has a heading."""
    return Reply(blocks=tuple(_lines(figures)))


def _lines(figures: Mapping[str, object], group: str = "") -> Iterator[Block]:
    nested = {key: value for key, value in figures.items() if isinstance(value, dict)}
    if group and len(nested) < len(figures):
        yield Heading(group)
    for key, value in figures.items():
        if key not in nested:
            yield Note(f"{key}: {value}")
    for key, value in nested.items():
        yield from _lines(value, f"{group} {key}".strip())
