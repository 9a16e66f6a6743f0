"""`python -m bot run` as a process of its own, unmodified, led to a server on this machine."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tests.wire.server import TOKEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    class Door(Protocol):
        """Where a gateway is."""

        url: str

    class Served(Protocol):
        """A Discord on loopback."""

        api: str

        @property
        def gateway(self) -> Door:
            """Its gateway."""


LOOPBACK = Path(__file__).parent / "loopback"
PROJECT = Path(__file__).parents[2]
UNHURRIED = {
    "CLIPPINGS_LIMITS__PER_PERSON": "1000000",
    "CLIPPINGS_LIMITS__PER_SERVER": "1000000",
}


class BotProcess:
    """A running bot; `log` holds the lines that it wrote to either stream."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.log: list[str] = []
        self._process = process
        self._changed = asyncio.Condition()
        self._reading = asyncio.create_task(self._read_log())

    async def stop(self, seconds: float = 15) -> int:
        """Ask it to leave with SIGTERM and give its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return await self.left(seconds)

    async def left(self, seconds: float = 15) -> int:
        """Wait for it to leave of itself, and all that it started, and give its exit code.

        A process whose parent has gone tells nobody of its end, so it is looked for again.
        """
        async with asyncio.timeout(seconds):
            code = await self._process.wait()
            await self._reading
            while await self._has_orphans():
                pass
        return code

    async def kill(self) -> None:
        """End it at once with all that it started, as a machine that loses power does."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()
        await self._reading

    @property
    def number(self) -> int:
        """By which the system knows it."""
        return self._process.pid

    async def says(self, words: str, seconds: float = 15) -> str:
        """Wait for a line of the log with these words."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: self._find(words) or self._reading.done())
        return self._find(words)

    def _find(self, words: str) -> str:
        return next((line for line in self.log if words in line), "")

    async def _has_orphans(self) -> bool:
        """Whether a process of the bot's group lives on; one that waits to be reaped has ended."""
        ps = await asyncio.create_subprocess_exec(
            "ps", "-A", "-o", "pgid=,stat=", stdout=asyncio.subprocess.PIPE
        )
        listed, _ = await ps.communicate()
        states = [line.split() for line in listed.decode().splitlines()]
        return any(g == str(self._process.pid) and not s.startswith("Z") for g, s in states)

    async def _read_log(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.log.append(line.decode().rstrip())
            async with self._changed:
                self._changed.notify_all()


def assert_tidy(bot: BotProcess) -> None:
    """Nothing in the log that a person should not have to read, and the token nowhere."""
    log = "\n".join(bot.log)
    assert "Traceback" not in log
    assert TOKEN not in log
    assert TOKEN.rsplit(".", 1)[1] not in log


@asynccontextmanager
async def run_bot(
    server: Served,
    folder: Path,
    *arguments: str,
    token: str = TOKEN,
    environment: dict[str, str] | None = None,
) -> AsyncIterator[BotProcess]:
    """Start the bot with its index, store and home in the folder; it is gone when this ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", *arguments,
        cwd=PROJECT,
        env=_surroundings(server, folder, token) | (environment or {}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )  # fmt: skip
    bot = BotProcess(process)
    try:
        yield bot
    except BaseException as error:
        error.add_note("\n".join(["the bot said:", *bot.log[-20:]]))
        raise
    finally:
        await bot.kill()


def _surroundings(server: Served, folder: Path, token: str) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "PYTHONPATH": str(LOOPBACK),
        "PYTHONWARNINGS": "ignore",
        "WIRE_API": server.api,
        "WIRE_GATEWAY": server.gateway.url,
        "DISCORD_TOKEN": token,
    }
