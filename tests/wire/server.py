"""A Discord on this machine: real HTTP and WebSocket outside, SimCord's world inside."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from aiohttp import web

from tests.support.requests import assert_requests_pass
from tests.wire.gateway import Gateway
from tests.wire.rest import PREFIX, Rest
from tests.wire.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    import simcord
    from simcord.backend.models import Interaction

TOKEN = "MTExMTExMTExMTExMTExMTEx.Gclipp.a-token-that-opens-nothing-but-this-test"  # noqa: S105  # ours
UNKNOWN_INTERACTION = 10062
T = TypeVar("T")


class DiscordServer:
    """The world's two doors, `rest` and `gateway`, and a watch on how soon the bot answers.

    `delays` holds, for each interaction that was acknowledged, the seconds from its event to its
    callback.
    """

    def __init__(self) -> None:
        self.world = World()
        self._changed = asyncio.Event()
        self._greeted = 0
        self.rest = Rest(self.world.backend, TOKEN)
        self.gateway = Gateway(self.world.backend, TOKEN, self._changed.set)
        self.api = ""
        self.delays: dict[int, float] = {}
        self._asked: dict[int, float] = {}
        self.world.backend.subscribers.append(self._note_interaction)

    async def until(self, condition: Callable[[], T | None], seconds: float = 15) -> T:
        """Wait until the condition gives something, looking again after whatever the bot does."""
        try:
            async with asyncio.timeout(seconds):
                while not (found := condition()):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"nothing came in {seconds} s\n{self.describe()}") from None
        return found

    async def connected(self, seconds: float = 20) -> None:
        """Wait for the bot to identify itself or resume, once more than was waited for before."""
        await self.until(lambda: self.gateway.connections > self._greeted, seconds)
        self._greeted = self.gateway.connections

    async def said(
        self, channel: simcord.ChannelHandle, *, after: simcord.ResponseMessage | None = None
    ) -> simcord.ResponseMessage:
        """Wait for the bot's next message in a channel."""
        last = after.id if after else 0
        return await self.until(
            lambda: next((m for m in self.world.messages_in(channel) if m.id > last), None)
        )

    async def answered(
        self, shown: simcord.InteractionResult, seconds: float = 15
    ) -> simcord.ResponseMessage:
        """Wait for the message that the bot answers an interaction with, thinking over."""
        return await self.until(lambda: None if _is_pending(shown) else shown.response, seconds)

    async def suggested(self, typing: Interaction) -> list[dict[str, Any]]:
        """Wait for what the bot offers while an option is typed."""
        return await self.until(lambda: typing.autocomplete_choices)

    def describe(self) -> str:
        """The last requests and events, for a test that failed."""
        return "\n".join(self.world.transcript().splitlines()[-30:])

    def check(self) -> None:
        """Fail where the bot sent what Discord would refuse, or what SimCord cannot answer."""
        assert not self.rest.gaps, "\n".join(self.rest.gaps)
        assert_requests_pass(self.world.http_requests)

    async def handle_rest(self, request: web.Request) -> web.StreamResponse:
        """Answer a request and let whoever waits look again."""
        answer = await self.rest.handle(request)
        if request.path.endswith("/callback"):
            number = int(request.path.split("/")[-3])
            self.delays[number] = asyncio.get_running_loop().time() - self._asked[number]
        self._changed.set()
        return answer

    async def handle_gateway(self, request: web.Request) -> web.StreamResponse:
        """Serve a connection; its coming and going is something to look at too."""
        self._changed.set()
        try:
            return await self.gateway.handle(request)
        finally:
            self._changed.set()

    def _note_interaction(self, event: str, payload: Mapping[str, Any]) -> None:
        if event == "INTERACTION_CREATE":
            self._asked[int(payload["id"])] = asyncio.get_running_loop().time()


def _is_pending(shown: simcord.InteractionResult) -> bool:
    if not shown.acknowledged:
        return True
    response = shown.response
    return response is None or response.flags.loading


@asynccontextmanager
async def serve_discord() -> AsyncIterator[DiscordServer]:
    """Open both doors on a free port of the loopback interface, and close them after."""
    server = DiscordServer()
    app = web.Application(client_max_size=1 << 26)
    app.router.add_route("*", f"{PREFIX}/{{path:.*}}", server.handle_rest)
    app.router.add_get("/gateway", server.handle_gateway)
    app.router.add_get("/gateway/", server.handle_gateway)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    server.api = f"http://127.0.0.1:{port}{PREFIX}"
    server.gateway.url = server.rest.gateway_url = f"ws://127.0.0.1:{port}/gateway"
    try:
        yield server
    finally:
        await server.gateway.hang_up(1001)
        await runner.cleanup()
