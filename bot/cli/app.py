"""The Typer application: every command by name, in the order of `--help`."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from bot.cli.articles import articles
from bot.cli.ask import ask, chat
from bot.cli.check import check
from bot.cli.feeds import feeds
from bot.cli.index import index
from bot.cli.measure import bench, evaluate
from bot.cli.run import preview, run
from bot.cli.search import latest, outlets, search
from bot.cli.session import AsJson, ConfigFile, CoveragePaths, Shared
from bot.cli.status import status
from bot.cli.store import store
from bot.cli.stories import changes, compare, story, timeline

app = typer.Typer(
    name="clippings",
    help="Ask a newsroom's coverage; get the sentence that answers, with its source.",
    add_completion=False,
    no_args_is_help=True,
)


def _say_version(asked: bool) -> None:  # noqa: FBT001  # Typer hands a flag's value over so
    if asked:
        sys.stdout.write(f"clippings {version('clippings')}\n")
        raise typer.Exit


@app.callback()
def share(
    ctx: typer.Context,
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_say_version, is_eager=True, help="Say the version and leave."
        ),
    ] = False,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Keep the options that stand before the command's name."""
    ctx.obj = Shared(config, tuple(coverage or ()), as_json)


for command in (
    ask,
    chat,
    search,
    latest,
    outlets,
    articles,
    story,
    timeline,
    compare,
    changes,
    index,
    feeds,
    store,
    status,
    check,
    run,
    preview,
    bench,
):
    app.command()(command)
app.command("eval")(evaluate)
