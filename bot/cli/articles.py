"""`articles`: how each file of the coverage was read."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.documents import articles_document
from bot.cli.session import AsJson, ConfigFile, CoveragePaths, begin, write_document
from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.model import Article

COLUMNS = ("file", "day", "outlet", "author", "lang", "characters", "title")
WIDEST = (40, 10, 24, 20, 4, 10, 60)  # characters of a cell, by column


def articles(
    ctx: typer.Context,
    *,
    file: Annotated[
        str, typer.Option("--file", metavar="NAME", help="Only the articles of this file.")
    ] = "",
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Show what was made of each file: title, text, address, outlet, author, day, language."""
    session = begin(ctx, config, coverage, as_json=as_json)
    found = session.open_coverage().articles_of(file)
    if session.as_json:
        write_document(articles_document(found))
        return
    from bot.cli.terminal import print_table  # noqa: PLC0415  # rich is for people, 70 ms

    print_table(COLUMNS, [describe_article(article) for article in found])


def describe_article(article: Article) -> tuple[str, ...]:
    """One line of the table; what is not known is left empty."""
    cells: Iterable[str] = (
        article.path if len(article.path) <= WIDEST[0] else PurePath(article.path).name,
        article.day.isoformat() if article.day else "",
        article.outlet,
        article.author or "",
        article.language,
        str(len(article.text)),
        article.title,
    )
    return tuple(cut_line(cell, most) for cell, most in zip(cells, WIDEST, strict=True))
