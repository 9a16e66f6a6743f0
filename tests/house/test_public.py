"""What others may rely on: the public names, the commands and the settings, each documented."""

from __future__ import annotations

import re

import pytest
import typer.main

import retrieval
from bot.cli.app import app
from bot.settings import SECRETS, list_keys
from tests.house.source import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # a group
SHARED = {"--config", "--coverage", "--json", "--help"}


PUBLIC = [
    "LONGEST_QUESTION",
    "Answer",
    "AnswerNote",
    "Article",
    "ArticleError",
    "Changes",
    "Chapter",
    "Comparison",
    "Conflict",
    "Context",
    "CopyGroup",
    "Coverage",
    "CoverageError",
    "EngineAddress",
    "EngineIndex",
    "EvaluationError",
    "Filters",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexLocked",
    "IndexOutdated",
    "IndexReport",
    "Lead",
    "Passage",
    "Quote",
    "Ranking",
    "ReadingOptions",
    "Reject",
    "RetrievalError",
    "Site",
    "Snapshot",
    "Sort",
    "Source",
    "Span",
    "Status",
    "StorageError",
    "Story",
    "StoryChoice",
    "StorySummary",
    "Timeline",
    "TimelineEntry",
    "Window",
    "WindowError",
    "analyse",
    "analyse_with_offsets",
    "build_feed_id",
    "build_url_key",
    "clean_line",
    "clean_url",
    "decode_bytes",
    "find_entities",
    "find_registered",
    "html_to_text",
    "identify_language",
    "identify_question",
    "match_outlet",
    "parse_context",
    "parse_day",
    "parse_moment",
    "parse_page_text",
    "parse_question",
    "render_context",
    "split_paragraphs",
    "split_sentences",
    "summarise_story",
]


def test_the_public_names_of_retrieval() -> None:
    assert list(retrieval.__all__) == PUBLIC
    assert all(hasattr(retrieval, name) for name in retrieval.__all__)


def test_the_readme_documents_every_command() -> None:
    undocumented = {
        command
        for command in COMMANDS
        if not re.search(rf"(clippings|python -m bot|`) ?{command}\b", README)
    }
    assert undocumented == set()


def test_every_variable_that_is_named_somewhere_is_a_setting() -> None:
    known = {f"CLIPPINGS_{key.replace('.', '__')}".upper() for key in list_keys()}
    pages = ("README.md", "CONTRIBUTING.md", "Dockerfile", "Makefile", "config.example.toml")
    text = "".join((PROJECT / page).read_text(encoding="utf-8") for page in pages)
    assert set(re.findall(r"CLIPPINGS_[A-Z_]+", text)) <= known | set(SECRETS)


@pytest.mark.parametrize("section", sorted({key.split(".")[0] for key in list_keys()}))
def test_the_example_has_the_section(section: str) -> None:
    example = (PROJECT / "config.example.toml").read_text(encoding="utf-8")
    assert f"\n[{section}]\n" in example


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_has_a_line_of_help(command: str) -> None:
    found = typer.main.get_command(app).commands[command]  # type: ignore[attr-defined]  # a group
    assert found.help
    assert [option.name for option in found.params if not getattr(option, "help", None)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_a_settings_file_and_coverage(command: str) -> None:
    found = typer.main.get_command(app).commands[command]  # type: ignore[attr-defined]  # a group
    options = {name for option in found.params for name in option.opts}
    wanted = SHARED - {"--help"} - ({"--json"} if command in {"run", "preview"} else set())
    assert wanted <= options
