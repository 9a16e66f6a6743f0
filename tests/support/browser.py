"""A headless Chromium, driven by its own DevTools protocol: open, look, click, photograph."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import signal
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--remote-debugging-port=0",
)
ENTER = {"code": "Enter", "windowsVirtualKeyCode": 13}
_UNTIL = """new Promise(resolve => {
  const look = () => { const found = (%s); found ? resolve(found) : setTimeout(look, 20) }
  look()
})"""


class BrowserError(Exception):
    """The browser said no, or a page did not come to what was waited for."""


@dataclass(slots=True)
class Page:
    """One tab of the browser."""

    _link: _Link
    _session: str

    async def evaluate(self, script: str) -> Any:  # noqa: ANN401  # whatever the script gives
        """Run JavaScript in the page, awaiting a promise, and give its value."""
        answer = await self._call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise BrowserError(f"{script}: {answer['exceptionDetails']['exception']}")
        return answer["result"].get("value")

    async def until(self, script: str, seconds: float = 15) -> Any:  # noqa: ANN401  # as above
        """Wait until a JavaScript expression in the page gives something that is true."""
        try:
            return await asyncio.wait_for(self.evaluate(_UNTIL % script), seconds)
        except TimeoutError:
            text = await self.evaluate("document.body.innerText")
            raise BrowserError(f"not in {seconds} s: {script}\n{text}") from None

    async def type(self, text: str) -> None:
        """Write at the cursor, as from a keyboard; a line's end presses Enter."""
        for line in text.splitlines(keepends=True):
            await self._call("Input.insertText", text=line.rstrip("\n"))
            if line.endswith("\n"):
                await self._call("Input.dispatchKeyEvent", type="keyDown", key="Enter", **ENTER)

    async def resize(self, width: int, height: int, *, scale: float = 1) -> None:
        """Give the page a size in CSS pixels; `scale` is how many of the screen's make one."""
        await self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=scale, mobile=False,
        )  # fmt: skip

    async def photograph(self, clip: dict[str, float] | None = None) -> bytes:
        """Give what the page shows, or the rectangle x, y, width, height of it, as a PNG."""
        area = {"clip": {**clip, "scale": 1}} if clip else {}
        answer = await self._call("Page.captureScreenshot", format="png", **area)
        return base64.b64decode(answer["data"])

    async def _call(self, method: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
        return await self._link.call(method, self._session, **parameters)


@dataclass(slots=True)
class _Link:
    """The DevTools connection: calls by number, each answered once."""

    socket: aiohttp.ClientWebSocketResponse
    numbers: count[int] = field(default_factory=lambda: count(1))
    waiting: dict[int, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)

    async def call(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
        number = next(self.numbers)
        self.waiting[number] = answered = asyncio.get_running_loop().create_future()
        call = {"id": number, "method": method, "params": parameters}
        await self.socket.send_json(call | ({"sessionId": session} if session else {}))
        answer = await answered
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    async def read(self) -> None:
        async for frame in self.socket:
            message = json.loads(frame.data)
            if waiting := self.waiting.pop(message.get("id"), None):
                waiting.set_result(message)


@dataclass(slots=True)
class Browser:
    """The running browser."""

    _link: _Link

    async def open(self, url: str, *, width: int = 1200, height: int = 900) -> Page:
        """Open an address in a tab of its own."""
        target = await self._link.call("Target.createTarget", url="about:blank")
        attached = await self._link.call(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )
        page = Page(self._link, attached["sessionId"])
        await page.resize(width, height)
        await self._link.call("Page.navigate", attached["sessionId"], url=url)
        await page.until("document.readyState === 'complete'")
        return page


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Start Chromium with a profile of its own; both are gone when this ends."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            CHROMIUM, *_FLAGS, f"--user-data-dir={profile}",
            stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            async with _connect(await _read_address(process)) as link:
                yield Browser(link)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            await process.communicate()


@asynccontextmanager
async def _connect(address: str) -> AsyncIterator[_Link]:
    async with (
        aiohttp.ClientSession() as client,
        client.ws_connect(address, max_msg_size=0) as socket,
    ):
        link = _Link(socket)
        reading = asyncio.create_task(link.read())
        try:
            yield link
        finally:
            reading.cancel()


async def _read_address(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    async for line in process.stderr:
        if b"DevTools listening on " in line:
            return line.decode().split(" on ", 1)[1].strip()
    raise BrowserError("Chromium ended before it listened")
