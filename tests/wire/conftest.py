"""A Discord on this machine for every test on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wire.newsroom import open_newsroom

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.wire.newsroom import Newsroom


@pytest.fixture
async def newsroom(tmp_path: Path) -> AsyncIterator[Newsroom]:
    """Give a newsroom with a folder of its own for the bot."""
    async with open_newsroom(tmp_path) as opened:
        yield opened
