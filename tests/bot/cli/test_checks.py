"""`check`: what would keep the bot from starting, told before it starts."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bot.cli.checks import (
    Finding,
    check_coverage,
    check_everything,
    check_intents,
    check_store,
    check_token,
    parse_application_id,
)
from bot.compose import index_coverage, open_store
from bot.settings import CoverageSettings, DiscordSettings, Section, Settings, StoreSettings

if TYPE_CHECKING:
    from pathlib import Path

APPLICATION = 112233445566778899
TOKEN = base64.urlsafe_b64encode(str(APPLICATION).encode()).decode().rstrip("=") + ".G7.rest-of_it"


def make_settings(tmp_path: Path, token: str | None = TOKEN, **sections: Section) -> Settings:
    coverage = CoverageSettings(folders=(tmp_path / "news",), cache=tmp_path / "cache")
    given = {"coverage": coverage, "store": StoreSettings(path=tmp_path / "store.sqlite3")}
    secret = SecretStr(token) if token is not None else None
    return Settings().model_copy(update={**given, "token": secret, **sections})


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "ferry.txt").write_text("The ferry\n\nIt is late today.\n", encoding="utf-8")
    return folder


def only(findings: tuple[Finding, ...], subject: str) -> Finding:
    (finding,) = (finding for finding in findings if finding.subject == subject)
    return finding


@pytest.mark.usefixtures("news")
def test_with_coverage_and_a_token_nothing_is_in_the_way(tmp_path: Path) -> None:
    findings = check_everything(make_settings(tmp_path))
    assert {finding.verdict for finding in findings} == {"ok"}
    assert ": 1 article" in only(findings, "Coverage").text


@pytest.mark.usefixtures("news")
def test_looking_writes_nothing(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    check_everything(settings)
    assert {left.name for left in tmp_path.iterdir()} == {"news"}
    assert "none yet" in only(check_everything(settings), "Index").text


@pytest.mark.usefixtures("news")
def test_an_index_and_a_store_that_stand_are_looked_at_as_they_are(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    index_coverage(settings)
    open_store(settings).close()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    findings = check_everything(settings)
    assert {finding.verdict for finding in findings} == {"ok"}
    assert "checked and whole" in only(findings, "Index").text
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.usefixtures("news")
def test_a_token_shows_in_no_finding(tmp_path: Path) -> None:
    for token in (TOKEN, "not.a-token", "x" * 32):
        findings = check_everything(make_settings(tmp_path, token))
        assert not any(token in finding.text for finding in findings)


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    (finding,) = check_coverage(make_settings(tmp_path))
    assert finding.verdict == "problem"
    assert "no such folder" in finding.text


def test_an_empty_folder_is_worth_a_note(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    found = {finding.subject: finding for finding in check_coverage(make_settings(tmp_path))}
    assert found["Index"].verdict == "ok"
    assert any(
        "no article yet" in finding.text for finding in check_coverage(make_settings(tmp_path))
    )


def test_rejected_files_are_counted(tmp_path: Path, news: Path) -> None:
    (news / "empty.txt").write_bytes(b"")
    texts = [finding.text for finding in check_coverage(make_settings(tmp_path))]
    assert any(text.startswith("1 file rejected") for text in texts)


def test_a_store_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    store = StoreSettings(path=tmp_path / "file" / "store.sqlite3")
    finding = check_store(make_settings(tmp_path, store=store))
    assert finding.verdict == "problem"
    assert "store.path" in finding.text


def test_the_application_id_stands_in_the_token(tmp_path: Path) -> None:
    assert parse_application_id(TOKEN) == APPLICATION
    assert str(APPLICATION) in check_token(make_settings(tmp_path)).text


@pytest.mark.parametrize(
    ("token", "told"),
    [
        (None, "is not set"),
        (f"Bot {TOKEN}", "holds spaces"),
        (f'"{TOKEN}"', "holds spaces, quotes"),
        (f"{TOKEN}\n", "holds spaces"),
        (str(APPLICATION), "is an application id"),
        ("ab" * 32, "is a public key"),
        ("a-B_" * 8, "is a client secret"),
        ("hello", "does not have the shape"),
        ("a.b.c", "does not have the shape"),
        ("é.b.c", "does not have the shape"),
        ("..", "does not have the shape"),
    ],
)
def test_what_is_no_token_is_named_for_what_it_is(
    tmp_path: Path, token: str | None, told: str
) -> None:
    finding = check_token(make_settings(tmp_path, token))
    assert finding.verdict == "problem"
    assert told in finding.text
    assert "discord.com/developers" in finding.text


def test_the_one_privileged_intent_is_named_where_it_is_needed(tmp_path: Path) -> None:
    wanted = DiscordSettings(answer_posts=True)
    assert check_intents(make_settings(tmp_path)).verdict == "ok"
    assert "message-content" in check_intents(make_settings(tmp_path, discord=wanted)).text
