"""The command as a person starts it, over a small folder of news."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main

PROJECT = Path(__file__).parents[3]
DAY = "2024-05-20"

NEWS = {
    "ferry.md": (
        "---\n"
        "title: Ferry to Vell runs on two batteries\n"
        "url: https://courier.example/ferry\n"
        "provider: {name: Aldan Courier, domain: courier.example}\n"
        "publishedDateTime: 2024-05-04T09:00:00Z\n"
        "---\n"
        "The electric ferry Northwater sails to Vell since Saturday. "
        "It carries two batteries of 900 kilowatt hours each. "
        "A crossing costs two crowns.\n"
    ),
    "garden.md": (
        "---\n"
        "title: Hill School wins the island prize\n"
        "url: https://lighthouse.example/garden\n"
        "provider: {name: The Lighthouse, domain: lighthouse.example}\n"
        "publishedDateTime: 2024-05-12T12:00:00Z\n"
        "---\n"
        "The garden of the Hill School won the island prize on Sunday. "
        "Its pupils grow forty kinds of beans.\n"
    ),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on standard output."""
        (line,) = self.out.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


@dataclass(frozen=True, slots=True)
class Command:
    """Runs the command with a home of its own, in an empty working folder."""

    home: Path
    news: Path
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def __call__(self, *arguments: str, stdin: str = "") -> Outcome:
        """Run the command in this process."""
        self.patch.setattr("sys.stdin", StringIO(stdin))
        with pytest.raises(SystemExit) as left:
            main(arguments)
        written = self.capture.readouterr()
        assert isinstance(left.value.code, int)
        return Outcome(left.value.code, written.out, written.err)

    def on_news(self, *arguments: str, stdin: str = "") -> Outcome:
        """Run it over the folder of news."""
        return self("--coverage", str(self.news), *arguments, stdin=stdin)

    def apart(self, *arguments: str, **environment: str) -> Outcome:
        """Run `python -m bot` over the folder of news in a process of its own."""
        done = subprocess.run(
            self.line(*arguments),
            capture_output=True,
            cwd=self.home,
            env=self.surroundings(**environment),
            timeout=60,
            check=False,
            text=True,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def line(self, *arguments: str) -> list[str]:
        """The command line of such a process."""
        return [sys.executable, "-m", "bot", *arguments, "--coverage", str(self.news)]

    def surroundings(self, **environment: str) -> dict[str, str]:
        """A bare environment: nothing of the one that the tests run in."""
        return {
            "PATH": os.defpath,
            "HOME": str(self.home),
            "PYTHONPATH": str(PROJECT),
            **environment,
        }


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home that all runs of the command share, and so one index."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    for name, text in NEWS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def clippings(
    home: Path, news: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    """The command, in an environment that says nothing to it."""
    for name in [name for name in os.environ if name.upper().startswith("CLIPPINGS_")]:
        monkeypatch.delenv(name)
    for name in ("DISCORD_TOKEN", "XDG_CACHE_HOME", "XDG_DATA_HOME", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home)
    return Command(home, news, capsys, monkeypatch)


def assert_one_line(outcome: Outcome, code: int, *told: str) -> None:
    """It ended with that code and one line that says so, and nothing on standard output."""
    assert "Traceback" not in outcome.err
    assert (outcome.code, outcome.out) == (code, ""), outcome.err
    (line,) = outcome.err.splitlines()
    assert line.startswith("clippings: ")
    for words in told:
        assert words in line
