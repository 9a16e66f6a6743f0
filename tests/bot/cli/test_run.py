"""`run` where Discord cannot be reached: it says so, tries again, and leaves when told."""

from __future__ import annotations

import signal
import socket
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.bot.cli.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.cli.conftest import Command

TOKEN = "MTEyMjMzNDQ1NTY2Nzc4ODk5.shape.only"  # noqa: S105  # of no application


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of this machine that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_an_unreachable_discord_is_tried_again_until_told(
    clippings: Command, closed_port: int, told: signal.Signals
) -> None:
    loopback = PROJECT / "tests" / "wire" / "loopback"
    bot = subprocess.Popen(
        clippings.line("run"),
        env=clippings.surroundings(
            PYTHONPATH=f"{loopback}:{PROJECT}",
            WIRE_API=f"http://127.0.0.1:{closed_port}",
            WIRE_GATEWAY=f"ws://127.0.0.1:{closed_port}",
            DISCORD_TOKEN=TOKEN,
        ),
        cwd=clippings.home,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert bot.stderr is not None
    lines: list[str] = []
    while not any("trying again in 2 s" in line for line in lines):
        lines.append(bot.stderr.readline())
        assert bot.poll() is None, lines
    bot.send_signal(told)
    lines += bot.communicate(timeout=20)[1].splitlines()
    assert bot.returncode == 0
    assert any("Discord cannot be reached" in line for line in lines)
    said = "\n".join(lines)
    assert "Traceback" not in said
    assert TOKEN not in said
    assert "Unclosed" not in said
