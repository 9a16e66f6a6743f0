"""`status`: how everything stands, read and never written."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

import typer

from bot.cli.documents import headline_document
from bot.cli.session import AsJson, ConfigFile, CoveragePaths, begin
from bot.cli.terminal import count
from bot.compose import choose_store, open_standing, read_store
from bot.replies import Heading, Note, Reply
from retrieval.errors import RetrievalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.cli.documents import Document
    from bot.settings import Settings
    from retrieval.coverage import Coverage


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the whole: what it holds, and what is wrong with it, "" where nothing is."""

    document: Document
    line: str
    problem: str = ""


def status(
    ctx: typer.Context,
    *,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Show the coverage as it was indexed last, feeds and store; exit 1 where one is at fault."""
    session = begin(ctx, config, coverage, as_json=as_json)
    articles, feeds, store = describe_everything(session.settings)
    running = version("clippings")
    document: Document = {
        "version": running,
        "coverage": articles.document,
        "feeds": feeds.document["feeds"],
        "store": store.document,
    }
    session.show(
        lambda: document, lambda _: Reply(blocks=tuple(_lines(running, articles, feeds, store)))
    )
    if articles.problem or store.problem:
        raise typer.Exit(1)


def describe_everything(settings: Settings) -> tuple[Part, Part, Part]:
    """The coverage, the feeds and the store; nothing is written and nothing fetched."""
    return (describe_coverage(settings), *describe_store(settings))


def describe_coverage(settings: Settings) -> Part:
    """The index that landed last; what changed since is read by the next command that asks."""
    folders = [str(folder) for folder in settings.coverage.folders]
    try:
        opened = open_standing(settings)
    except RetrievalError as error:
        problem = str(error)
        return Part({"folders": folders, "problem": problem}, ", ".join(folders), problem)
    held = opened.status()
    document: Document = {
        "folders": folders,
        "articles": held.span.articles,
        "passages": held.passages,
        "outlets": held.outlets,
        "topics": held.topics,
        "oldest": held.span.oldest.isoformat() if held.span.oldest else None,
        "newest": held.span.newest.isoformat() if held.span.newest else None,
        "newest_article": next(map(headline_document, opened.latest(limit=1)), None),
        "problem": None,
    }
    return Part(document, _describe_articles(opened))


def _describe_articles(opened: Coverage) -> str:
    held, newest = opened.status(), next(iter(opened.latest(limit=1)), None)
    told = f"{count(held.span.articles, 'article')} of {count(held.outlets, 'outlet')}"
    return f"{told}; newest: {newest.title} ({newest.outlet}, {newest.day})" if newest else told


def describe_store(settings: Settings) -> tuple[Part, Part]:
    """The feeds that the store keeps, and the store itself with its copies."""
    from bot.cli.feeds import show_feeds  # noqa: PLC0415  # the store is not for questions
    from bot.store import StoreError  # noqa: PLC0415  # as above
    from bot.store.backups import list_copies  # noqa: PLC0415  # as above

    if settings.database_url:
        return _describe_database(settings)
    path = choose_store(settings)
    copies = [str(copy) for copy in list_copies(path)]
    exists = path.is_file()
    document: Document = {
        "path": str(path),
        "bytes": path.stat().st_size if exists else None,
        "copies": len(copies),
        "newest_copy": next(iter(copies), None),
        "problem": None,
    }
    none = Part({"feeds": []}, "none yet")
    if not exists:
        return none, Part(document, f"{path}: none yet; the bot makes it")
    try:
        with read_store(settings) as store:
            shown = show_feeds(store.feeds.list_all(), store)
    except StoreError as error:
        return none, Part(document | {"problem": str(error)}, str(path), str(error))
    copied = f"; newest copy {copies[0]}" if copies else "; no copy yet"
    feeds = Part(shown.document, "\n".join(shown.lines))
    return feeds, Part(document, f"{path}: {path.stat().st_size:,} bytes{copied}")


def _describe_database(settings: Settings) -> tuple[Part, Part]:
    from bot.cli.feeds import show_feeds  # noqa: PLC0415  # as above
    from bot.store import StoreError  # noqa: PLC0415  # as above

    try:
        with read_store(settings) as store:
            shown = show_feeds(store.feeds.list_all(), store)
            document: Document = {"path": None, "database": store.name, "problem": None}
            feeds = Part(shown.document, "\n".join(shown.lines))
            return feeds, Part(document, store.name)
    except StoreError as error:
        problem = str(error)
        document = {"path": None, "database": None, "problem": problem}
        return Part({"feeds": []}, "none yet"), Part(document, "PostgreSQL", problem)


def _lines(running: str, *parts: Part) -> Iterator[Heading | Note]:
    yield Note(f"Clippings {running}")
    for name, part in zip(("Coverage", "Feeds", "Store"), parts, strict=True):
        yield Heading(name)
        for line in part.line.splitlines():
            yield Note(line)
        if part.problem:
            yield Note(f"✗ {part.problem}")
