"""A web server on loopback that publishes feeds, and misbehaves in every way a test wants."""

from __future__ import annotations

import asyncio
import gzip
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HOST = "127.0.0.2"  # loopback, but not the address that redirects try to reach
NETWORK = f"{HOST}/32"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One entry as a feed gives it; "" leaves an element out."""

    title: str
    text: str = ""
    guid: str = ""
    link: str = ""
    date: str = ""


@dataclass(slots=True)
class FeedServer:
    """Answers by path; `asked` keeps the headers of every request to each path, in order."""

    base: str = ""
    handlers: dict[str, Handler] = field(default_factory=dict)
    asked: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def address(self, path: str) -> str:
        """The whole address of a path."""
        return f"{self.base}{path}"

    def give(self, path: str, body: str | bytes = b"", *, status: int = 200, **headers: str) -> str:
        """Answer a path with this from now on; `_` in a header's name stands for `-`."""
        raw = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(status=status, body=raw, headers=named)

        self.handlers[path] = answer
        return self.address(path)

    def give_feed(self, path: str, *entries: Published, **headers: str) -> str:
        """Answer a path with these entries in RSS 2.0."""
        named = {"Content_Type": "application/rss+xml"} | headers
        return self.give(path, render_rss(entries), status=200, **named)

    def redirect(self, path: str, target: str, status: int = 301) -> str:
        """Lead from a path on to an address."""
        return self.give(path, status=status, Location=target)

    def give_validated(self, path: str, body: str, etag: str) -> str:
        """Answer with an ETag, and "not modified" to whoever knows it."""

        async def answer(request: web.Request) -> web.StreamResponse:
            if request.headers.get("If-None-Match") == etag:
                return web.Response(status=304, headers={"ETag": etag})
            return web.Response(body=body.encode(), headers={"ETag": etag})

        self.handlers[path] = answer
        return self.address(path)

    def drip(self, path: str) -> str:
        """Answer a byte at a time, without end."""

        async def answer(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse()
            await response.prepare(request)
            while True:
                await response.write(b"<")
                await asyncio.sleep(0.01)

        self.handlers[path] = answer
        return self.address(path)

    def pour(self, path: str, size: int = 2_000_000_000, *, announced: bool = False) -> str:
        """Answer with so many bytes, their number announced or not."""

        async def answer(request: web.Request) -> web.StreamResponse:
            headers = {"Content-Length": str(size)} if announced else {}
            response = web.StreamResponse(headers=headers)
            await response.prepare(request)
            for _ in range(size // 100_000):
                await response.write(b" " * 100_000)
            return response

        self.handlers[path] = answer
        return self.address(path)

    def bomb(self, path: str) -> str:
        """Answer with 100 MB of blanks in 100 kB of gzip."""
        return self.give(path, gzip.compress(b" " * 100_000_000), Content_Encoding="gzip")

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request as its path was told to."""
        self.asked[request.path].append(dict(request.headers))
        handler = self.handlers.get(request.path)
        return await handler(request) if handler else web.Response(status=404)


@asynccontextmanager
async def serve_feeds() -> AsyncIterator[FeedServer]:
    """Serve on a free port of a loopback address until the block ends."""
    server = FeedServer()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, HOST, 0)
    await site.start()
    port = runner.addresses[0][1]
    server.base = f"http://{HOST}:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()


def render_rss(entries: Iterable[Published], title: str = "Harbour Wire", **channel: str) -> str:
    """Entries as RSS 2.0."""
    extra = "".join(f"<{name}>{value}</{name}>" for name, value in channel.items())
    items = "".join(map(_render_entry, entries))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title>{extra}{items}</channel></rss>"
    )


def _render_entry(entry: Published) -> str:
    elements = {
        "title": entry.title,
        "description": entry.text,
        "guid": entry.guid,
        "link": entry.link,
        "pubDate": entry.date,
    }
    inner = "".join(
        f"<{name}>{escape(value)}</{name}>" for name, value in elements.items() if value
    )
    return f"<item>{inner}</item>"
