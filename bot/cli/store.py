"""`store`: the bot's memory copied, put back from a copy, and moved to another database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli.session import AsJson, ConfigFile, CoveragePaths, begin
from bot.cli.terminal import count
from bot.compose import choose_store, open_store, open_store_anyhow, read_store
from bot.replies import Note, Reply
from bot.settings import DATABASE, SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings

Action = Literal["backup", "restore", "list", "move"]
CopyFile = Annotated[
    Path | None,
    typer.Argument(
        help="The copy to write or to put back; else one in the folder of copies. "
        "For move, where to: postgresql or sqlite."
    ),
]


def store(
    ctx: typer.Context,
    action: Annotated[Action, typer.Argument(help="What to do.")] = "list",
    file: CopyFile = None,
    *,
    config: ConfigFile = None,
    coverage: CoveragePaths = None,
    as_json: AsJson = False,
) -> None:
    """Copy what the bot remembers, list the copies, go back to one, or move to another database."""
    session = begin(ctx, config, coverage, as_json=as_json)
    from bot.store import StoreError  # noqa: PLC0415  # the store is not for questions

    try:
        document, lines = _ACTIONS[action](session.settings, file)
    except StoreError as error:
        raise typer.TyperException(str(error)) from None
    session.show(lambda: document, lambda _: Reply(blocks=tuple(map(Note, lines))))


def _back_up(settings: Settings, file: Path | None) -> tuple[dict[str, object], list[str]]:
    from bot.store.backups import next_copy  # noqa: PLC0415  # as above

    with open_store(settings) as opened:
        copy = opened.back_up(file or next_copy(choose_store(settings), opened.now()))
    return {"copy": str(copy)}, [f"Copied to {copy}"]


def _restore(settings: Settings, file: Path | None) -> tuple[dict[str, object], list[str]]:
    from bot.store import StoreError  # noqa: PLC0415  # as above
    from bot.store.backups import find_good_copy, folder_of  # noqa: PLC0415  # as above

    path = choose_store(settings)
    copy = file or find_good_copy(path)
    if copy is None:
        raise StoreError(f"{folder_of(path)}: holds no whole copy; name one")
    with open_store_anyhow(settings) as opened:
        opened.restore(copy)
    return {"store": str(path), "copy": str(copy)}, [f"{path} holds again what {copy} does"]


def _list(settings: Settings, _: Path | None) -> tuple[dict[str, object], list[str]]:
    from bot.store.backups import folder_of, list_copies  # noqa: PLC0415  # as above

    if settings.database_url:
        with read_store(settings) as opened:
            told = f"{opened.name}: is copied by pg_dump; see docs/operating.md"
            return {"store": opened.name, "copies": []}, [told]
    path = choose_store(settings)
    copies = [str(copy) for copy in list_copies(path)]
    lines = copies or [f"{folder_of(path)}: no copy yet; a running bot makes one a day"]
    return {"store": str(path), "copies": copies}, lines


def _move(settings: Settings, target: Path | None) -> tuple[dict[str, object], list[str]]:
    """From the file into the database of the environment, or back; both ends are named in full."""
    if str(target) not in {"postgresql", "sqlite"}:
        raise typer.BadParameter("`store move` needs postgresql or sqlite", param_hint="FILE")
    if settings.database_url is None:
        raise SettingsError(f"{DATABASE} is not set; it says which database is meant")
    file = settings.model_copy(update={"database_url": None})
    there, here = (file, settings) if str(target) == "postgresql" else (settings, file)
    with read_store(there) as source, open_store(here) as opened:
        rows = opened.fill_from(source)
        names = source.name if source.shared else str(choose_store(file)), opened.name
    counts = [f"{table}: {count(n, 'row')}" for table, n in rows.items() if table != "secret"]
    told = f"Moved from {names[0]} to {names[1]}; every row is there. The first is as it was."
    return {"from": names[0], "to": names[1], "rows": dict(rows)}, [*counts, told]


_ACTIONS = {"move": _move, "backup": _back_up, "restore": _restore, "list": _list}
