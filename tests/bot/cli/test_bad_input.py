"""Whatever a person gives: one clear line or an abstention, the exit code of the contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.bot.cli.conftest import NEWS, assert_one_line
from tests.support.rights import as_nobody

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.conftest import Command


@pytest.fixture
def own_news(tmp_path: Path) -> Path:
    """A folder of news to spoil."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "ferry.md").write_text(NEWS["ferry.md"], encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "question",
    [
        "渡轮的票价是多少",
        "🦀🦀🦀",
        "?",
        "the of and",
        "*" * 4000,
        "ferry " * 700,
        "-- --json",
        "\x1b[2J",
    ],
    ids=[
        "Chinese",
        "emoji",
        "a sign",
        "stop words",
        "stars",
        "4,200 characters",
        "dashes",
        "escape",
    ],
)
def test_any_question_is_answered_or_not_but_never_fails(clippings: Command, question: str) -> None:
    outcome = clippings.on_news("ask", "--json", "--", question.strip())
    assert outcome.code == 0, outcome.err
    assert question.strip().startswith(outcome.document["question"])
    shown = clippings.on_news("ask", "--", question)
    assert shown.code == 0
    assert "\x1b" not in shown.out


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_an_empty_question_is_a_usage_error(clippings: Command, question: str) -> None:
    assert_one_line(clippings.on_news("ask", question), 2, "the question is empty")
    assert_one_line(clippings.on_news("ask", question, "--json"), 2, "the question is empty")


def test_no_question_at_all_says_what_to_give(clippings: Command) -> None:
    assert_one_line(clippings.on_news("ask"), 2, "give a question, or --batch")


@pytest.mark.parametrize("option", ["--as-of", "--since", "--until"])
@pytest.mark.parametrize("day", ["2024-13-01", "2024-02-30", "soon", "", "1" * 500])
def test_a_wrong_day_names_the_option(clippings: Command, option: str, day: str) -> None:
    assert_one_line(clippings.on_news("ask", "x", option, day), 2, option)


def test_days_the_wrong_way_round_are_told_so(clippings: Command) -> None:
    days = ("--since", "2024-05-09", "--until", "2024-05-01")
    assert_one_line(clippings.on_news("search", "x", *days), 2, "2024-05-09 comes after --until")


def test_an_unknown_command_or_value_names_the_near_one(clippings: Command) -> None:
    assert_one_line(clippings("serch", "x"), 2, "'serch'", "'search'")
    assert_one_line(clippings.on_news("ask", "x", "--sinc", "2024"), 2, "--sinc", "--since")
    assert_one_line(clippings.on_news("search", "x", "--sort", "best"), 2, "'newest'")


def test_a_folder_that_is_not_there(clippings: Command) -> None:
    assert_one_line(clippings("ask", "x", "--coverage", "nowhere"), 2, "nowhere: no such folder")


def test_an_empty_folder_is_coverage_without_articles(clippings: Command, tmp_path: Path) -> None:
    outcome = clippings("index", "--coverage", str(tmp_path), "--json")
    assert outcome.code == 0
    assert outcome.document["files_read"] == outcome.document["articles"] == 0
    asked = clippings("ask", "Anything?", "--coverage", str(tmp_path), "--json")
    assert asked.code == 0
    assert asked.document["answered"] is False


def test_front_matter_that_does_not_parse_loses_no_other_file(
    clippings: Command, own_news: Path
) -> None:
    (own_news / "bad.md").write_text("---\ntitle: [unclosed\n: : :\n---\n", encoding="utf-8")
    document = clippings("index", "--coverage", str(own_news), "--json").document
    assert document["files_read"] == 2
    assert document["articles"] >= 1
    assert any("bad.md" in line for line in [*document["warnings"], *map(str, document["rejects"])])


def test_a_file_without_the_right_to_read_it_is_rejected(
    clippings: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_nobody() as own:
        monkeypatch.setenv("HOME", str(own))
        monkeypatch.chdir(own)
        news = own / "news"
        news.mkdir()
        for name, text in NEWS.items():
            (news / name).write_text(text, encoding="utf-8")
        (news / "garden.md").chmod(0)
        document = clippings("index", "--coverage", str(news), "--json").document
    assert document["files_rejected"] == 1
    assert "garden.md" in document["rejects"][0]["path"]


def test_a_dangling_link_and_bytes_that_are_no_text_are_rejected_by_name(
    clippings: Command, own_news: Path
) -> None:
    (own_news / "gone.md").symlink_to(own_news / "nowhere.md")
    (own_news / "noise.txt").write_bytes(bytes(range(256)) * 64)
    outcome = clippings("index", "--coverage", str(own_news), "--json")
    document = outcome.document
    assert document["articles"] >= 1
    assert document["files_read"] == document["files_rejected"] + 1 + _told_of(
        document, "noise.txt"
    )


def _told_of(document: dict[str, object], name: str) -> int:
    """Whether a file was read after all, with or without a warning."""
    rejects = json.dumps(document["rejects"])
    return 0 if name in rejects else 1


def test_a_file_of_50_megabytes_does_not_stop_the_rest(clippings: Command, own_news: Path) -> None:
    with (own_news / "huge.txt").open("wb") as huge:
        huge.truncate(50_000_000)
    outcome = clippings("index", "--coverage", str(own_news), "--json")
    assert outcome.code == 0
    assert outcome.document["files_read"] == 2
    assert outcome.document["articles"] >= 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[coverge]\nx=1", "did you mean coverage?"),
        ("[limits]\nper_person='x'", "a whole number is expected"),
        ("[", "is not TOML"),
    ],
)
def test_a_wrong_settings_file_is_one_line(
    clippings: Command, tmp_path: Path, text: str, told: str
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    for command in (("ask", "x"), ("check",), ("run",), ("index", "--json")):
        assert_one_line(clippings(*command, "--config", str(file)), 2, "own.toml", told)


def test_a_settings_file_that_is_not_there(clippings: Command) -> None:
    assert_one_line(clippings("ask", "x", "--config", "my.toml"), 2, "my.toml", "no such settings")


def test_a_cache_that_cannot_be_written(clippings: Command, tmp_path: Path, news: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(f'[coverage]\nfolders = ["{news}"]\ncache = "/proc/no"', encoding="utf-8")
    line = "coverage.cache: /proc/no cannot be written; name another folder"
    assert_one_line(clippings("ask", "x", "--config", str(file)), 2, line)


def test_running_without_a_token_says_where_it_belongs(clippings: Command) -> None:
    assert_one_line(clippings.on_news("run"), 2, "DISCORD_TOKEN is not set", "clippings check")


@pytest.mark.parametrize("command", ["eval", "bench"])
def test_what_cannot_be_measured_is_one_line(clippings: Command, command: str) -> None:
    wrong = ("nowhere",) if command == "eval" else ("--passages", "0")
    outcome = clippings(command, *wrong)
    assert outcome.code in (1, 2)
    assert_one_line(outcome, outcome.code)
