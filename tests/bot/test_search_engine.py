"""Which index some settings mean; nothing is asked of any engine for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.search_engine import choose_index
from bot.settings import SettingsError, load_settings

ENGINE = '[index]\nengine = "opensearch"\n'


def write(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_files_keep_the_index_unless_told_otherwise(tmp_path: Path) -> None:
    assert choose_index(load_settings(write(tmp_path, "")), tmp_path) is None


def test_an_engine_needs_a_host(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"index\.hosts"):
        choose_index(load_settings(write(tmp_path, ENGINE)), tmp_path)


def test_the_same_folders_have_the_same_index_and_others_another(tmp_path: Path) -> None:
    file = write(tmp_path, f'{ENGINE}hosts = ["http://127.0.0.1:9"]\nname = "wires"')
    named = [
        str(choose_index(load_settings(file, folders=[Path(folder)]), tmp_path))
        for folder in ("/srv/one", "/srv/one/../one", "/srv/two")
    ]
    assert named[0] == named[1] != named[2]
    assert named[0].startswith("http://127.0.0.1:9: wires-") or ": wires-" in named[0]


@pytest.mark.parametrize("host", ["search.example:9200", "https://u:p@search.example", "ftp://x"])
def test_a_host_is_an_address_without_a_user(tmp_path: Path, host: str) -> None:
    with pytest.raises(SettingsError, match=r"index\.hosts.*no user in it"):
        load_settings(write(tmp_path, f'{ENGINE}hosts = ["{host}"]'))


def test_who_asks_is_told_by_the_environment_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIPPINGS_ENGINE_USER", "reader")
    monkeypatch.setenv("CLIPPINGS_ENGINE_PASSWORD", "hidden-word")
    settings = load_settings(write(tmp_path, f'{ENGINE}hosts = ["http://127.0.0.1:9"]'))
    index = choose_index(settings, tmp_path)
    assert "hidden-word" not in f"{settings!r} {index!r} {index}"
    with pytest.raises(SettingsError, match="CLIPPINGS_ENGINE_PASSWORD in the environment"):
        load_settings(write(tmp_path, 'engine_password = "hidden-word"'))
