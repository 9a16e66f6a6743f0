"""A Discord on this machine for the load runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.wire.newsroom import open_newsroom

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.wire.newsroom import Newsroom


@pytest.fixture
async def newsroom(tmp_path: Path) -> AsyncIterator[Newsroom]:
    """Give a newsroom with a folder of its own for the bot."""
    async with open_newsroom(tmp_path) as opened:
        yield opened


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Give a way to say what was measured, also when the test passes."""

    def say(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return say
