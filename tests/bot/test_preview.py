"""`python -m bot preview`: the page opens without a token, can be clicked through, and is left."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.support.browser import CHROMIUM, open_browser

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

LAID_OUT = "document.querySelector('#action-status').innerText === 'Viewport updated'"
THUMB = "[...document.querySelectorAll('article button')].find(b => b.innerText.includes('👍'))"
WITHOUT_SIMCORD = (
    "import sys; sys.modules['simcord'] = None; from bot.cli import main; main(['preview'])"
)


class Preview:
    """The running command, and the address that it named."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self.process = process
        self.url = url

    async def interrupt(self) -> tuple[int, str]:
        """Press Ctrl-C; give the exit code and what was said after."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.stderr is not None
        async with asyncio.timeout(20):
            said = await self.process.stderr.read()
            return await self.process.wait(), said.decode()


@asynccontextmanager
async def run_preview(home: Path) -> AsyncIterator[Preview]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "preview",
        env={"PATH": os.defpath, "HOME": str(home)},
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        async with asyncio.timeout(60):
            while b"http://" not in (line := await process.stderr.readline()):
                assert line, "the preview ended without an address"
        yield Preview(process, line.decode().split()[-1])
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium at hand")
async def test_a_newcomer_clicks_through(tmp_path: Path) -> None:
    async with run_preview(tmp_path) as preview, open_browser() as browser:
        page = await browser.open(preview.url)
        await page.until(LAID_OUT)
        assert "Coverage: " in await page.evaluate("document.body.innerText")
        await page.evaluate(f"{THUMB}.click()")
        await page.until("document.body.innerText.includes('Only you can see this')")
        code, said = await preview.interrupt()
    assert code == 0
    assert said.splitlines()[-1] == "The preview has ended."
    assert "Traceback" not in said


async def test_without_simcord_it_says_what_to_install(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WITHOUT_SIMCORD,
        env={"PATH": os.defpath, "HOME": str(tmp_path)},
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await process.communicate()
    assert process.returncode == 1
    assert len(said.splitlines()) == 1
    assert "pip install 'clippings[preview]'" in said.decode()
