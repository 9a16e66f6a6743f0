"""The only wiring: settings in, running parts out."""

from __future__ import annotations

import atexit
import gc
import hashlib
import logging
import os
import shutil
import tempfile
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path, user_data_path

from bot.search_engine import choose_index
from bot.settings import PROJECT, SettingsError
from retrieval import ReadingOptions, Site
from retrieval.coverage import Coverage
from retrieval.errors import CoverageError, IndexLocked, StorageError

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator, Callable, Collection

    from bot.desk.desk import Desk
    from bot.desk.observing import Observer
    from bot.discord_bot.client import ClippingsClient
    from bot.feeds.opening import FeedParts
    from bot.settings import Settings
    from bot.store import Store
    from retrieval import IndexReport

    Progress = Callable[[str, int, int], None]

NAME = "clippings"
SEEDS = PROJECT / "seeds"
# Objects made and kept before the young are looked over, then the older, then all. Answering makes
# no cycles, so there is nothing to find; by Python's own numbers it is looked for after every
# third question, and one in fifty waits 200 ms while all that is remembered is gone through.
_COLLECT_AFTER = (10_000, 20, 20)
log = logging.getLogger(__name__)


def collect_seldom() -> None:
    """Have this process collect cyclic garbage seldom, and never among what it holds by now.

    For a process that answers many questions, once its coverage is open.
    """
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)


def open_coverage(
    settings: Settings, *, progress: Progress | None = None, noting: bool = False
) -> Coverage:
    """Bring the index of the settings' folders up to date and open it.

    `noting` has what is new among them told by alerts once the bot runs. While another process
    writes, the index that landed last is used. Raises CoverageError, StorageError and
    SettingsError.
    """
    folders = check_folders(settings)
    cache = choose_cache(settings)
    note = _build_note(cache) if noting else None
    try:
        return Coverage.open(
            folders,
            cache,
            progress=progress,
            options=build_reading_options(settings),
            index=choose_index(settings, cache),
            note_added=note,
        )
    except IndexLocked as locked:
        return _open_standing(settings, folders, cache, locked)


def open_shared(settings: Settings, *, progress: Progress | None = None) -> Coverage:
    """Open the index for one of several processes: as it stands, for one of them keeps it fresh.

    Where there is none yet, it is made. Raises as open_coverage does.
    """
    folders, cache = check_folders(settings), choose_cache(settings)
    try:
        return Coverage.open(
            folders,
            cache,
            refresh=False,
            options=build_reading_options(settings),
            index=choose_index(settings, cache),
        )
    except StorageError:
        return open_coverage(settings, progress=progress, noting=True)


def _build_note(cache: Path) -> Callable[[Collection[str]], None]:
    from bot.store.arrivals import ADDED_FOLDER, note_added  # noqa: PLC0415  # for the bot alone

    return partial(note_added, cache / ADDED_FOLDER)


def _open_standing(
    settings: Settings, folders: tuple[Path, ...], cache: Path, locked: IndexLocked
) -> Coverage:
    options = build_reading_options(settings)
    try:
        index = choose_index(settings, cache)
        opened = Coverage.open(folders, cache, refresh=False, options=options, index=index)
    except StorageError:
        opened = None
    if opened is None or not len(opened.snapshot):
        raise IndexLocked(f"{locked} for the first time; ask again when it is done") from None
    log.warning("%s; answering from the index as it was", locked)
    return opened


def index_coverage(
    settings: Settings, *, everything: bool = False, progress: Progress | None = None
) -> IndexReport:
    """Read what is new in the settings' folders (`everything`: all of it) and index it."""
    cache = choose_cache(settings)
    return Coverage.open(
        check_folders(settings),
        cache,
        progress=progress,
        everything=everything,
        options=build_reading_options(settings),
        index=choose_index(settings, cache),
    ).report


def build_reading_options(settings: Settings) -> ReadingOptions:
    """What the settings say of the files beside where they lie."""
    coverage = settings.coverage
    return ReadingOptions(
        sites=tuple(
            (folder.resolve(), Site(site.outlet, site.address))
            for folder, site in coverage.sites.items()
        ),
        day_first=coverage.date_order == "day_first",
    )


def list_folders(settings: Settings) -> tuple[Path, ...]:
    """What is read: the settings' folders, and the feeds' own once it holds anything."""
    folders, feeds = settings.coverage.folders, choose_feeds_folder(settings)
    held = settings.fetching.enabled and feeds.is_dir() and any(feeds.iterdir())
    return (*folders, feeds) if held else folders


def choose_feeds_folder(settings: Settings) -> Path:
    """Where the articles of feeds are kept: the folder in the settings, else beside the store."""
    return settings.fetching.folder or choose_store(settings).parent / "feeds"


def check_folders(settings: Settings) -> tuple[Path, ...]:
    """The folders that are read, or a CoverageError naming the first that is not there."""
    for folder in settings.coverage.folders:
        if not folder.exists():
            hint = (
                "this installation ships no coverage; name yours with --coverage"
                if folder == SEEDS
                else "correct --coverage or coverage.folders"
            )
            raise CoverageError(f"{folder}: no such folder; {hint}")
    return list_folders(settings)


def open_standing(settings: Settings) -> Coverage:
    """Open the index of the settings' folders that landed last; nothing is read or written.

    Raises CoverageError where a folder is not there, IndexDamaged where there is no index yet.
    """
    cache = name_cache(settings)
    index = choose_index(settings, cache)
    return Coverage.open(check_folders(settings), cache, refresh=False, index=index)


def name_cache(settings: Settings) -> Path:
    """The folder that keeps the index of these coverage folders, whether it is there or not."""
    cache = settings.coverage.cache or user_cache_path(NAME)
    return cache / _name_cache(settings.coverage.folders)


def choose_cache(settings: Settings) -> Path:
    """The folder that keeps the index of these coverage folders, made and writable.

    A cache named in the settings must be writable (SettingsError); where the user's own cache
    folder is not, a temporary one serves until the process ends.
    """
    folder = name_cache(settings)
    if _make_writable(folder):
        return folder
    if settings.coverage.cache is not None:
        raise _refuse_cache(settings.coverage.cache)
    log.warning("%s cannot be written: the index will not be kept; set coverage.cache", folder)
    temporary = Path(tempfile.mkdtemp(prefix=f"{NAME}-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    return temporary


def check_cache(settings: Settings) -> None:
    """Raise SettingsError where the settings name a cache that cannot be written."""
    named = settings.coverage.cache
    if named is not None and not is_writable(name_cache(settings)):
        raise _refuse_cache(named)


def _refuse_cache(named: Path) -> SettingsError:
    return SettingsError(f"coverage.cache: {named} cannot be written; name another folder")


def open_store(settings: Settings) -> Store:
    """Open what servers set up and people asked, making its folder or tables on first use."""
    from bot.store import Store  # noqa: PLC0415  # questions in the terminal need no store

    if settings.database_url:
        return Store.connect(settings.database_url.get_secret_value())
    return Store.open(choose_store(settings))


def read_store(settings: Settings) -> Store:
    """What the store holds, a file's in memory; nothing is written."""
    from bot.store import Store  # noqa: PLC0415  # as above

    if settings.database_url:
        return Store.connect(settings.database_url.get_secret_value(), reading=True)
    return Store.read(choose_store(settings))


def open_store_anyhow(settings: Settings) -> Store:
    """Open the store for a bot that answers whatever befell it; see Store.open_anyhow."""
    from bot.store import Store  # noqa: PLC0415  # as above

    if settings.database_url:
        return Store.connect(settings.database_url.get_secret_value(), anyhow=True)
    return Store.open_anyhow(choose_store(settings))


def choose_store(settings: Settings) -> Path:
    """The file of the bot's memory, if it is one: of the settings, or in the user's data folder."""
    return settings.store.path or user_data_path(NAME) / f"{NAME}.sqlite3"


def build_desk(
    settings: Settings, coverage: Coverage, store: Store, observer: Observer | None = None
) -> Desk:
    """The desk that serves requests, within the settings' limits."""
    from bot.desk.desk import Desk  # noqa: PLC0415  # for the bot alone
    from bot.desk.rate_limits import Rates  # noqa: PLC0415  # as above

    limits = settings.limits
    spend = store.allowances.spend if store.shared else None
    rates = Rates(limits.per_person, limits.per_server, spend)
    store.tickets.life = timedelta(days=settings.store.keep_days)
    return Desk(coverage, store, rates, at_work=limits.at_work, observer=observer)


def build_client(
    settings: Settings,
    desk: Desk,
    *,
    sync: bool = False,
    feeds: FeedParts | None = None,
    store: Store | None = None,
) -> ClippingsClient:
    """The Discord client; `sync` writes the commands to Discord even where none differs.

    Several shards take turns in the `store`.
    """
    from bot.discord_bot.client import ClippingsClient  # noqa: PLC0415  # imports discord.py, 1 s
    from bot.discord_bot.sharding import ShardedClient  # noqa: PLC0415  # as above

    shards = settings.discord.shards
    options: dict[str, Any] = {
        "answer_posts": settings.discord.answer_posts,
        "sync_always": sync,
        "subscriptions": feeds.subscriptions if feeds else None,
        "watchlist": feeds.watchlist if feeds else None,
        "following": feeds.following if feeds else None,
    }
    if shards.count > 1 and store is not None:
        return ShardedClient(desk, shards, store.leases, **options)
    return ClippingsClient(desk, **options)


@asynccontextmanager
async def open_feeds(
    settings: Settings, coverage: Coverage, store: Store, desk: Desk, arrived: asyncio.Event
) -> AsyncIterator[FeedParts | None]:
    """The feeds of the settings and of servers, none where the operator fetches none.

    `arrived` is set whenever a poll wrote articles.
    """
    if not settings.fetching.enabled:
        yield None
        return
    from bot.feeds.opening import build_feeds, open_poller  # noqa: PLC0415  # imports aiohttp

    folder = choose_feeds_folder(settings)
    opening = open_poller(settings, folder, store, desk.away, desk.aside.run)
    async with opening as poller:
        yield build_feeds(settings, coverage, store, poller, arrived.set)


def _name_cache(folders: tuple[Path, ...]) -> str:
    """One name for one set of folders: a readable part, and a digest of all the paths."""
    paths = sorted(str(folder.resolve()) for folder in folders)
    digest = hashlib.sha256("\0".join(paths).encode(errors="surrogateescape")).hexdigest()[:12]
    return f"{Path(paths[0]).name}-{digest}"


def is_writable(path: Path) -> bool:
    """Whether a file or folder can be written, or made where it is not there yet."""
    standing = next(one for one in (path, *path.parents) if one.exists())
    if standing != path and not standing.is_dir():
        return False
    return os.access(standing, os.W_OK | (os.X_OK if standing.is_dir() else 0))


def _make_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return is_writable(folder)
