"""The gateway half of Discord: sessions that can be resumed, heartbeats, ways to hang up."""

from __future__ import annotations

import asyncio
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import discord
from aiohttp import WSMsgType, web
from simcord.backend import serializers
from simcord.gateway import FakeGateway

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simcord.backend import Backend

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT, INVALID, HELLO, ACK = (
    0, 1, 2, 3, 6, 7, 9, 10, 11,
)  # fmt: skip
AUTHENTICATION_FAILED: Final = 4004
UNKNOWN_OPCODE: Final = 4001
DISALLOWED_INTENTS: Final = 4014
PRIVILEGED: Final = discord.Intents(members=True, presences=True, message_content=True).value


@dataclass(slots=True, eq=False)
class Session:
    """Every event for one bot, in order; a connection sends those after the last one received."""

    intents: discord.Intents
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    events: list[str] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, name: str, payload: Mapping[str, Any]) -> None:
        """Number an event and have it sent."""
        frame = {"op": DISPATCH, "t": name, "s": len(self.events) + 1, "d": payload}
        self.events.append(json.dumps(frame))
        self.arrived.set()

    async def send_after(self, received: int, socket: web.WebSocketResponse) -> None:
        """Send what comes after the `received` first events, until the connection ends."""
        sent = received
        with suppress(ConnectionResetError):  # the bot hung up; it may come again and resume
            while not socket.closed:
                while sent < len(self.events):
                    await socket.send_str(self.events[sent])
                    sent += 1
                self.arrived.clear()
                await self.arrived.wait()


@dataclass(slots=True)
class _Reader:
    """What SimCord's gateway takes for discord.py's state: every event goes to the session."""

    session: Session

    @property
    def intents(self) -> discord.Intents:
        return self.session.intents

    @property
    def parsers(self) -> _Reader:
        return self

    def __getitem__(self, event: str) -> Callable[[Mapping[str, Any]], None]:
        return partial(self.session.add, event)


class Gateway:
    """One bot's door to the world at `url`; `changed` is called for every frame it receives."""

    def __init__(self, backend: Backend, token: str, changed: Callable[[], None]) -> None:
        self.url = ""
        self.token = token
        self.approved = 0
        self.refuse_resume = False
        self.acknowledges = True
        self.refusals = 0
        self.received: list[int] = []
        self._backend = backend
        self._changed = changed
        self._session: Session | None = None
        self._filter: FakeGateway | None = None
        self._sockets: set[web.WebSocketResponse] = set()
        backend.subscribers.append(self._feed)

    async def hang_up(self, code: int) -> None:
        """Close every connection with a code, as Discord does."""
        for socket in list(self._sockets):
            await socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Send op 7: come again and resume."""
        for socket in list(self._sockets):
            await socket.send_json({"op": RECONNECT, "d": None})

    def repeat(self, name: str, times: int) -> None:
        """Send the last event of this name again, as a resumed session may."""
        if self._session is not None:
            events = [json.loads(event) for event in self._session.events]
            last = next(event for event in reversed(events) if event["t"] == name)
            for _ in range(times):
                self._session.add(name, last["d"])

    async def forget_session(self) -> None:
        """Send op 9: the session is gone, identify anew."""
        self._session = self._filter = None
        for socket in list(self._sockets):
            await socket.send_json({"op": INVALID, "d": False})

    @property
    def connections(self) -> int:
        """How often a bot has identified itself or resumed."""
        return sum(op in (IDENTIFY, RESUME) for op in self.received)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection from hello to its end."""
        if self.refusals:
            self.refusals -= 1
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        self._sockets.add(socket)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 5000}})
        async with asyncio.TaskGroup() as tasks:
            sending: list[asyncio.Task[None]] = []
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    sending += await self._answer(socket, json.loads(frame.data), tasks)
            for task in sending:
                task.cancel()
        self._sockets.discard(socket)
        return socket

    async def _answer(
        self, socket: web.WebSocketResponse, frame: dict[str, Any], tasks: asyncio.TaskGroup
    ) -> list[asyncio.Task[None]]:
        """Answer one frame; identifying and resuming begin to send the session's events."""
        self.received.append(frame["op"])
        self._changed()
        match frame["op"]:
            case 1:
                if self.acknowledges:
                    await socket.send_json({"op": ACK})
            case 2:
                return await self._identify(socket, frame["d"], tasks)
            case 3:
                pass
            case 6:
                return await self._resume(socket, frame["d"], tasks)
            case _:
                await socket.close(code=UNKNOWN_OPCODE, message=b"Unknown opcode.")
        return []

    async def _identify(
        self, socket: web.WebSocketResponse, asked: dict[str, Any], tasks: asyncio.TaskGroup
    ) -> list[asyncio.Task[None]]:
        if asked["token"] != self.token:
            await socket.close(code=AUTHENTICATION_FAILED, message=b"Authentication failed.")
            return []
        if asked["intents"] & PRIVILEGED & ~self.approved:
            await socket.close(code=DISALLOWED_INTENTS, message=b"Disallowed intent(s).")
            return []
        session = self._open_session(discord.Intents._from_value(asked["intents"]))  # noqa: SLF001  # the only way from a number
        return [tasks.create_task(session.send_after(0, socket))]

    async def _resume(
        self, socket: web.WebSocketResponse, asked: dict[str, Any], tasks: asyncio.TaskGroup
    ) -> list[asyncio.Task[None]]:
        session = self._session
        if session is None or session.id != asked["session_id"] or self.refuse_resume:
            await socket.send_json({"op": INVALID, "d": False})
            return []
        session.add("RESUMED", {})
        return [tasks.create_task(session.send_after(asked["seq"], socket))]

    def _open_session(self, intents: discord.Intents) -> Session:
        backend = self._backend
        self._session = session = Session(intents)
        self._filter = FakeGateway(backend, _Reader(session))
        guilds = list(backend.guilds.values())
        session.add(
            "READY",
            {
                "v": 10,
                "user": dict(serializers.user_payload(backend.bot_user)),
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "application": {"id": str(backend.application_id), "flags": 0},
            },
        )
        for guild in guilds:
            self._filter.feed("GUILD_CREATE", serializers.guild_create_payload(backend, guild))
        return session

    def _feed(self, event: str, payload: Mapping[str, Any]) -> None:
        if self._filter is not None:
            self._filter.feed(event, payload)
