"""`run` and `preview`: the bot in Discord, and the same bot in a page on this machine."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.session import SERVICE_LOG, ConfigFile, CoveragePaths, begin
from bot.settings import TOKEN, SettingsError
from bot.shards import Shards

if TYPE_CHECKING:
    from bot.settings import Settings


def run(
    ctx: typer.Context,
    *,
    sync: Annotated[
        bool, typer.Option("--sync", help="Write the commands to Discord even if none differs.")
    ] = False,
    shards: Annotated[
        str, typer.Option("--shards", help="The shards of this process, as 16 or 0-3/16.")
    ] = "",
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
) -> None:
    """Run the Discord bot until Ctrl-C or SIGTERM; DISCORD_TOKEN must be in the environment."""
    session = begin(ctx, config, coverage, log_format=SERVICE_LOG)
    settings = _choose_shards(session.settings, shards)
    if settings.token is None:
        raise SettingsError(f"{TOKEN} is not set; clippings check says what else is needed")
    # As the first process of a container it would not hear SIGTERM while it reads the coverage.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    opened = session.open_shared()
    from bot.discord_bot.connection import RunError  # noqa: PLC0415  # imports discord.py, 1 s
    from bot.running import run_bot  # noqa: PLC0415  # as above
    from bot.store import StoreError  # noqa: PLC0415  # as above

    try:
        asyncio.run(run_bot(settings, opened, sync=sync))
    except (RunError, StoreError) as error:
        raise typer.TyperException(str(error)) from None


def _choose_shards(settings: Settings, shards: str) -> Settings:
    if not shards:
        return settings
    try:
        parsed = Shards.parse(shards)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--shards") from None
    discord = settings.discord.model_copy(update={"shards": parsed})
    return settings.model_copy(update={"discord": discord})


def preview(
    ctx: typer.Context,
    *,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 0,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
) -> None:
    """Open the bot in a Discord-like page on this machine; no token needed."""
    session = begin(ctx, config, coverage)
    logging.getLogger("discord").setLevel(logging.ERROR)  # the page is what counts here
    from bot.preview import PreviewError, open_preview  # noqa: PLC0415  # imports discord.py, 1 s

    try:
        open_preview(session.settings, _say, port=port)
    except PreviewError as error:
        raise typer.TyperException(str(error)) from None


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
