"""The wiring: where the index is kept, what is refused, and who may answer while another writes."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.compose import (
    build_desk,
    check_folders,
    choose_cache,
    collect_seldom,
    index_coverage,
    open_coverage,
    open_store,
)
from bot.desk.alerts import Failed, Recovered, Rejected
from bot.desk.aside import Aside
from bot.desk.reloading import reread, standing_of
from bot.running import refresh_regularly, watch_folders
from bot.settings import CoverageSettings, Settings, SettingsError, StoreSettings
from retrieval.errors import CoverageError, IndexLocked
from retrieval.index import IndexWriter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from pathlib import Path

    from bot.desk.alerts import Alert

DAY = date(2024, 5, 20)
REPORT = "The ferry to Vell is late\n\nThe ferry to Vell will leave two hours late on Monday.\n"


def make_settings(tmp_path: Path, *folders: Path) -> Settings:
    coverage = CoverageSettings(folders=folders or (tmp_path,), cache=tmp_path / "cache")
    return Settings(
        coverage=coverage, store=StoreSettings(path=tmp_path / "made" / "store.sqlite3")
    )


@asynccontextmanager
async def follow(settings: Settings) -> AsyncIterator[asyncio.Queue[Alert]]:
    """Read the coverage over and over; what is told of it lies in the queue."""
    told: asyncio.Queue[Alert] = asyncio.Queue()

    async def tell(alerts: Iterable[Alert]) -> None:
        for alert in alerts:
            await told.put(alert)

    with open_store(settings) as store:
        desk = build_desk(settings, open_coverage(settings), store)
        reading = asyncio.create_task(refresh_regularly(desk, 0.001, tell))
        yield told
        reading.cancel()
        await asyncio.wait([reading])


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "ferry.txt").write_text(REPORT, encoding="utf-8")
    return folder


def test_each_set_of_folders_has_a_cache_of_its_own(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    one = choose_cache(make_settings(tmp_path, a, b))
    assert one == choose_cache(make_settings(tmp_path, b, a))
    assert one != choose_cache(make_settings(tmp_path, a))
    assert one.parent == tmp_path / "cache"
    assert one.name.startswith("a-")


def test_the_same_folder_by_another_path_has_the_same_cache(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert choose_cache(make_settings(tmp_path, tmp_path / "a")) == choose_cache(
        make_settings(tmp_path, tmp_path / "x" / ".." / "link")
    )


def test_a_named_cache_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in its place", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"coverage\.cache: .*cache cannot be written"):
        choose_cache(make_settings(tmp_path))


def test_where_the_users_cache_cannot_be_written_a_temporary_one_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file in its place", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    cache = choose_cache(Settings(coverage=CoverageSettings(folders=(tmp_path,))))
    assert os.access(cache, os.W_OK)
    assert "will not be kept" in caplog.text


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CoverageError, match="nowhere: no such folder"):
        check_folders(make_settings(tmp_path, tmp_path, tmp_path / "nowhere"))


def test_an_installation_without_seeds_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.compose.SEEDS", tmp_path / "seeds")
    with pytest.raises(CoverageError, match="ships no coverage"):
        check_folders(make_settings(tmp_path, tmp_path / "seeds"))


def test_while_another_process_writes_the_standing_index_answers(
    tmp_path: Path, news: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = make_settings(tmp_path, news)
    open_coverage(settings)
    (news / "late.txt").write_text(
        "Another title\n\nAnother report of the day.\n", encoding="utf-8"
    )
    with IndexWriter(choose_cache(settings) / "index"):
        opened = open_coverage(settings)
    assert len(opened.snapshot) == 1
    assert "answering from the index as it was" in caplog.text
    assert len(open_coverage(settings).snapshot) == 2


def test_the_first_index_must_be_waited_for(tmp_path: Path, news: Path) -> None:
    settings = make_settings(tmp_path, news)
    with (
        IndexWriter(choose_cache(settings) / "index"),
        pytest.raises(IndexLocked, match="ask again when it is done"),
    ):
        open_coverage(settings)


def test_an_index_that_holds_nothing_yet_must_be_waited_for(tmp_path: Path, news: Path) -> None:
    settings = make_settings(tmp_path, news)
    kept = {path: path.read_text("utf-8") for path in news.iterdir()}
    for path in kept:
        path.unlink()
    index_coverage(settings)
    for path, text in kept.items():
        path.write_text(text, encoding="utf-8")
    with (
        IndexWriter(choose_cache(settings) / "index"),
        pytest.raises(IndexLocked, match="ask again when it is done"),
    ):
        open_coverage(settings)


def test_indexing_everything_reads_unchanged_files_again(tmp_path: Path, news: Path) -> None:
    settings = make_settings(tmp_path, news)
    assert index_coverage(settings).added == 1
    assert index_coverage(settings).added == 0
    assert index_coverage(settings, everything=True).added == 1


def test_the_store_is_made_with_its_folder(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    open_store(settings).close()
    assert settings.store.path is not None
    assert settings.store.path.is_file()


async def test_regular_reading_tells_of_a_folder_that_goes_and_comes_back(
    tmp_path: Path, news: Path
) -> None:
    async with asyncio.timeout(30), follow(make_settings(tmp_path, news)) as told:
        shutil.move(news, tmp_path / "away")
        assert await told.get() == Failed("news")
        shutil.move(tmp_path / "away", news)
        assert await told.get() == Recovered()


async def test_regular_reading_tells_of_a_file_that_gives_no_article(
    tmp_path: Path, news: Path
) -> None:
    (news / "old.json").write_text("{", encoding="utf-8")
    async with asyncio.timeout(30), follow(make_settings(tmp_path, news)) as told:
        (news / "new.json").write_text("[", encoding="utf-8")
        rejected = await told.get()
    assert isinstance(rejected, Rejected)
    assert [reject.path for reject in rejected.rejects] == ["news/new.json"]


def test_while_another_process_reads_the_coverage_it_stands_as_before(
    tmp_path: Path, news: Path
) -> None:
    (news / "old.json").write_text("{", encoding="utf-8")
    settings = make_settings(tmp_path, news)
    coverage = open_coverage(settings)
    before = standing_of(coverage, DAY)
    assert [reject.path for reject in before.rejects or ()] == ["news/old.json"]
    (news / "new.txt").write_text(REPORT, encoding="utf-8")
    with IndexWriter(choose_cache(settings) / "index"):
        assert reread(coverage, Aside(), DAY, before) == before
        assert standing_of(open_coverage(settings), DAY).rejects is None


def test_a_command_sets_how_seldom_garbage_is_collected() -> None:
    """By Python's own numbers, the pauses are the slowest one in fifty answers."""
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    try:
        collect_seldom()
        assert all(now >= then for now, then in zip(gc.get_threshold(), before, strict=True))
        assert gc.get_freeze_count() > frozen
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


async def test_a_file_that_is_put_into_a_folder_is_noticed(tmp_path: Path) -> None:
    folder, changed = tmp_path / "news", asyncio.Event()
    folder.mkdir()
    settings = Settings(coverage=CoverageSettings(folders=(folder,)))
    watching = asyncio.create_task(watch_folders(settings, changed))
    async with asyncio.timeout(30):
        while not changed.is_set():  # until the watch stands, nobody can say that it does
            (folder / "ferry.txt").write_text(f"{REPORT}{asyncio.get_running_loop().time()}")
            await asyncio.sleep(0.2)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    assert watching.cancelled()  # it watched to the end


async def test_folders_that_are_read_only_when_told_to_are_not_watched(tmp_path: Path) -> None:
    settings = Settings(coverage=CoverageSettings(folders=(tmp_path,), refresh_minutes=0))
    watching = asyncio.create_task(watch_folders(settings, asyncio.Event()))
    done, _ = await asyncio.wait([watching], timeout=5)
    assert done == {watching}  # at once, for there is nothing to wait for
