"""What every command shares: three options, the settings, the coverage, the way out."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.progress import show_progress
from bot.compose import open_coverage, open_shared
from bot.monitoring.json_logs import write_json_logs
from bot.settings import Settings, load_settings
from bot.wording import Wording
from retrieval import match_outlet, parse_day
from retrieval.errors import WindowError
from retrieval.model import Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.cli.documents import Document
    from bot.replies import Reply
    from retrieval.coverage import Coverage

ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="Settings file; ./config.toml where there is one."
    ),
]
CoveragePaths = Annotated[
    list[Path] | None,
    typer.Option(
        "--coverage", metavar="PATH", help="Read this instead of the set folders; repeatable."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DAY", help="From this day on, as 2023-09-10 or yesterday."),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DAY", help="Up to and with this day.")
]
Outlet = Annotated[
    str, typer.Option("--outlet", metavar="NAME", help="Only what this outlet published.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="The day it is asked; today unless given."),
]

COMMAND_LOG = "clippings: %(message)s"
SERVICE_LOG = "%(asctime)s %(levelname)s %(name)s: %(message)s"


@dataclass(frozen=True, slots=True)
class Shared:
    """The options given before the command's name."""

    config: Path | None = None
    coverage: tuple[Path, ...] = ()
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """The settings of one run of one command."""

    settings: Settings
    as_json: bool

    def open_coverage(self) -> Coverage:
        """Open the coverage, with a progress bar on standard error where someone looks at it."""
        with show_progress() as progress:
            return open_coverage(self.settings, progress=progress)

    def open_shared(self) -> Coverage:
        """Open it for a bot that runs: read first, unless one of several processes does that.

        What is new is told by alerts.
        """
        with show_progress() as progress:
            if self.settings.database_url:
                return open_shared(self.settings, progress=progress)
            return open_coverage(self.settings, progress=progress, noting=True)

    def show(self, document: Callable[[], Document], reply: Callable[[Wording], Reply]) -> None:
        """Write the document for a program or the reply for a person, whichever was asked for."""
        if self.as_json:
            write_document(document())
            return
        from bot.cli.terminal import print_reply  # noqa: PLC0415  # rich is for people, 70 ms

        print_reply(reply(Wording()))


def begin(
    ctx: typer.Context,
    config: Path | None,
    coverage: list[Path] | None,
    *,
    as_json: bool = False,
    log_format: str = COMMAND_LOG,
) -> Session:
    """Load the settings; an option after the command's name wins over the same one before it."""
    before = ctx.obj if isinstance(ctx.obj, Shared) else Shared()
    settings = load_settings(config or before.config, folders=coverage or before.coverage)
    _start_log(settings.log.level.upper(), log_format)
    if log_format == SERVICE_LOG and settings.log.format == "json":
        write_json_logs()
    return Session(settings, as_json or before.as_json)


def _start_log(level: str, log_format: str) -> None:
    """Log ours and Discord's from that level on, and only the warnings of other libraries."""
    logging.basicConfig(stream=sys.stderr, format=log_format)
    for name in ("bot", "retrieval", "discord"):
        logging.getLogger(name).setLevel(level)


def write_document(document: Document) -> None:
    """Write one JSON document on one line."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def parse_as_of(text: str | None) -> date:
    """The day a question is asked; today (UTC) unless given."""
    today = datetime.now(UTC).date()
    return parse_option_day(text, today, "--as-of") or today


def parse_option_day(
    text: str | None, as_of: date, option: str, *, last: bool = False
) -> date | None:
    """The day an option names, or none; a usage error names the option."""
    if text is None:
        return None
    try:
        return parse_day(text, as_of, last=last)
    except WindowError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def parse_window(since: str | None, until: str | None, as_of: date) -> Window | None:
    """The range of days that two options give, or none where neither is given."""
    first = parse_option_day(since, as_of, "--since")
    last = parse_option_day(until, as_of, "--until", last=True)
    if first and last and first > last:
        raise typer.BadParameter(f"{first} comes after --until {last}", param_hint="--since")
    return Window(first, last) if first or last else None


def name_outlet(typed: str, coverage: Coverage) -> str:
    """The outlet that was typed as the coverage calls it; as typed where it has none such."""
    return (match_outlet(typed, coverage.snapshot.outlets) if typed else None) or typed


def clean_text(text: str) -> str:
    """Replace what is not text in an argument (bytes that the terminal could not decode)."""
    return text.encode("utf-8", "replace").decode()
