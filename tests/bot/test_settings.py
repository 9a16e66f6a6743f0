"""Settings: defaults, then the file, then the environment; every mistake is one line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import (
    DATABASE,
    PROJECT,
    Settings,
    SettingsError,
    list_keys,
    load_settings,
)
from bot.shards import Shards

EXAMPLE = PROJECT / "config.example.toml"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper().startswith("CLIPPINGS_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    monkeypatch.chdir(tmp_path)


def write_config(text: str, folder: Path = Path()) -> Path:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_the_shipped_coverage_is_read() -> None:
    assert load_settings().coverage.folders == (PROJECT / "seeds",)


def test_the_example_gives_exactly_the_defaults() -> None:
    assert load_settings(EXAMPLE) == load_settings()


@pytest.mark.parametrize("key", list_keys())
def test_the_example_documents_every_key(key: str) -> None:
    section, name = key.split(".")
    table = EXAMPLE.read_text(encoding="utf-8").split(f"[{section}]")[1].split("\n[")[0]
    before, found, _ = table.partition(f"\n{name} = ")
    assert found
    assert before.rstrip().splitlines()[-1].startswith(("#", "per_person"))


def test_a_file_in_the_working_folder_is_found_and_wins_over_the_defaults() -> None:
    write_config("[limits]\nper_person = 3")
    assert load_settings().limits.per_person == 3
    assert load_settings().limits.per_server == Settings().limits.per_server


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_config("[limits]\nper_person = 3\nper_server = 5")
    monkeypatch.setenv("CLIPPINGS_LIMITS__PER_PERSON", "7")
    limits = load_settings(file).limits
    assert (limits.per_person, limits.per_server) == (7, 5)


def test_folders_in_the_environment_are_parted_like_a_search_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLIPPINGS_COVERAGE__FOLDERS", os.pathsep.join(["/srv/a", "/srv/b"]))
    assert load_settings().coverage.folders == (Path("/srv/a"), Path("/srv/b"))


def test_folders_named_on_the_command_line_replace_all_others() -> None:
    file = write_config('[coverage]\nfolders = ["a", "b"]\nrefresh_minutes = 3')
    coverage = load_settings(file, folders=[Path("c")]).coverage
    assert coverage.folders == (Path("c"),)
    assert coverage.refresh_minutes == 3


def test_paths_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    file = write_config(
        '[coverage]\nfolders = ["news", "/srv/news"]\ncache = "cache"\n[store]\npath = "s.db"',
        folder,
    )
    settings = load_settings(file)
    assert settings.coverage.folders == (folder / "news", Path("/srv/news"))
    assert settings.coverage.cache == folder / "cache"
    assert settings.store.path == folder / "s.db"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[coverge]\nx = 1", "coverge is no setting; did you mean coverage?"),
        (
            "[limits]\nper_persn = 1",
            "limits.per_persn is no setting; did you mean limits.per_person?",
        ),
        ('[limits]\nper_person = "many"', "limits.per_person: a whole number is expected"),
        (
            "[limits]\nper_person = 0",
            "limits.per_person: input should be greater than or equal to 1",
        ),
        ("[discord]\nanswer_posts = 3", "discord.answer_posts: true or false is expected"),
        ("[coverage]\nfolders = 3", "coverage.folders: a list of paths is expected"),
        ("[coverage]\nfolders = []", "coverage.folders: at least one is expected"),
        ("[coverage]\nfolders = [3]", "coverage.folders: a path in quotes is expected"),
        (
            '[log]\nlevel = "loud"',
            "log.level: input should be 'debug', 'info', 'warning' or 'error'",
        ),
        ("limits = 3", "limits: a table is expected"),
        ("[limits", "is not TOML"),
        ('token = "t"', "a token does not belong in a file"),
        ('DISCORD_TOKEN = "t"', "a token does not belong in a file"),
    ],
)
def test_a_mistake_in_the_file_is_one_line_with_the_key_and_the_file(text: str, told: str) -> None:
    file = write_config(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    line = str(caught.value)
    assert told in line
    assert line.startswith(str(file))
    assert "\n" not in line


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("CLIPPINGS_LIMITS__PER_PERSON", "many", "a whole number is expected"),
        ("CLIPPINGS_LIMITS__PER_PERSN", "3", "did you mean CLIPPINGS_LIMITS__PER_PERSON?"),
        ("CLIPPINGS_TOKEN", "t", "is no setting"),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match="environment") as caught:
        load_settings()
    assert name in str(caught.value)
    assert told in str(caught.value)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml: no such settings file"):
        load_settings(tmp_path / "nowhere.toml")


def test_a_file_that_is_no_text_is_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="is not TOML"):
        load_settings(file)


def test_the_token_comes_from_the_environment_and_shows_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "very-secret")
    settings = load_settings()
    assert settings.token is not None
    assert settings.token.get_secret_value() == "very-secret"
    assert "very-secret" not in f"{settings!r} {settings} {settings.model_dump()}"


def test_an_empty_token_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "")
    assert load_settings().token is None


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().limits.per_person = 3


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1", Shards()),
        ("16", Shards(0, 15, 16)),
        ("0-3/16", Shards(0, 3, 16)),
        (4, Shards(0, 3, 4)),
    ],
)
def test_shards_are_read(written: object, meant: Shards) -> None:
    assert Shards.parse(written) == meant
    assert Shards.parse(str(meant)) == meant


@pytest.mark.parametrize("written", ["", "0", "16-16/16", "3-1/4", "1/2/3", "-1"])
def test_shards_that_are_none_are_refused(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="shards"):
        Shards.parse(written)
    monkeypatch.setenv("CLIPPINGS_DISCORD__SHARDS", written or "none")
    with pytest.raises(SettingsError, match=r"CLIPPINGS_DISCORD__SHARDS: .*shards"):
        load_settings()


def test_the_url_of_a_database_is_a_secret_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(DATABASE, "postgresql://robin:entrails@db/clippings")
    settings = load_settings()
    assert settings.database_url is not None
    assert "entrails" not in repr(settings)
    for key in ("database_url", DATABASE):
        with pytest.raises(SettingsError, match="does not belong in a file") as error:
            load_settings(write_config(f'{key} = "postgresql://robin:entrails@db/clippings"'))
        assert "entrails" not in str(error.value)
